"""Reads of tickets for the desk: counts of the queues, pages of a queue, one ticket with all that belongs to it."""

import base64
import json
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Q, QuerySet, Sum, Value

from consent.access.actors import Actor
from consent.access.models import UnpurposedReason
from consent.purposes import Purpose
from feedback.tickets.models import QueueChange, QueueCount, Team, Ticket

PAGE = 50
_OPEN = (Ticket.State.NEW, Ticket.State.OPEN)


@dataclass(frozen=True)
class Page:
    """One page of a queue, newest activity first, and the cursor behind its last row."""

    tickets: list[Ticket]
    next_cursor: str


@dataclass(frozen=True)
class _Cursor:
    at: datetime
    id: int
    is_urgent: bool


def page_of(view: str, *, actor: Actor, after: str = "") -> Page:
    """Return a page of a view of the tickets an agent may see, by keyset: its cost does not grow with the queue.

    Where tickets wait for us the urgent ones come first.
    """
    rows, cursor = rows_of(view, actor=actor), _read_cursor(after)
    has_urgent_first = view in _URGENT_FIRST
    if not has_urgent_first:
        rows = _behind(rows, cursor).select_related("assignee")
    elif cursor is None or cursor.is_urgent:
        rows = _both(_behind(urgent(rows), cursor), rows.exclude(priority=Ticket.Priority.URGENT))
    else:
        rows = _behind(rows.exclude(priority=Ticket.Priority.URGENT), cursor).select_related("assignee")
    found = list(rows[: PAGE + 1])
    is_last = len(found) <= PAGE
    return Page(found[:PAGE], "" if is_last else _cursor(found[PAGE - 1], has_urgent_first))


def rows_of(view: str, *, actor: Actor) -> QuerySet[Ticket]:
    """Return the tickets of a view that an agent may see, newest activity first, as an index holds them."""
    return _in_view(visible_tickets(actor), view, actor).order_by("-activity_at", "-pk")


def urgent(rows: QuerySet[Ticket]) -> QuerySet[Ticket]:
    """Return the urgent tickets among those of a view."""
    return rows.filter(priority=Ticket.Priority.URGENT)


def visible_tickets(actor: Actor) -> QuerySet[Ticket]:
    """Return what an agent may see: of no team or their own, of persons whose agreement stands."""
    return Ticket.objects.for_purpose(Purpose.PROVIDE, actor=actor).visible_to(actor.id or 0).filter(erased_at=None)


def counts_for(agent_id: int) -> dict[str, int]:
    """Return how many tickets each view has, from the folded counts and the changes since; one query."""
    own = Team.members.through.objects.filter(user_id=agent_id).values("team_id")
    folded = QueueCount.objects.filter(Q(team_id=0) | Q(team_id__in=own)).values_list("state", "assignee_id")
    since = QueueChange.objects.filter(Q(team_id=0) | Q(team_id__in=own)).values_list("state", "assignee_id")
    parts = folded.annotate(n=Sum("tickets")).order_by().union(since.annotate(n=Sum("change")).order_by(), all=True)
    cells: dict[tuple[str, int], int] = {}
    for state, assignee_id, number in parts:
        cells[state, assignee_id] = cells.get((state, assignee_id), 0) + number
    return {view: sum(n for (state, who), n in cells.items() if _counts(view, state, who, agent_id)) for view in VIEWS}


VIEWS = ("mine", "unassigned", "open", "waiting", "snoozed", "solved", "spam", "all")


_URGENT_FIRST = ("mine", "unassigned", "open")


def _behind(rows: QuerySet[Ticket], cursor: _Cursor | None) -> QuerySet[Ticket]:
    if cursor is None:
        return rows
    return rows.filter(Q(activity_at__lt=cursor.at) | Q(pk__lt=cursor.id), activity_at__lte=cursor.at)


def _both(first: QuerySet[Ticket], then: QuerySet[Ticket]) -> QuerySet[Ticket]:
    """Return the first page of the one before that of the other, each read from its index, in one statement."""
    rows = Ticket.objects.unpurposed(UnpurposedReason.NAMED).select_related("assignee").order_by()
    parts = [
        rows.filter(pk__in=part.values("pk")[: PAGE + 1]).annotate(part=Value(number))
        for number, part in enumerate((first, then))
    ]
    return parts[0].union(parts[1], all=True).order_by("part", "-activity_at", "-id")


def _counts(view: str, state: str, assignee_id: int, agent_id: int) -> bool:
    if view == "mine":
        return assignee_id == agent_id and state in (*_OPEN, Ticket.State.WAITING)
    if view == "unassigned":
        return assignee_id == 0 and state in _OPEN
    return state in _OPEN if view == "open" else view in ("all", state)


def _in_view(rows: QuerySet[Ticket], view: str, actor: Actor) -> QuerySet[Ticket]:
    if view == "mine":
        return rows.filter(assignee_id=actor.id, queue__in=["open", "waiting"])
    if view == "unassigned":
        return rows.filter(assignee=None, queue="open")
    return rows if view == "all" else rows.filter(queue=view)


def _cursor(ticket: Ticket, has_urgent_first: bool) -> str:
    is_urgent = has_urgent_first and ticket.priority == Ticket.Priority.URGENT
    written = json.dumps([ticket.activity_at.isoformat(), ticket.pk, is_urgent])
    return base64.urlsafe_b64encode(written.encode()).decode()


def _read_cursor(after: str) -> _Cursor | None:
    try:
        at, ticket_id, is_urgent = json.loads(base64.urlsafe_b64decode(after.encode()))
        return _Cursor(datetime.fromisoformat(at).astimezone(UTC), int(ticket_id), bool(is_urgent))
    except (ValueError, TypeError, OverflowError, RecursionError):
        return None
