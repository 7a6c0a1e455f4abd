"""A link can be taken back: by its person at any time, and by itself when it went to an address that was disowned."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from consent.ledger.actions import Agreed
from consent.people.actions import verify_identifier
from consent.people.confirmation import link_token_for
from feedback.portal.arriving import sent_url
from feedback.tickets.models import Ticket
from feedback.tickets.references import token_for
from imsupport import clock

WORDS = {"message": "The ring tone is too loud.", "idempotency_key": "k1", "email": "mia@people.test"}


@pytest.fixture
def ticket(mia: Agreed, client_for: Callable[..., Client]) -> Ticket:
    client_for(mia).post("/feedback/", WORDS)
    found: Ticket = Ticket.objects.get()
    return found


def _url(ticket: Ticket) -> str:
    return f"/feedback/{token_for(ticket.pk, ticket.token_generation)}/"


def test_a_new_link_opens_and_the_old_one_does_not(ticket: Ticket, client: Client) -> None:
    old = _url(ticket)

    response = client.post(f"{old}new-link/")

    assert client.get(old).status_code == 404
    assert client.post(f"{old}erase/").status_code == 404
    page = client.get(response["Location"]).content.decode()
    assert "opens nothing any more" in page
    assert "The ring tone is too loud." in page


def test_pressing_twice_loses_nobody_their_message(
    ticket: Ticket, mia: Agreed, client_for: Callable[..., Client]
) -> None:
    old, client = _url(ticket), client_for(mia)

    first, second = client.post(f"{old}new-link/"), client.post(f"{old}new-link/")

    assert first["Location"] == second["Location"]
    assert client.get(second["Location"]).status_code == 200
    assert ticket.events.filter(kind="new link").count() == 1


def test_who_has_only_the_old_link_does_not_get_the_new_one_by_pressing_too(
    ticket: Ticket, noor: Agreed, client: Client, client_for: Callable[..., Client]
) -> None:
    old = _url(ticket)
    client.post(f"{old}new-link/")

    assert [who.post(f"{old}new-link/").status_code for who in (client, client_for(noor))] == [404, 404]


def test_the_page_after_sending_does_not_show_the_new_link_to_who_has_its_address(
    ticket: Ticket, client: Client
) -> None:
    after_sending = sent_url(ticket)
    assert client.get(after_sending).status_code == 200

    client.post(f"{_url(ticket)}new-link/")

    assert client.get(after_sending)["Location"] == "/feedback/mine/"
    assert client.get(sent_url(Ticket.objects.get())).status_code == 200


def test_an_old_link_makes_no_new_one_later(ticket: Ticket, mia: Agreed, client_for: Callable[..., Client]) -> None:
    old, client = _url(ticket), client_for(mia)
    client.post(f"{old}new-link/")

    with clock.set_to(clock.now() + timedelta(seconds=11)):
        late = client.post(f"{old}new-link/")
    client.post(f"{_url(Ticket.objects.get())}new-link/")
    older = client.post(f"{old}new-link/")

    assert (late.status_code, older.status_code) == (404, 404)


def test_my_messages_lead_to_the_new_link(ticket: Ticket, mia: Agreed, client_for: Callable[..., Client]) -> None:
    client = client_for(mia)
    client.post(f"{_url(ticket)}new-link/")

    assert _url(Ticket.objects.get()) in client.get("/feedback/mine/").content.decode()


def test_the_page_offers_it_and_looking_changes_nothing(ticket: Ticket, client: Client) -> None:
    page = client.get(_url(ticket)).content.decode()

    assert "Make a new link" in page
    assert client.get(f"{_url(ticket)}new-link/").status_code == 405
    assert Ticket.objects.get().token_generation == ticket.token_generation


@pytest.mark.parametrize("opens_words", [True, False])
def test_disowning_takes_back_the_links_that_went_there_and_no_others(
    opens_words: bool, ticket: Ticket, client: Client
) -> None:
    verify_identifier(ticket.address, opens_words=opens_words)

    client.post(f"/feedback/address/{link_token_for(ticket.address.pk)}/disown/")

    assert client.get(_url(ticket)).status_code == (404 if opens_words else 200)
    assert Ticket.objects.get().address is None


def test_the_reference_stands_on_the_page_once(mia: Agreed, client: Client, client_for: Callable[..., Client]) -> None:
    for number, subject in enumerate(("", "Ring tone")):
        client_for(mia).post("/feedback/", {**WORDS, "idempotency_key": str(number), "subject": subject})

    for ticket in Ticket.objects.all():
        page = client.get(_url(ticket)).content.decode()
        assert page.split("<main")[1].count(ticket.ref) == 1
