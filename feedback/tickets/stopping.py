"""When a person stops everything: their tickets leave the queues at once, and nothing is sent any more."""

from datetime import datetime, timedelta

from django.db.models import Exists, Min, OuterRef, Q, QuerySet, Subquery

from consent.access.models import UnpurposedReason
from consent.ledger.models import ConsentEvent, ConsentState
from consent.ledger.states import ENDED
from consent.purposes import Purpose
from feedback.outbox.actions import cancel_mail_of_person
from feedback.outbox.models import OutgoingMail
from feedback.tickets.history import place_of, record_move
from feedback.tickets.models import Message, Ticket, TicketQuerySet
from imsupport import clock

HAND_IN_AGAIN_FOR = timedelta(days=30)
READABLE_FOR = timedelta(days=7)
"""How long an answer that was awaited stays readable when nobody says that it was read."""
_UNANSWERED = (Ticket.State.NEW, Ticket.State.OPEN, Ticket.State.SNOOZED)


def seal_off_person(person_id: int) -> None:
    """Close a person's tickets, so that no queue counts them, and cancel their mail, in the caller's transaction.

    Closed, not merely uncounted: erasing them later takes them out of the counts once, not twice. All rows are
    locked first, closed ones too: an answer under way is either written before, or finds that everything stopped.
    """
    for ticket in lock_tickets(person_id):
        before = place_of(ticket)
        ticket.state, ticket.stops_when_answered = Ticket.State.CLOSED, False
        ticket.save(update_fields=["state", "stops_when_answered"])
        record_move(before, place_of(ticket))
    cancel_mail_of_person(person_id)


def lock_tickets(person_id: int) -> list[Ticket]:
    """Lock a person's tickets, in the caller's transaction; return them as they are now."""
    return list(_kept(person_id).select_for_update().order_by("pk"))


def sealed_off(person_id: int) -> QuerySet[Ticket]:
    """Return what a person withdrew and may still hand in again: stopped at most 30 days ago."""
    ended = ConsentState.objects.filter(person_id=OuterRef("person_id"), purpose=Purpose.AGREEMENT)
    stopped = _kept(person_id).filter(collected_at__lte=Subquery(ended.values("ended_at")))
    return stopped.exclude(past_handing_in("collected_at")).order_by("pk")


def handing_in_until(person_id: int) -> datetime | None:
    """Return until when all of it can be handed in again: thirty days from the stop of the oldest; None for nothing."""
    oldest = sealed_off(person_id).order_by("collected_at").values_list("collected_at", flat=True).first()
    ended = ConsentEvent.objects.filter(person_id=person_id, purpose=Purpose.AGREEMENT, status__in=ENDED)
    stopped_at = oldest and ended.filter(occurred_at__gte=oldest).aggregate(first=Min("occurred_at"))["first"]
    return stopped_at + HAND_IN_AGAIN_FOR if stopped_at else None


def past_handing_in(since: str) -> Exists:
    """Return the filter for rows whose agreement ended more than 30 days ago, whatever was agreed to afterwards.

    `since` names the column that says when a row was collected.
    """
    ended = ConsentEvent.objects.filter(
        person_id=OuterRef("person_id"),
        purpose=Purpose.AGREEMENT,
        status__in=ENDED,
        occurred_at__gte=OuterRef(since),
        occurred_at__lt=clock.now() - HAND_IN_AGAIN_FOR,
    )
    return Exists(ended)


def ask_to_stop_when_answered(person_id: int) -> int:
    """Note that everything stops once the open tickets are answered; return how many are open."""
    return _kept(person_id).still_open().update(stops_when_answered=True)


def answered_people() -> QuerySet[Ticket, int]:
    """Return the ids of people who asked to stop when answered, and of whom no ticket is awaited any more.

    One that they wrote after asking is awaited too; one that they erased is not.
    """
    asked = Ticket.objects.unpurposed(UnpurposedReason.MAINTENANCE).filter(stops_when_answered=True)
    awaited = _awaited(Ticket.objects.unpurposed(UnpurposedReason.MAINTENANCE))
    done = asked.exclude(Exists(awaited.filter(person_id=OuterRef("person_id"))))
    ids: QuerySet[Ticket, int] = done.order_by("person_id").values_list("person_id", flat=True).distinct()
    return ids


def _awaited(rows: QuerySet[Ticket]) -> QuerySet[Ticket]:
    """Return the tickets whose person waits for an answer, or has one that may not have reached them yet.

    An answer reached its person when they said so, when a mail with all its words left, or after seven days. What
    asks them what they need is no answer yet, whatever was read of it: its person has seven days to say so.
    """
    said = Message.objects.unpurposed(UnpurposedReason.MAINTENANCE).filter(ticket=OuterRef("pk"))
    newest = said.exclude(kind=Message.Kind.NOTE).order_by("-id")
    mailed = OutgoingMail.objects.unpurposed(UnpurposedReason.MAINTENANCE).filter(
        ticket_id=OuterRef("pk"), source_id=OuterRef("said_id"), kind="answer", state=OutgoingMail.State.SENT
    )
    rows = rows.alias(
        said_id=Subquery(newest.values("pk")[:1]),
        said_kind=Subquery(newest.values("kind")[:1]),
        said_at=Subquery(newest.values("collected_at")[:1]),
    )
    is_answer = Q(said_kind=Message.Kind.ANSWER)
    unanswered = Q(state__in=_UNANSWERED) | (Q(state=Ticket.State.WAITING) & ~is_answer)
    unread = Q(unread_answers__gt=0, said_at__gt=clock.now() - READABLE_FOR) & is_answer & ~Q(Exists(mailed))
    asked = Q(needs_asked_at__gt=clock.now() - READABLE_FOR) & ~Q(state=Ticket.State.CLOSED)
    return rows.filter(unanswered | unread | asked, erased_at=None)


def _kept(person_id: int) -> TicketQuerySet:
    kept: TicketQuerySet = Ticket.objects.unpurposed(UnpurposedReason.OWN_WITHDRAWN).filter(
        person_id=person_id, erased_at=None
    )
    return kept
