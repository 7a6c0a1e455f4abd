import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from consent.access.actors import SYSTEM, Actor
from consent.access.door import Look, read
from consent.access.models import AccessEvent
from consent.ledger.actions import Agreed
from consent.purposes import Purpose
from feedback.desk.actions import answer, note
from feedback.outbox.models import OutgoingMail
from feedback.tickets.models import Message, Ticket
from feedback.tickets.references import token_for
from imsupport.accounts.models import User

VERIFIED = {"email": "mia@people.test", "is_address_verified": True}
UNVERIFIED = {"email": "mia@people.test"}


def _mails(kind: str) -> list[dict[str, Any]]:
    rows = list(OutgoingMail.objects.filter(kind=kind))
    look = Look(SYSTEM, Purpose.MAIL, AccessEvent.Act.DELIVERED, "test")
    reading = read([row.letter for row in rows], look=look)
    return [json.loads(reading.text(row.letter) or "") for row in rows]


def _post(client: Client, ticket: Ticket, kind: str, **given: str) -> Any:
    return client.post(f"/desk/tickets/{ticket.ref}/{kind}/", {"idempotency_key": "one", **given})


def test_an_answer_moves_the_ticket_takes_it_and_mails_the_words_whole(
    mia: Agreed, ada: User, write: Callable[..., Ticket], client_for: Callable[..., Client]
) -> None:
    ticket = write(mia, **VERIFIED)

    response = _post(client_for(ada), ticket, "answer", words="Please update to 4.2.", state="waiting")

    ticket.refresh_from_db()
    [mail] = _mails("answer")
    assert response.status_code == 302
    assert (ticket.state, ticket.assignee, ticket.unread_answers) == ("waiting", ada, 1)
    assert "Please update to 4.2." in mail["text"]
    assert f"http://localhost:8000/feedback/{token_for(ticket.pk, 1)}/" in mail["text"]


def test_an_answer_can_solve(
    mia: Agreed, ada: User, write: Callable[..., Ticket], client_for: Callable[..., Client]
) -> None:
    ticket = write(mia)

    _post(client_for(ada), ticket, "answer", words="Solved in 4.2.", state="solved")

    ticket.refresh_from_db()
    assert (ticket.state, ticket.solved_at is not None) == ("solved", True)


def test_an_unconfirmed_address_hears_once_that_answers_wait_and_nothing_else(
    mia: Agreed, agent: Actor, write: Callable[..., Ticket]
) -> None:
    ticket = write(mia, **UNVERIFIED)

    answer(ticket, "Please update to 4.2.", idempotency_key="a", actor=agent)
    answer(ticket, "And restart, please.", idempotency_key="b", actor=agent)

    [mail] = _mails("answer_waits")
    assert _mails("answer") == []
    assert not any(word in json.dumps(mail) for word in ("update", "restart", ticket.ref))


def test_without_an_address_the_answer_waits_on_the_page_only(
    mia: Agreed, agent: Actor, write: Callable[..., Ticket]
) -> None:
    answer(write(mia), "Please update to 4.2.", idempotency_key="a", actor=agent)

    assert not OutgoingMail.objects.exists()


def test_a_note_stays_here_and_changes_no_state(
    mia: Agreed, ada: User, write: Callable[..., Ticket], client_for: Callable[..., Client]
) -> None:
    ticket = write(mia, **VERIFIED)

    _post(client_for(ada), ticket, "note", words="Codec again.")

    ticket.refresh_from_db()
    assert (ticket.state, ticket.unread_answers) == ("new", 0)
    assert Message.objects.filter(ticket=ticket, kind="note").count() == 1
    assert not OutgoingMail.objects.exclude(kind="acknowledgement").exists()


def test_the_person_never_sees_a_note(mia: Agreed, agent: Actor, write: Callable[..., Ticket], client: Client) -> None:
    ticket = write(mia)
    note(ticket, "Codec again.", idempotency_key="n", actor=agent)

    page = client.get(f"/feedback/{token_for(ticket.pk, ticket.token_generation)}/")

    assert page.status_code == 200
    assert "Codec" not in page.content.decode()


@pytest.mark.parametrize("kind", ["answer", "note"])
def test_a_double_press_makes_one_message_and_one_mail(
    kind: str, mia: Agreed, ada: User, write: Callable[..., Ticket], client_for: Callable[..., Client]
) -> None:
    ticket, client = write(mia, **VERIFIED), client_for(ada)

    first, second = (_post(client, ticket, kind, words="Please update.") for _ in range(2))

    ticket.refresh_from_db()
    assert first.status_code == second.status_code == 302
    assert Message.objects.filter(ticket=ticket, kind=kind).count() == 1
    assert OutgoingMail.objects.filter(kind="answer").count() == ticket.unread_answers == (kind == "answer")


def test_the_same_key_and_words_give_the_first_message_back(
    mia: Agreed, agent: Actor, write: Callable[..., Ticket]
) -> None:
    ticket = write(mia)

    first = answer(ticket, "One.", idempotency_key="a", actor=agent)

    assert answer(ticket, "One.", idempotency_key="a", actor=agent) == first


@pytest.mark.parametrize("kind", ["answer", "note"])
@pytest.mark.parametrize("words", ["", "   ", "x" * 20_001])
def test_too_little_or_too_much_is_refused_and_the_words_come_back(
    kind: str, words: str, mia: Agreed, ada: User, write: Callable[..., Ticket], client_for: Callable[..., Client]
) -> None:
    ticket = write(mia)

    response = _post(client_for(ada), ticket, kind, words=words)

    page = response.content.decode()
    assert response.status_code == 400
    assert 'role="alert"' in page
    assert words.strip() in page
    assert not Message.objects.filter(ticket=ticket, kind=kind).exists()
