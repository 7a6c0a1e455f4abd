"""Two who act at the same instant, each in a thread and a transaction of its own, that really commits."""

import os
import re
import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection, connections
from django.test import Client
from joserfc import jwt
from joserfc.jwk import OctKey

from consent.access.actors import SYSTEM, Actor, ActorKind, person_actor
from consent.access.door import Look, read
from consent.access.models import AccessEvent
from consent.ledger.actions import Agreed, Shown, agree
from consent.ledger.models import ConsentEvent
from consent.people.models import Person
from consent.purposes import Purpose
from consent.sealing.models import Key
from feedback.desk import actions as desk
from feedback.intake.actions import Submission, submit_feedback
from feedback.outbox.delivery import deliver_due
from feedback.outbox.models import OutgoingMail
from feedback.portal.actions import NotAgreed, Reply, reply, stop_everything
from feedback.portal.entering import NotAdmitted, exchange, key_of
from feedback.portal.handing_in import NothingToHandIn, hand_in_again
from feedback.portal.models import HostApp
from feedback.stripping import Category
from feedback.tickets.actions import TicketClosed
from feedback.tickets.erasing import erase_ticket
from feedback.tickets.leaving_out import ChangedSince, Passage
from feedback.tickets.locking import TicketGone
from feedback.tickets.models import Message, SpentKey, Ticket
from imsupport import clock
from imsupport.accounts.models import User

ROUNDS = range(6)
ADDED = Reply(message="Still grey.", idempotency_key="r")
TOO_LATE = (TicketGone, TicketClosed, NotAgreed)


