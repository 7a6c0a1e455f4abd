"""Erasing is interrupted before each statement it makes, on both databases, and then repeated."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections, transaction

from consent.access.actors import SYSTEM
from consent.ledger.actions import Agreed, Shown, agree_again, withdraw_everything
from consent.ledger.models import ConsentState
from consent.people.models import Identifier
from consent.sealing.models import Key
from feedback.intake.actions import Submission, submit_feedback
from feedback.intake.uploads import CheckedFile
from feedback.outbox.models import OutgoingMail
from feedback.retention.tasks import sweep
from feedback.tickets.erasing import erase_person, erase_ticket
from feedback.tickets.models import Attachment, Message, Ticket
from imsupport import clock

LOG = CheckedFile("log.txt", "text/plain", b"heron log")
MOST_STATEMENTS = 60


class Killed(Exception):
    pass


@contextmanager
def killed_before(statement: int) -> Iterator[None]:
    """Let the process die, as it were, before its nth statement on either database."""
    made = 0

    def count(execute: Callable[..., Any], sql: str, *arguments: Any) -> Any:
        nonlocal made
        if not sql.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            made += 1
            if made > statement:
                raise Killed
        return execute(sql, *arguments)

    with ExitStack() as stack:
        for alias in ("default", "keys"):
            stack.enter_context(connections[alias].execute_wrapper(count))
        try:
            yield
        finally:
            # The test's own transaction stands for what was committed until then; it goes on.
            for alias in ("default", "keys"):
                transaction.set_rollback(False, using=alias)


def _submit(who: Agreed, key: str) -> Ticket:
    given = Submission(
        message="The heron button stays grey.",
        idempotency_key=key,
        email="mia@example.org",
        is_address_verified=True,
        files=(LOG,),
    )
    return submit_feedback(given, person_id=who.person.pk, policy_version=1).ticket


def _nothing_left(ticket: Ticket) -> bool:
    ticket = Ticket.objects.get(pk=ticket.pk)
    messages, files = Message.objects.filter(ticket=ticket), Attachment.objects.filter(ticket=ticket)
    gone = [
        ticket.erased_at and not ticket.opening,
        all(message.text is None for message in messages),
        all(file.name is None and not (Path(settings.MEDIA_ROOT) / file.stored_as).exists() for file in files),
        not OutgoingMail.objects.filter(ticket_id=ticket.pk, letter__isnull=False).exists(),
        not Key.objects.filter(pk__in=[file.key_id for file in files]).exists(),
    ]
    return all(gone)


def test_erasing_a_ticket_finishes_wherever_it_was_interrupted(mia: Agreed, noor: Agreed) -> None:
    other = _submit(noor, "other")
    for at in range(MOST_STATEMENTS):
        ticket = _submit(mia, f"k{at}")
        try:
            with killed_before(at):
                erase_ticket(ticket, actor=SYSTEM)
        except Killed:
            erase_ticket(Ticket.objects.get(pk=ticket.pk), actor=SYSTEM)
            assert _nothing_left(ticket), at
        else:
            break

    assert at > 8
    assert _nothing_left(ticket)
    assert Ticket.objects.get(erased_at=None) == other
    assert ticket.events.filter(kind="erased").count() == 1


def test_erasing_a_person_finishes_wherever_it_was_interrupted(mia: Agreed, noor: Agreed) -> None:
    tickets = [_submit(mia, "one"), _submit(mia, "two")]
    other = _submit(noor, "other")
    for at in range(MOST_STATEMENTS):
        try:
            with killed_before(at):
                erase_person(mia.person.pk, actor=SYSTEM)
        except Killed:
            continue
        break

    assert at > 8
    assert all(_nothing_left(ticket) for ticket in tickets)
    assert not Key.objects.filter(person_id=mia.person.pk).exists()
    assert not Identifier.objects.filter(person_id=mia.person.pk).exists()
    assert Ticket.objects.get(erased_at=None) == other


def test_what_was_stopped_is_erased_after_thirty_days_though_its_person_agreed_again(mia: Agreed, shown: Shown) -> None:
    old = _submit(mia, "old")
    withdraw_everything(mia.person.pk, shown)
    agree_again(mia.person.pk, shown)
    with clock.set_to(clock.now() + timedelta(hours=1)):
        new = _submit(mia, "new")

    with clock.set_to(clock.now() + timedelta(days=29)):
        sweep()
        assert Ticket.objects.filter(erased_at=None).count() == 2
    with clock.set_to(clock.now() + timedelta(days=31)):
        sweep()

    assert Ticket.objects.get(erased_at=None) == new
    assert _nothing_left(old)
    assert Ticket.objects.get(pk=new.pk).address is not None


def test_stopping_again_does_not_prolong_what_was_stopped_before(mia: Agreed, shown: Shown) -> None:
    old = _submit(mia, "old")
    withdraw_everything(mia.person.pk, shown)
    with clock.set_to(clock.now() + timedelta(days=20)):
        agree_again(mia.person.pk, shown)
        withdraw_everything(mia.person.pk, shown)
        agree_again(mia.person.pk, shown)

    with clock.set_to(clock.now() + timedelta(days=31)):
        sweep()

    assert _nothing_left(old)


def test_an_address_from_before_goes_with_it(mia: Agreed, shown: Shown) -> None:
    _submit(mia, "old")
    withdraw_everything(mia.person.pk, shown)
    agree_again(mia.person.pk, shown)

    with clock.set_to(clock.now() + timedelta(days=31)):
        sweep()

    assert not Identifier.objects.filter(kind="email").exists()


def test_what_was_stopped_again_is_erased_on_its_own_day(mia: Agreed, shown: Shown) -> None:
    old = _submit(mia, "old")
    withdraw_everything(mia.person.pk, shown)
    with clock.set_to(clock.now() + timedelta(days=20)):
        agree_again(mia.person.pk, shown)
        new = _submit(mia, "new")
        withdraw_everything(mia.person.pk, shown)
        agree_again(mia.person.pk, shown)

    with clock.set_to(clock.now() + timedelta(days=31)):
        sweep()
        assert Ticket.objects.get(erased_at=None) == new
    with clock.set_to(clock.now() + timedelta(days=51)):
        sweep()

    assert _nothing_left(old)
    assert _nothing_left(new)


def test_what_was_stopped_before_the_clock_noted_it_is_erased_too(mia: Agreed, shown: Shown) -> None:
    old = _submit(mia, "old")
    withdraw_everything(mia.person.pk, shown)
    agree_again(mia.person.pk, shown)
    ConsentState.objects.update(unswept_since=None)

    migration = import_module("consent.migrations.0005_find_by_person_and_time")
    migration.note_who_waits(apps, SimpleNamespace(connection=connections["default"]))

    with clock.set_to(clock.now() + timedelta(days=31)):
        sweep()
    assert _nothing_left(old)
