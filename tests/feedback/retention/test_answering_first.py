"""*Answer it first, then stop everything* waits for every answer, and until it reached its person."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from consent.access.actors import Actor, ActorKind
from consent.ledger.actions import Agreed, Shown, agree_again
from consent.ledger.models import ConsentState
from feedback.desk.actions import answer, ask_what_they_need
from feedback.intake.actions import Submission, submit_feedback
from feedback.outbox.models import OutgoingMail
from feedback.portal.actions import (
    Reply,
    mark_answers_read,
    reply,
    say_needs,
    stop_after_answer,
    stop_everything,
)
from feedback.retention.tasks import sweep
from feedback.tickets.actions import set_state
from feedback.tickets.erasing import erase_ticket
from feedback.tickets.models import Ticket
from feedback.tickets.references import token_for
from imsupport import clock
from imsupport.accounts.models import User

WEEK, MOMENT = timedelta(days=7), timedelta(minutes=1)


@pytest.fixture
def agent(ada: User) -> Actor:
    return Actor(ActorKind.AGENT, ada.pk)


@pytest.fixture
def person(mia: Agreed) -> Actor:
    return Actor(ActorKind.PERSON, mia.person.pk)


def _write(who: Agreed, key: str, **more: object) -> Ticket:
    given = Submission(message="The heron button stays grey.", idempotency_key=key, **more)  # type: ignore[arg-type]
    return submit_feedback(given, person_id=who.person.pk, policy_version=1).ticket


def _answer(ticket: Ticket, agent: Actor, state: str = Ticket.State.WAITING) -> None:
    answer(Ticket.objects.get(pk=ticket.pk), "Please update.", idempotency_key="a", actor=agent, state=state)


def _has_stopped(who: Agreed) -> bool:
    sweep()
    return ConsentState.objects.get(person_id=who.person.pk, purpose="agreement").status == "ConsentWithdrawn"


def test_one_answer_of_two_stops_nothing(mia: Agreed, shown: Shown, agent: Actor, person: Actor) -> None:
    one, two = _write(mia, "one"), _write(mia, "two")
    stop_after_answer(mia.person.pk, shown)

    _answer(one, agent)
    mark_answers_read(one, actor=person)
    assert not _has_stopped(mia)

    _answer(two, agent)
    mark_answers_read(two, actor=person)
    assert _has_stopped(mia)


@pytest.mark.parametrize("state", [Ticket.State.WAITING, Ticket.State.SOLVED])
@pytest.mark.parametrize("address", [{}, {"email": "mia@people.test"}], ids=["no address", "unconfirmed"])
def test_an_answer_that_only_the_page_shows_can_be_read_for_a_week(
    address: dict[str, str], state: str, mia: Agreed, shown: Shown, agent: Actor, client: Client
) -> None:
    ticket = _write(mia, "one", **address)
    stop_after_answer(mia.person.pk, shown)
    _answer(ticket, agent, state)
    OutgoingMail.objects.update(state=OutgoingMail.State.SENT)
    answered_at = clock.now()

    with clock.set_to(answered_at + WEEK - MOMENT):
        assert not _has_stopped(mia)
        page = client.get(f"/feedback/{token_for(ticket.pk, 1)}/").content.decode()
    with clock.set_to(answered_at + WEEK + MOMENT):
        assert _has_stopped(mia)

    assert "Please update." in page
    assert "everything stops" in page


def test_a_press_that_it_was_read_ends_the_wait(mia: Agreed, shown: Shown, agent: Actor, person: Actor) -> None:
    ticket = _write(mia, "one")
    stop_after_answer(mia.person.pk, shown)
    _answer(ticket, agent)
    assert not _has_stopped(mia)

    mark_answers_read(ticket, actor=person)

    assert _has_stopped(mia)


def test_an_answer_whose_mail_failed_waits_on_the_page(mia: Agreed, shown: Shown, agent: Actor) -> None:
    ticket = _write(mia, "one", email="mia@people.test", is_address_verified=True)
    stop_after_answer(mia.person.pk, shown)
    _answer(ticket, agent)

    OutgoingMail.objects.update(state=OutgoingMail.State.FAILED)

    assert not _has_stopped(mia)


def test_a_question_back_is_awaited_too(mia: Agreed, shown: Shown, agent: Actor, person: Actor) -> None:
    ticket = _write(mia, "one")
    stop_after_answer(mia.person.pk, shown)
    _answer(ticket, agent)

    reply(Ticket.objects.get(), Reply("It still does.", "r"), actor=person)

    assert not _has_stopped(mia)


@pytest.mark.parametrize(
    "address", [{}, {"email": "mia@people.test", "is_address_verified": True}], ids=["read", "mailed"]
)
def test_a_question_what_they_need_is_no_answer(
    address: dict[str, object], mia: Agreed, shown: Shown, agent: Actor, person: Actor
) -> None:
    ticket = _write(mia, "one", **address)
    stop_after_answer(mia.person.pk, shown)

    ask_what_they_need(Ticket.objects.select_related("address").get(), actor=agent)
    mark_answers_read(ticket, actor=person)
    OutgoingMail.objects.update(state=OutgoingMail.State.SENT)
    asked_at = clock.now()

    with clock.set_to(asked_at + WEEK - MOMENT):
        assert not _has_stopped(mia)
    with clock.set_to(asked_at + WEEK + MOMENT):
        assert _has_stopped(mia)


def test_needs_that_were_said_wait_for_the_answer(mia: Agreed, shown: Shown, agent: Actor, person: Actor) -> None:
    _write(mia, "one")
    stop_after_answer(mia.person.pk, shown)
    ask_what_they_need(Ticket.objects.get(), actor=agent)

    say_needs(Ticket.objects.get(), ["captions"], actor=person)

    assert not _has_stopped(mia)
    _answer(Ticket.objects.get(), agent)
    mark_answers_read(Ticket.objects.get(), actor=person)
    assert _has_stopped(mia)


def test_a_question_on_what_was_closed_meanwhile_is_awaited_no_more(
    mia: Agreed, shown: Shown, agent: Actor, person: Actor
) -> None:
    _write(mia, "one")
    stop_after_answer(mia.person.pk, shown)
    ask_what_they_need(Ticket.objects.get(), actor=agent)
    mark_answers_read(Ticket.objects.get(), actor=person)

    set_state(Ticket.objects.get(), Ticket.State.CLOSED, actor=agent)

    assert _has_stopped(mia)


def test_waiting_without_a_word_to_the_person_is_no_answer(mia: Agreed, shown: Shown, agent: Actor) -> None:
    ticket = _write(mia, "one")
    stop_after_answer(mia.person.pk, shown)

    set_state(ticket, Ticket.State.WAITING, actor=agent)

    assert not _has_stopped(mia)


def test_erasing_the_message_oneself_leaves_nothing_to_wait_for(mia: Agreed, shown: Shown, person: Actor) -> None:
    ticket = _write(mia, "one")
    stop_after_answer(mia.person.pk, shown)

    erase_ticket(ticket, actor=person)

    assert _has_stopped(mia)


def test_who_stopped_at_once_and_came_back_is_not_stopped_by_the_old_wish(
    mia: Agreed, shown: Shown, agent: Actor, person: Actor
) -> None:
    _write(mia, "one")
    stop_after_answer(mia.person.pk, shown)
    stop_everything(mia.person.pk, shown)
    agree_again(mia.person.pk, shown)
    with clock.set_to(clock.now() + MOMENT):
        new = _write(mia, "two")
        _answer(new, agent)
        mark_answers_read(new, actor=person)

        assert not _has_stopped(mia)


def test_the_page_says_until_when_it_waits(mia: Agreed, client_for: Callable[..., Client]) -> None:
    _write(mia, "one")

    page = client_for(mia).post("/consent/withdraw/after-answer/", follow=True).content.decode()

    assert "once you have read the answer" in page
    assert "seven days" in page
