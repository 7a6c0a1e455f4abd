import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from consent.access.actors import person_actor
from consent.ledger.actions import Agreed
from consent.people.confirmation import code_for
from consent.people.models import Identifier
from feedback.portal.arriving import sent_url
from feedback.tickets.erasing import erase_ticket
from feedback.tickets.models import Attachment, StripCount, Ticket

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


def test_it_counts_what_was_cut_anywhere_and_nothing_that_was_kept(
    mia: Agreed, client_for: Callable[..., Client]
) -> None:
    mine, log = client_for(mia), SimpleUploadedFile("my_diabetes.log", b"I am Jewish. 12:00 call ended\n")
    said = {"message": "I am deaf. The ring tone is too loud.", "released": "health:deaf", "idempotency_key": "k1"}

    page = mine.post("/feedback/", {**said, "subject": "My son has autism", "name": "I am gay", "attachments": [log]})
    page = _text(mine.get(page["Location"]))

    left_out = page[page.index("We left out:") :].partition("</p>")[0]
    assert left_out.endswith("1 statement about belief, 2 statements about health, 1 statement about sex life.")
    counts = (
        StripCount.objects.filter(language="").order_by("category").values_list("category", "statements", "released")
    )
    assert list(counts) == [("belief", 1, 0), ("health", 2, 1), ("sex_life", 1, 0)]


def test_files_that_follow_or_waited_are_counted_as_well(mia: Agreed, client_for: Callable[..., Client]) -> None:
    mine, fields = client_for(mia), {"message": "It is loud.", "idempotency_key": "k1"}
    logs = [SimpleUploadedFile("a.log", b"I have diabetes."), SimpleUploadedFile("b.log", b"I am Jewish.")]
    page = _text(mine.post("/feedback/", {**fields, "email": "nobody", "attachments": [logs[0]]}))
    kept = re.findall(r'name="kept" value="(\d+)"', page)

    sent = mine.post("/feedback/", {**fields, "kept": kept}, headers={"Accept": "application/json"}).json()
    mine.post(sent["files"], {"idempotency_key": "f1", "attachments": [logs[1]]})

    assert len(kept) == 1
    assert "1 statement about belief, 1 statement about health." in _text(mine.get(sent["next"]))


def test_what_was_left_out_of_lines_and_files_is_sealed_and_erased_with_them(
    mia: Agreed, client_for: Callable[..., Client]
) -> None:
    log = SimpleUploadedFile("a.log", b"I have diabetes.")
    client_for(mia).post("/feedback/", {**WORDS, "subject": "I am Jewish", "attachments": [log]})
    ticket, file = Ticket.objects.get(), Attachment.objects.get()
    assert b"belief" not in ticket.left_out.sealed + file.left_out.sealed

    erase_ticket(ticket, actor=person_actor(mia.person.pk))

    ticket.refresh_from_db()
    file.refresh_from_db()
    assert (ticket.left_out, file.left_out) == (None, None)


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
