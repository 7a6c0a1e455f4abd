"""Each promise of time is kept by the clock alone: not too early, the keys first, and as often as it likes."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connections

from consent.access.actors import Actor, ActorKind
from consent.ledger.actions import Agreed, Shown, withdraw_everything
from consent.ledger.models import ConsentEvent, ConsentState
from consent.people.models import Identifier, Person
from consent.policies.models import OperatorFacts
from consent.sealing.models import Key
from feedback.desk.actions import answer
from feedback.intake.actions import Submission, submit_feedback
from feedback.outbox.models import OutgoingMail
from feedback.portal.actions import stop_after_answer
from feedback.retention.tasks import sweep
from feedback.tickets.actions import set_state
from feedback.tickets.models import Event, Message, Ticket
from imsupport import clock
from imsupport.accounts.models import User

YEAR = timedelta(days=12 * 31)
MONTH, WEEK, MOMENT = timedelta(days=30), timedelta(days=7), timedelta(minutes=1)


@pytest.fixture
def agent(ada: User) -> Actor:
    return Actor(ActorKind.AGENT, ada.pk)


def _write(who: Agreed, key: str = "k", *, is_verified: bool = True) -> Ticket:
    given = Submission(
        message="The heron button stays grey.",
        idempotency_key=key,
        name="Mia",
        email=f"{key}@people.test",
        is_address_verified=is_verified,
    )
    return submit_feedback(given, person_id=who.person.pk, policy_version=1).ticket


def _sweep_at(moment: datetime) -> None:
    with clock.set_to(moment):
        sweep()


def _is_readable(ticket: Ticket) -> bool:
    """Say whether the words are there and their key still exists."""
    [message] = Message.objects.filter(ticket=ticket)
    return message.text is not None and Key.objects.filter(pk=message.text.sealed.key_id).exists()


def _solve(ticket: Ticket, mia: Agreed, shown: Shown, agent: Actor) -> None:
    set_state(ticket, Ticket.State.SOLVED, actor=agent)


def _mark_as_spam(ticket: Ticket, mia: Agreed, shown: Shown, agent: Actor) -> None:
    set_state(ticket, Ticket.State.SPAM, actor=agent)


def _stop(ticket: Ticket, mia: Agreed, shown: Shown, agent: Actor) -> None:
    withdraw_everything(mia.person.pk, shown)


ENDINGS = pytest.mark.parametrize(
    ("end", "kept_for"), [(_solve, YEAR), (_mark_as_spam, MONTH), (_stop, MONTH)], ids=["solved", "spam", "stopped"]
)


@contextmanager
def _written() -> Iterator[list[str]]:
    """Note what is changed in either database, in the order in which it happens."""
    said: list[str] = []

    def note(execute: Callable[..., Any], sql: str, *arguments: Any) -> Any:
        if sql.startswith(("UPDATE", "DELETE", "INSERT")):
            said.append(sql)
        return execute(sql, *arguments)

    with ExitStack() as stack:
        for alias in ("default", "keys"):
            stack.enter_context(connections[alias].execute_wrapper(note))
        yield said


@ENDINGS
def test_words_are_there_until_their_time_and_gone_after_it(
    end: Callable[..., None], kept_for: timedelta, mia: Agreed, noor: Agreed, shown: Shown, agent: Actor
) -> None:
    ticket, other = _write(mia), _write(noor, "noor")
    began = clock.now()
    end(ticket, mia, shown, agent)

    _sweep_at(began + kept_for - MOMENT)
    assert _is_readable(ticket)

    _sweep_at(clock.now() + kept_for + MOMENT)
    ticket.refresh_from_db()
    assert not _is_readable(ticket)
    assert (ticket.state, ticket.opening, ticket.sender_name) == ("closed", None, None)
    assert _is_readable(other)


@ENDINGS
def test_the_keys_go_before_any_row_is_blanked(
    end: Callable[..., None], kept_for: timedelta, mia: Agreed, shown: Shown, agent: Actor
) -> None:
    ticket = _write(mia)
    end(ticket, mia, shown, agent)

    with _written() as said:
        _sweep_at(clock.now() + kept_for + MOMENT)

    destroyed = next(place for place, sql in enumerate(said) if '"consent_key"' in sql)
    blanked = [place for place, sql in enumerate(said) if '"feedback_ticket"' in sql or '"feedback_message"' in sql]
    assert blanked
    assert destroyed < min(blanked)


@ENDINGS
def test_a_second_sweep_finds_nothing_more_to_do(
    end: Callable[..., None], kept_for: timedelta, mia: Agreed, shown: Shown, agent: Actor
) -> None:
    end(_write(mia), mia, shown, agent)
    _sweep_at(clock.now() + kept_for + MOMENT)

    with _written() as said:
        _sweep_at(clock.now() + kept_for + timedelta(days=1))

    assert said == []
    assert Event.objects.filter(kind=Event.Kind.ERASED).count() == 1


def test_the_operators_period_counts_not_ours(mia: Agreed, shown: Shown, agent: Actor) -> None:
    ticket = _write(mia)
    set_state(ticket, Ticket.State.SOLVED, actor=agent)
    now = clock.now()
    said = dict.fromkeys(("app_name", "name", "postal_address", "contact", "authority", "storage_place"), "x")
    OperatorFacts.objects.create(
        **said,
        processors="x",
        retention_months=2,
        entered_by="Max",
        entered_at=now,
        confirmed_by="Root",
        effective_from=now,
    )

    _sweep_at(now + timedelta(days=61))
    assert _is_readable(ticket)

    _sweep_at(clock.now() + timedelta(days=2 * 31) + MOMENT)
    assert not _is_readable(ticket)


def test_an_open_ticket_is_kept_however_old_it_is(mia: Agreed) -> None:
    ticket = _write(mia)

    _sweep_at(clock.now() + 3 * YEAR)

    assert _is_readable(ticket)


def test_opening_a_solved_ticket_again_begins_its_time_anew(mia: Agreed, agent: Actor) -> None:
    ticket = _write(mia)
    set_state(ticket, Ticket.State.SOLVED, actor=agent)
    set_state(ticket, Ticket.State.OPEN, actor=agent)

    _sweep_at(clock.now() + YEAR + MOMENT)

    assert _is_readable(ticket)


def test_a_person_who_stopped_is_forgotten_but_not_what_they_decided(mia: Agreed, shown: Shown) -> None:
    _write(mia)
    withdraw_everything(mia.person.pk, shown)
    decided = list(ConsentEvent.objects.values_list("seq", "hash"))

    _sweep_at(clock.now() + MONTH + MOMENT)

    assert not Identifier.objects.filter(person=mia.person, kind=Identifier.Kind.EMAIL).exists()
    assert not Key.objects.filter(person_id=mia.person.pk).exists()
    assert Person.objects.get(pk=mia.person.pk).erased_at is not None
    assert list(ConsentEvent.objects.values_list("seq", "hash")) == decided


def test_a_snoozed_ticket_opens_when_its_time_comes_and_not_before(mia: Agreed, agent: Actor) -> None:
    ticket, until = _write(mia), clock.now() + timedelta(days=2)
    set_state(ticket, Ticket.State.SNOOZED, actor=agent, snoozed_until=until)

    _sweep_at(until - MOMENT)
    assert Ticket.objects.get(pk=ticket.pk).state == Ticket.State.SNOOZED

    for _time in range(2):
        _sweep_at(until + MOMENT)
    ticket.refresh_from_db()
    assert (ticket.state, ticket.snoozed_until) == ("open", None)
    assert Event.objects.filter(ticket=ticket, after="open").count() == 1


def _agreement_of(who: Agreed) -> str:
    return ConsentState.objects.get(person_id=who.person.pk, purpose="agreement").status


def test_everything_stops_once_the_answer_has_left_and_not_before(mia: Agreed, shown: Shown, agent: Actor) -> None:
    ticket = _write(mia)
    OutgoingMail.objects.update(state=OutgoingMail.State.SENT)
    stop_after_answer(mia.person.pk, shown)

    sweep()
    assert _agreement_of(mia) == "ConsentGiven"

    ticket.refresh_from_db()
    answer(ticket, "Please update.", idempotency_key="a", actor=agent)
    sweep()
    assert _agreement_of(mia) == "ConsentGiven"

    OutgoingMail.objects.update(state=OutgoingMail.State.SENT)
    for _time in range(2):
        sweep()
    assert _agreement_of(mia) == "ConsentWithdrawn"
    assert ConsentEvent.objects.filter(purpose="agreement", status="ConsentWithdrawn").count() == 1
    assert Ticket.objects.get(pk=ticket.pk).state == Ticket.State.CLOSED
    assert _is_readable_still(ticket)


def _is_readable_still(ticket: Ticket) -> bool:
    """Stopping seals a ticket off; its person may hand it in again for thirty days, so the keys stay."""
    texts = [message.text for message in Message.objects.filter(ticket=ticket)]
    return all(text is not None and Key.objects.filter(pk=text.sealed.key_id).exists() for text in texts)


def test_an_address_nobody_confirmed_goes_after_a_week_and_a_confirmed_one_stays(mia: Agreed, noor: Agreed) -> None:
    _write(mia, "mia", is_verified=False)
    _write(noor, "noor")
    asked = clock.now()

    _sweep_at(asked + WEEK - MOMENT)
    assert Identifier.objects.filter(kind=Identifier.Kind.EMAIL).count() == 2

    for _time in range(2):
        _sweep_at(asked + WEEK + MOMENT)
    [left] = Identifier.objects.filter(kind=Identifier.Kind.EMAIL)
    assert left.person_id == noor.person.pk
    assert Ticket.objects.filter(erased_at=None).count() == 2
