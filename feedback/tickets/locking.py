"""Taking hold of a ticket: what is decided about it is decided by its row as it is now."""

from consent.access.actors import Actor
from consent.access.models import UnpurposedReason
from consent.purposes import Purpose
from feedback.tickets.models import Ticket

_DECIDED_BY = (
    "state",
    "assignee",
    "team",
    "priority",
    "tags",
    "address",
    "token_generation",
    "unread_answers",
    "needs_asked_at",
    "snoozed_until",
    "solved_at",
    "erased_at",
)


class TicketGone(Exception):
    """The ticket was erased, or its person's agreement ended, since it was fetched."""


def hold(ticket: Ticket, *, actor: Actor) -> None:
    """Lock a ticket for the caller's transaction and bring it up to date; raise TicketGone if it may not be used.

    Two statements: what was committed while the first one waited for the lock is seen by the second one only.
    """
    lock(ticket)
    usable = Ticket.objects.for_purpose(Purpose.PROVIDE, actor=actor).filter(pk=ticket.pk)
    if ticket.erased_at is not None or not usable.exists():
        raise TicketGone


def lock(ticket: Ticket) -> None:
    """Lock a ticket's row and bring it up to date, whatever became of it."""
    rows = Ticket.objects.unpurposed(UnpurposedReason.MAINTENANCE).select_for_update()
    ticket.refresh_from_db(fields=_DECIDED_BY, from_queryset=rows)
