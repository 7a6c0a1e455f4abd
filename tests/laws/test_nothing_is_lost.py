"""Law 7: what must happen later is a row of the same transaction as its cause; the broker is only a hint."""

from collections.abc import Callable
from typing import Any

import pytest
from celery import current_app
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from kombu.exceptions import OperationalError

from consent.ledger.actions import Agreed, Shown, withdraw
from consent.ledger.models import ConsentEvent
from consent.people.models import Identifier
from consent.purposes import Purpose
from feedback.desk.actions import answer
from feedback.outbox import actions as outbox
from feedback.outbox.delivery import deliver_due
from feedback.outbox.models import OutgoingMail
from feedback.outbox.tasks import dispatch_due
from feedback.tickets.models import Message, QueueChange, Ticket
from imsupport.accounts.models import User
from tests.laws.acting import as_agent


class Undone(Exception):
    """Something went wrong after the cause was written."""


@pytest.fixture
def broker_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OperationalError

    monkeypatch.setattr(current_app, "send_task", refuse)
    monkeypatch.setattr(outbox, "_next_wake_at", 0.0)


def test_rolling_back_a_submission_takes_its_mail_and_its_counts_along(
    mia: Agreed, submitted: Callable[..., Ticket]
) -> None:
    with transaction.atomic():
        submitted(mia, email="mia@people.test")
        assert OutgoingMail.objects.count() == 1
        transaction.set_rollback(True)

    for model in (Ticket, Message, OutgoingMail, QueueChange):
        assert not model._base_manager.exists()
    assert not Identifier.objects.filter(kind="email").exists()


def test_a_mail_that_cannot_be_written_leaves_no_ticket(
    mia: Agreed, submitted: Callable[..., Ticket], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise Undone

    monkeypatch.setattr("feedback.intake.actions.enqueue", fail)

    with pytest.raises(Undone):
        submitted(mia, email="mia@people.test")

    assert not Ticket.objects.exists()


def test_a_mail_that_cannot_be_written_leaves_no_answer(
    mia: Agreed, ada: User, submitted: Callable[..., Ticket], monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket = submitted(mia, email="mia@people.test")

    def fail(*_: object, **__: object) -> None:
        raise Undone

    monkeypatch.setattr("feedback.desk.actions.enqueue", fail)
    with pytest.raises(Undone):
        answer(ticket, "Turn it off and on.", idempotency_key="a", state="solved", actor=as_agent(ada))

    assert Message.objects.count() == 1
    assert Ticket.objects.get().state == Ticket.State.NEW


def test_a_broker_that_is_away_loses_nothing(
    mia: Agreed,
    client_for: Callable[..., Client],
    broker_is_away: None,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        sent = client_for(mia).post(
            "/feedback/", {"message": "The heron is grey.", "email": "mia@people.test", "idempotency_key": "k"}
        )

    assert sent.status_code == 302
    assert OutgoingMail.objects.get().state == OutgoingMail.State.DUE
    dispatch_due()
    assert len(mail.outbox) == 1


def test_the_sweeper_alone_delivers_what_no_hint_announced(mia: Agreed, submitted: Callable[..., Ticket]) -> None:
    submitted(mia, email="mia@people.test")

    dispatch_due()

    assert [message.to for message in mail.outbox] == [["mia@people.test"]]


def test_every_try_carries_one_message_id(mia: Agreed, submitted: Callable[..., Ticket]) -> None:
    submitted(mia, email="mia@people.test")
    deliver_due()
    OutgoingMail.objects.update(state=OutgoingMail.State.DUE, lease=None)
    row = OutgoingMail.objects.get()

    deliver_due()

    assert {message.extra_headers["Message-ID"] for message in mail.outbox} == {row.message_id}


def test_consent_is_asked_again_when_the_mail_leaves(
    mia: Agreed, shown: Shown, submitted: Callable[..., Ticket]
) -> None:
    submitted(mia, email="mia@people.test")
    withdraw(mia.person.pk, [Purpose.MAIL], shown)

    deliver_due()

    assert mail.outbox == []
    assert OutgoingMail.objects.get().state == OutgoingMail.State.CANCELLED


def test_the_same_press_twice_makes_one_of_everything(mia: Agreed, submitted: Callable[..., Ticket]) -> None:
    first = submitted(mia, email="mia@people.test")

    again = submitted(mia, email="mia@people.test")

    assert again == first
    assert (Ticket.objects.count(), Message.objects.count(), OutgoingMail.objects.count()) == (1, 1, 1)


def test_consent_is_written_in_the_request_and_goes_with_it(shown: Shown, client_for: Callable[..., Client]) -> None:
    page = client_for().get("/consent/")
    evidence = page.content.decode().split('name="evidence" value="')[1].split('"')[0]

    client_for().post("/consent/", {"decision": "agree", "evidence": evidence})

    assert ConsentEvent.objects.filter(purpose="agreement").count() == 1


def test_two_rows_for_one_press_cannot_be(mia: Agreed, submitted: Callable[..., Ticket]) -> None:
    ticket = submitted(mia)
    ticket.pk, ticket.ref = ticket.pk + 1, "IM-2222222"

    with pytest.raises(IntegrityError), transaction.atomic():
        ticket.save(force_insert=True)
