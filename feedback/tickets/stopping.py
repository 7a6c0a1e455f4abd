"""When a person stops everything: their tickets leave the queues at once, and nothing is sent any more."""

from consent.access.models import UnpurposedReason
from feedback.outbox.actions import cancel_mail_of_person
from feedback.tickets.history import place_of, record_move
from feedback.tickets.models import Ticket


def seal_off_person(person_id: int) -> None:
    """Take a person's tickets out of the counts and cancel their mail. Needs the withdrawal's transaction."""
    rows = Ticket.objects.unpurposed(UnpurposedReason.OWN_WITHDRAWN).filter(person_id=person_id, erased_at=None)
    for ticket in rows:
        record_move(place_of(ticket), None)
    cancel_mail_of_person(person_id)


def ask_to_stop_when_answered(person_id: int) -> int:
    """Note that everything stops once the open tickets are answered; return how many are open."""
    rows = Ticket.objects.unpurposed(UnpurposedReason.OWN_WITHDRAWN).filter(person_id=person_id, erased_at=None)
    closed = [Ticket.State.SOLVED, Ticket.State.CLOSED, Ticket.State.SPAM]
    return rows.exclude(state__in=closed).update(stops_when_answered=True)