@pytest.fixture
def _django_db_helper(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Give each test copies of the migrated databases in place of a transaction: here commits are real."""
    names = {alias: connections[alias].settings_dict["NAME"] for alias in connections}
    with django_db_blocker.unblock(), psycopg.connect(os.environ["ENGINE_DATABASE_URL"], autocommit=True) as server:
        connections.close_all()
        for alias, name in names.items():
            server.execute(f"DROP DATABASE IF EXISTS {name}_copy WITH (FORCE)")
            server.execute(f"CREATE DATABASE {name}_copy TEMPLATE {name}")
            connections[alias].settings_dict["NAME"] = f"{name}_copy"
        try:
            yield
        finally:
            connections.close_all()
            for alias, name in names.items():
                connections[alias].settings_dict["NAME"] = name
                server.execute(f"DROP DATABASE {name}_copy WITH (FORCE)")


@pytest.fixture
def agent(ada: User) -> Actor:
    return Actor(ActorKind.AGENT, ada.pk)


def _at_once(*acts: Callable[[], object]) -> list[object]:
    """Do all at the same instant; return what each returned or raised."""
    ready, done = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place: int, act: Callable[[], object]) -> None:
        ready.wait()
        try:
            done[place] = act()
        except Exception as error:
            done[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return done


def _write(who: Agreed) -> Ticket:
    given = Submission(
        message="The heron button stays grey.",
        idempotency_key=secrets.token_hex(8),
        email=f"{secrets.token_hex(4)}@people.test",
        is_address_verified=True,
    )
    return submit_feedback(given, person_id=who.person.pk, policy_version=1).ticket


def _fresh(ticket: Ticket) -> Ticket:
    found: Ticket = Ticket.objects.select_related("address").get(pk=ticket.pk)
    return found


def _answer(ticket: Ticket, agent: Actor, number: int = 0) -> Callable[[], Message]:
    return lambda: desk.answer(_fresh(ticket), f"Update {number}.", idempotency_key=f"a{number}", actor=agent)


def test_what_is_committed_here_is_seen_by_another_connection(mia: Agreed) -> None:
    assert not connection.in_atomic_block
    assert _at_once(Person.objects.count) == [1]


def test_a_button_pressed_thrice_at_once_agrees_and_sends_once() -> None:
    for number in ROUNDS:
        words = {"message": "The ring tone is too loud.", "idempotency_key": f"k{number}"}
        before = Person.objects.count(), Ticket.objects.count(), ConsentEvent.objects.count()
        page = Client(headers={"Origin": "http://testserver"}).post("/feedback/", words).content.decode()
        hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
        form = {**hidden, **words, "decision": "agree"}

        answers = _at_once(
            *[lambda form=form: Client(headers={"Origin": "http://testserver"}).post("/feedback/agree/", form)] * 3
        )

        assert [answer.status_code for answer in answers] == [302] * 3
        assert len({answer.cookies[settings.CONSENT_COOKIE].value for answer in answers}) == 1
        after = Person.objects.count(), Ticket.objects.count(), ConsentEvent.objects.count()
        assert tuple(now - was for now, was in zip(after, before, strict=True)) == (1, 1, 2)


def test_after_stopping_everything_no_answer_is_under_way(shown: Shown, agent: Actor) -> None:
    for _round in ROUNDS:
        who = agree(shown)
        ticket = _write(who)

        answered, stopped = _at_once(_answer(ticket, agent), lambda who=who: stop_everything(who.person.pk, shown))

        assert isinstance(answered, Message | TicketGone)
        assert stopped is None
        assert _fresh(ticket).state == Ticket.State.CLOSED
        assert not OutgoingMail.objects.filter(person_id=who.person.pk, state="due").exists()


@pytest.mark.parametrize("by", ["agent", "person"])
def test_after_erasing_nothing_that_was_written_meanwhile_is_left(by: str, shown: Shown, agent: Actor) -> None:
    for _round in ROUNDS:
        who = agree(shown)
        ticket, person = _write(who), person_actor(who.person.pk)
        replying = lambda ticket=ticket, person=person: reply(_fresh(ticket), ADDED, actor=person)  # noqa: E731

        written, erased = _at_once(
            _answer(ticket, agent) if by == "agent" else replying,
            lambda ticket=ticket, person=person: erase_ticket(_fresh(ticket), actor=person),
        )

        assert erased is None
        assert written is None or isinstance(written, (Message, Ticket.DoesNotExist, *TOO_LATE))
        assert not Message.objects.filter(ticket=ticket, text__isnull=False).exists()
        assert not OutgoingMail.objects.filter(ticket_id=ticket.pk, letter__isnull=False).exists()
        left = Key.objects.filter(person_id=who.person.pk).exclude(pk=who.person.pk).count()
        # What came too late leaves the key that it had made, and nothing sealed with it.
        assert left <= isinstance(written, TOO_LATE)


def test_three_answers_at_once_are_three_and_all_are_counted(mia: Agreed, agent: Actor) -> None:
    for _round in ROUNDS:
        ticket = _write(mia)

        _at_once(*(_answer(ticket, agent, number) for number in range(3)))

        assert Message.objects.filter(ticket=ticket, kind="answer").count() == 3
        assert _fresh(ticket).unread_answers == 3


def test_one_token_enters_once() -> None:
    app = HostApp.objects.create(name="calling", created_at=clock.now())
    for _round in ROUNDS:
        claims = {"iss": app.name, "aud": settings.BASE_URL, "exp": int(time.time()) + 50, "jti": secrets.token_hex(8)}
        token = jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(key_of(app)))

        done = _at_once(*[lambda token=token: exchange(token)] * 3)

        assert Counter(type(each) for each in done) == {dict: 1, NotAdmitted: 2}


def test_handing_in_again_twice_makes_one(shown: Shown) -> None:
    for _round in ROUNDS:
        who = agree(shown)
        _write(who)
        stop_everything(who.person.pk, shown)
        person = person_actor(who.person.pk)

        done = _at_once(*[lambda who=who, person=person: hand_in_again(who.person.pk, shown, actor=person)] * 2)

        assert all(isinstance(each, list | NothingToHandIn) for each in done), done
        assert Ticket.objects.filter(person_id=who.person.pk, erased_at=None).count() == 1


def test_two_workers_deliver_each_mail_once(mia: Agreed, agent: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[str] = []
    monkeypatch.setattr(
        "feedback.outbox.delivery._post", lambda message, _end: sent.append(message.extra_headers["Message-ID"])
    )
    for _round in ROUNDS:
        for _number in range(3):
            _write(mia)
        _at_once(deliver_due, deliver_due, deliver_due)
        deliver_due()

    assert len(sent) == len(set(sent)) == OutgoingMail.objects.filter(state="sent").count()
    assert len(sent) == 3 * len(ROUNDS)


def test_agents_who_leave_out_at_once_lose_nothing_and_leave_nothing(mia: Agreed, agent: Actor) -> None:
    for _round in ROUNDS:
        ticket = _write(mia)
        [message] = Message.objects.filter(ticket=ticket)
        old = message.text.sealed.key_id
        passages = [Passage(str(message.pk), words, Category.HEALTH, old) for words in ("heron", "grey", "heron")]

        done = _at_once(
            *(
                lambda passage=passage, ticket=ticket: desk.leave_out(_fresh(ticket), passage, actor=agent)
                for passage in passages
            ),
            _answer(ticket, agent),
        )

        look = Look(SYSTEM, Purpose.PROVIDE, AccessEvent.Act.OPENED, "test")
        rows = [Message.objects.get(pk=message.pk).text, _fresh(ticket).opening]
        texts = [read(rows, look=look).text(row) for row in rows]
        # The same passage twice: whoever comes later is told that it is not there any more.
        assert [isinstance(each, Message | ChangedSince | None) for each in done] == [True] * 4, done
        assert sum(isinstance(each, ChangedSince) for each in done) <= 1
        assert texts == ["The  button stays .", "The […] button stays […]."]
        assert not Key.objects.filter(pk=old).exists()
        assert not SpentKey.objects.exists()
        assert Message.objects.filter(ticket=ticket, kind=Message.Kind.NOTE).count() == 2


def test_leaving_out_while_a_ticket_is_erased_leaves_nothing(shown: Shown, agent: Actor) -> None:
    for _round in ROUNDS:
        who = agree(shown)
        ticket = _write(who)
        passage = Passage(str(Message.objects.get(ticket=ticket).pk), "heron", Category.HEALTH)

        left_out, erased = _at_once(
            lambda ticket=ticket, passage=passage: desk.leave_out(_fresh(ticket), passage, actor=agent),
            lambda ticket=ticket, who=who: erase_ticket(_fresh(ticket), actor=person_actor(who.person.pk)),
        )

        assert erased is None
        assert left_out is None or isinstance(left_out, TicketGone)
        # Made for the words and for the note before the ticket was found gone; they open nothing.
        made = Key.objects.filter(person_id=who.person.pk).exclude(pk=who.person.pk).count()
        assert made <= (2 if isinstance(left_out, TicketGone) else 0)
        assert not Message.objects.filter(ticket=ticket, text__isnull=False).exists()


def test_needs_that_are_asked_for_thrice_at_once_are_asked_for_once(mia: Agreed, agent: Actor) -> None:
    for _round in ROUNDS:
        ticket = _write(mia)

        done = _at_once(*[lambda ticket=ticket: desk.ask_what_they_need(_fresh(ticket), actor=agent)] * 3)

        assert sorted(map(bool, done)) == [False, False, True]
        assert Message.objects.filter(ticket=ticket, kind="answer").count() == 1
