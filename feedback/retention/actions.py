"""The promises of time, kept by the clock: what must end does so without anybody pressing anything."""

from contextlib import suppress
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from consent.access.actors import SYSTEM
from consent.access.models import UnpurposedReason
from consent.ledger.actions import Shown, note_swept, withdraw_everything
from consent.ledger.models import Channel, ConsentState
from consent.ledger.states import ENDED
from consent.people.actions import drop_identifiers
from consent.people.models import Identifier, Person
from consent.policies.notices import Notice
from consent.policies.queries import current_version, operator_facts
from consent.purposes import Purpose
from feedback.outbox.actions import forget_failed
from feedback.outbox.models import OutgoingMail
from feedback.tickets.actions import set_state
from feedback.tickets.erasing import erase_person, erase_ticket
from feedback.tickets.history import record_event
from feedback.tickets.locking import TicketGone
from feedback.tickets.models import Event, Ticket
from feedback.tickets.stopping import HAND_IN_AGAIN_FOR, answered_people, lock_tickets, past_handing_in, seal_off_person
from imsupport import clock

BATCH = 200
FAILED_MAIL_KEPT_FOR = timedelta(days=30)
SPAM_KEPT_FOR = timedelta(days=30)
UNCONFIRMED_FOR = timedelta(days=7)
DAYS_A_MONTH = 31
"""A month of the operator's period, counted long, so that nothing goes before it was promised to."""


def erase_people_who_stopped() -> int:
    """Destroy the keys of people whose agreement ended more than 30 days ago; return how many."""
    past = clock.now() - HAND_IN_AGAIN_FOR
    people = list(_unswept(past).filter(_stands_ended(past)).values_list("person_id", flat=True)[:BATCH])
    for person_id in people:
        erase_person(person_id, actor=SYSTEM)
        Person.objects.filter(pk=person_id, erased_at=None).update(erased_at=clock.now())
        note_swept(person_id, past)
    return len(people)


def erase_what_was_not_handed_in() -> int:
    """Erase what was stopped more than 30 days ago, though its person agreed again since; return how many tickets."""
    past, erased = clock.now() - HAND_IN_AGAIN_FOR, 0
    people = list(_unswept(past).exclude(_stands_ended(past)).values_list("person_id", flat=True)[:BATCH])
    for person_id in people:
        tickets = Ticket.objects.unpurposed(UnpurposedReason.ERASURE).filter(person_id=person_id, erased_at=None)
        for ticket in tickets.filter(past_handing_in("collected_at")):
            erase_ticket(ticket, actor=SYSTEM)
            erased += 1
        addresses = Identifier.objects.filter(person_id=person_id, kind=Identifier.Kind.EMAIL)
        drop_identifiers(addresses.filter(past_handing_in("created_at")))
        note_swept(person_id, past)
    return erased


def erase_tickets_past_their_time() -> int:
    """Destroy the keys of tickets solved longer ago than the operator's period, and of spam after 30 days."""
    facts = operator_facts()
    months = facts.retention_months if facts else 12
    now = clock.now()
    kept = Ticket.objects.unpurposed(UnpurposedReason.ERASURE).filter(erased_at=None)
    solved = kept.filter(solved_at__lt=now - timedelta(days=DAYS_A_MONTH * months))
    spam = kept.filter(queue=Ticket.State.SPAM, solved_at__lt=now - SPAM_KEPT_FOR)
    past = [*solved[:BATCH], *spam[:BATCH]]
    for ticket in past:
        erase_ticket(ticket, actor=SYSTEM)
    return len(past)


def wake_snoozed_tickets() -> int:
    """Open the tickets whose snooze is over; return how many."""
    usable = Ticket.objects.for_purpose(Purpose.PROVIDE, actor=SYSTEM)
    woken = list(usable.filter(queue=Ticket.State.SNOOZED, snoozed_until__lte=clock.now())[:BATCH])
    for ticket in woken:
        with suppress(TicketGone):
            set_state(ticket, Ticket.State.OPEN, actor=SYSTEM)
    return len(woken)


def stop_after_answers() -> int:
    """Carry out *answer it first, then stop everything* for people whose answers have reached them."""
    people = list(answered_people()[:BATCH])
    return sum(_stop(person_id) for person_id in people)


def drop_unconfirmed_addresses() -> int:
    """Forget addresses that nobody confirmed within seven days of the last mail that asked."""
    past = clock.now() - UNCONFIRMED_FOR
    # Nobody was asked before the address was given; an index knows when that was.
    unconfirmed = Identifier.objects.filter(kind=Identifier.Kind.EMAIL, verified_at=None, created_at__lt=past)
    asked = unconfirmed.alias(since=Coalesce("last_asked_at", "created_at")).filter(since__lt=past)
    dropped = list(asked.values_list("pk", flat=True)[:BATCH])
    Identifier.objects.filter(pk__in=dropped).delete()
    return len(dropped)


def note_failed_mail() -> int:
    """Write into the history of each ticket that a mail of it failed, once for each failure; return how many."""
    failed = OutgoingMail.objects.unpurposed(UnpurposedReason.MAINTENANCE).filter(
        state=OutgoingMail.State.FAILED, lease__isnull=False, letter__isnull=False
    )
    noted = list(failed.order_by("due_at")[:BATCH])
    tickets = Ticket.objects.unpurposed(UnpurposedReason.MAINTENANCE).in_bulk({mail.ticket_id for mail in noted})
    for mail in noted:
        ticket = tickets.get(mail.ticket_id)
        with transaction.atomic():
            if failed.filter(pk=mail.pk, lease=mail.lease).update(lease=None) and ticket is not None:
                record_event(ticket, Event.Kind.MAIL_FAILED, actor=SYSTEM, after=mail.failure)
    return len(noted)


def forget_failed_letters() -> int:
    """Let go of the words of mail that failed more than 30 days ago; return how many."""
    return forget_failed(clock.now() - FAILED_MAIL_KEPT_FOR, BATCH)


def _unswept(past: datetime) -> QuerySet[ConsentState]:
    """Return the states of people who stopped before a time, and of whom something may still wait to be erased."""
    stopped = ConsentState.objects.filter(purpose=Purpose.AGREEMENT, unswept_since__lt=past)
    return stopped.order_by("unswept_since")


def _stands_ended(past: datetime) -> Q:
    return Q(status__in=ENDED, ended_at__lt=past)


def _stop(person_id: int) -> bool:
    # The words that were pressed stand in the event that asked; this notice says who carried it out.
    notice = Notice(current_version(), "en", b"answer it first, then stop everything")
    with transaction.atomic():
        lock_tickets(person_id)
        if not answered_people().filter(person_id=person_id).exists():
            return False
        withdraw_everything(person_id, Shown(notice, Channel.SYSTEM, "clock:stop-after-answer"))
        seal_off_person(person_id)
    return True
