"""What every change of a ticket leaves behind: an event, and the difference it makes to the queues' counts."""

from dataclasses import dataclass

from consent.access.actors import Actor, ActorKind
from feedback.tickets.models import Event, QueueChange, Ticket
from imsupport import clock
from imsupport.rows import insert

_STAFF = {ActorKind.AGENT, ActorKind.MANAGER, ActorKind.ADMIN}


@dataclass(frozen=True)
class Place:
    """Where a ticket is counted."""

    state: str
    team_id: int
    assignee_id: int


def place_of(ticket: Ticket) -> Place:
    """Return where a ticket is counted now."""
    return Place(ticket.state, ticket.team_id or 0, ticket.assignee_id or 0)


def record_event(ticket: Ticket, kind: Event.Kind, *, actor: Actor, before: str = "", after: str = "") -> Event:
    """Write what happened; needs the transaction of its cause."""
    return Event.objects.create(
        ticket=ticket,
        kind=kind,
        actor_kind=actor.kind,
        actor_id=actor.id if actor.kind in _STAFF else None,
        before=before[:80],
        after=after[:80],
        at=clock.now(),
    )


def record_move(before: Place | None, after: Place | None) -> None:
    """Write the difference to the counts; nothing when the ticket stays where it was counted."""
    if before == after:
        return
    for place, change in ((before, -1), (after, 1)):
        if place is not None:
            insert(QueueChange(state=place.state, team_id=place.team_id, assignee_id=place.assignee_id, change=change))
