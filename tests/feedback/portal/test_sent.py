from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from consent.ledger.actions import Agreed
from consent.people.confirmation import code_for
from consent.people.models import Identifier
from feedback.portal.arriving import sent_url
from feedback.tickets.models import Ticket

WORDS = {"message": "I have diabetes. The ring tone is too loud.", "idempotency_key": "k1"}


@pytest.fixture
def ticket(mia: Agreed, client_for: Callable[..., Client]) -> Ticket:
    client_for(mia).post(
        "/feedback/",
        {**WORDS, "email": "mia@example.org", "device_system": "Android 10", "share_system": "on"},
    )
    found: Ticket = Ticket.objects.get()
    return found


def _text(response: Any) -> str:
    return response.content.decode()


def test_it_says_what_was_kept_and_left_out_also_without_a_cookie(ticket: Ticket, client: Client) -> None:
    page = _text(client.get(sent_url(ticket)))

    assert ticket.ref in page
    assert "1 statement about health" in page
    assert "Android 10" in page
    assert "m•••@example.org" in page
    assert "mia@example.org" not in page
    assert "diabetes" not in page


@pytest.mark.parametrize("m", ["", "forged", "12345:abc:def"])
def test_an_unsigned_address_leads_to_my_messages(client: Client, m: str) -> None:
    response = client.get("/feedback/sent/", {"m": m})

    assert (response.status_code, response["Location"]) == (302, "/feedback/mine/")


def test_typing_the_code_confirms_the_address(ticket: Ticket, client: Client) -> None:
    url = sent_url(ticket).replace("/sent/", "/sent/code/")

    wrong = client.post(url, {"code": "000 000x"})
    assert "code=wrong" in wrong["Location"]
    right = client.post(url, {"code": code_for(ticket.address)})

    assert "code=confirmed" in right["Location"]
    assert Identifier.objects.get(kind="email").is_verified


def test_a_wrong_address_is_forgotten_at_one_press(ticket: Ticket, client: Client) -> None:
    response = client.post(sent_url(ticket).replace("/sent/", "/sent/wrong-address/"), follow=True)

    assert "The address is forgotten" in _text(response)
    assert not Identifier.objects.filter(kind="email").exists()


def test_refusing_later_keeps_the_cookie_that_leads_to_ones_messages(
    mia: Agreed, client_for: Callable[..., Client]
) -> None:
    client = client_for(mia)
    evidence = client.get("/consent/").context["notice"].evidence

    client.post("/feedback/agree/", {**WORDS, "decision": "refuse", "evidence": evidence})

    assert client.cookies["consent"].value == mia.signed_token
