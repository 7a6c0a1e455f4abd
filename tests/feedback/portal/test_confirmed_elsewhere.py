"""An address confirmed away from the writer gets answers; what was written opens only where the writer is known."""

import json
from collections.abc import Callable

import pytest
from django.test import Client

from consent.access.actors import SYSTEM, Actor, ActorKind
from consent.access.door import Look, read
from consent.access.models import AccessEvent
from consent.ledger.actions import Agreed
from consent.people.confirmation import code_for, link_token_for
from consent.people.models import Identifier
from consent.purposes import Purpose
from feedback.desk.actions import answer
from feedback.outbox.models import OutgoingMail
from feedback.portal.arriving import sent_url
from feedback.tickets.models import Ticket
from feedback.tickets.references import token_for
from imsupport.accounts.models import User

WORDS = {"message": "The ring tone is too loud.", "idempotency_key": "k1", "email": "mia@people.test"}


@pytest.fixture
def agent(ada: User) -> Actor:
    return Actor(ActorKind.AGENT, ada.pk)


@pytest.fixture
def writer(mia: Agreed, client_for: Callable[..., Client]) -> Client:
    client = client_for(mia)
    client.post("/feedback/", WORDS)
    return client


def _mailed() -> str:
    return f"/feedback/address/{link_token_for(Identifier.objects.get(kind='email').pk)}/"


def _mail(kind: str) -> str:
    row = OutgoingMail.objects.filter(kind=kind).latest("pk")
    look = Look(SYSTEM, Purpose.MAIL, AccessEvent.Act.DELIVERED, "test")
    return json.dumps(json.loads(read([row.letter], look=look).text(row.letter) or ""))


def _opens(mail: str) -> list[str]:
    """Return what in a mail would open a message: its link, its reference."""
    tickets = Ticket.objects.all()
    keys = [key for ticket in tickets for key in (ticket.ref, token_for(ticket.pk, ticket.token_generation))]
    return [key for key in keys if key in mail]


def test_pressed_elsewhere_answers_come_but_nothing_that_opens_what_was_written(
    writer: Client, client: Client, agent: Actor
) -> None:
    client.post(f"{_mailed()}confirm/")

    answer(Ticket.objects.get(), "Please update to 4.2.", idempotency_key="a", actor=agent)

    mail = _mail("answer")
    assert "Please update to 4.2." in mail
    assert _mailed() in mail
    assert _opens(mail) == []


def test_a_later_message_from_there_opens_nothing_either(writer: Client, client: Client) -> None:
    client.post(f"{_mailed()}confirm/")

    writer.post("/feedback/", {**WORDS, "idempotency_key": "k2"})

    mail = _mail("acknowledgement")
    assert _mailed() in mail
    assert _opens(mail) == []


def test_pressed_in_the_writers_browser_the_mail_holds_the_link_to_all(writer: Client, agent: Actor) -> None:
    writer.post(f"{_mailed()}confirm/")

    answer(Ticket.objects.get(), "Please update to 4.2.", idempotency_key="a", actor=agent)

    assert len(_opens(_mail("answer"))) == 2


def test_another_persons_browser_is_elsewhere(
    writer: Client, noor: Agreed, agent: Actor, client_for: Callable[..., Client]
) -> None:
    client_for(noor).post(f"{_mailed()}confirm/")

    answer(Ticket.objects.get(), "Please update to 4.2.", idempotency_key="a", actor=agent)

    assert _opens(_mail("answer")) == []


def test_the_code_typed_where_it_was_written_opens_all_also_after_a_press_elsewhere(
    writer: Client, client: Client, agent: Actor
) -> None:
    ticket = Ticket.objects.get()
    client.post(f"{_mailed()}confirm/")
    sent = writer.get(sent_url(ticket)).content.decode()

    writer.post(sent_url(ticket).replace("/sent/", "/sent/code/"), {"code": code_for(ticket.address)})

    answer(Ticket.objects.get(), "Please update to 4.2.", idempotency_key="a", actor=agent)
    assert "Code of six digits" in sent
    assert "Code of six digits" not in writer.get(sent_url(ticket)).content.decode()
    assert len(_opens(_mail("answer"))) == 2


def test_stopping_and_agreeing_again_makes_no_address_more_than_it_was(writer: Client, client: Client) -> None:
    client.post(f"{_mailed()}confirm/")
    writer.post("/consent/withdraw/everything/")
    evidence = writer.get("/consent/").context["notice"].evidence
    writer.post("/consent/", {"decision": "agree", "evidence": evidence})

    writer.post("/feedback/", {**WORDS, "idempotency_key": "k2"})

    assert _opens(_mail("acknowledgement")) == []


def test_handing_in_again_makes_no_address_more_than_it_was(writer: Client, client: Client) -> None:
    client.post(f"{_mailed()}confirm/")
    writer.post("/consent/withdraw/everything/")
    evidence = writer.get("/consent/withdraw/").context["notice"].evidence

    writer.post("/consent/withdraw/again/", {"evidence": evidence})

    assert _opens(_mail("acknowledgement")) == []
