"""When a person stops everything: their tickets leave the queues at once, and nothing is sent any more."""

from django.db.models import OuterRef, QuerySet, Subquery

from consent.access.models import UnpurposedReason
from consent.ledger.models import ConsentState
from consent.purposes import Purpose
from feedback.outbox.actions import cancel_mail_of_person
from feedback.tickets.history import place_of, record_move
from feedback.tickets.models import Ticket


def seal_off_person(person_id: int) -> None:
    """Close a person's tickets, so that no queue counts them, and cancel their mail, in the caller's transaction.

    Closed, not merely uncounted: erasing them later takes them out of the counts once, not twice.
    """
    rows = _kept(person_id)
    for ticket in rows.exclude(state=Ticket.State.CLOSED):
        before = place_of(ticket)
        ticket.state = Ticket.State.CLOSED
        ticket.save(update_fields=["state"])
        record_move(before, place_of(ticket))
    cancel_mail_of_person(person_id)


def sealed_off(person_id: int) -> QuerySet[Ticket]:
    """Return what a person withdrew and may still hand in again: rows from before their agreement last ended."""
    ended = ConsentState.objects.filter(person_id=OuterRef("person_id"), purpose=Purpose.AGREEMENT)
    return _kept(person_id).filter(collected_at__lte=Subquery(ended.values("ended_at"))).order_by("pk")


def ask_to_stop_when_answered(person_id: int) -> int:
    """Note that everything stops once the open tickets are answered; return how many are open."""
    closed = [Ticket.State.SOLVED, Ticket.State.CLOSED, Ticket.State.SPAM]
    return _kept(person_id).exclude(state__in=closed).update(stops_when_answered=True)


def _kept(person_id: int) -> QuerySet[Ticket]:
    return Ticket.objects.unpurposed(UnpurposedReason.OWN_WITHDRAWN).filter(person_id=person_id, erased_at=None)
