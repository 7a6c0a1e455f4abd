"""What agents choose from, and the history in words. Choices change rarely: a page does not ask each time."""

import time
from collections.abc import Iterable
from typing import Any

from django.core.cache import cache
from django.utils.translation import gettext as _

from feedback.tickets.models import Event, Tag, Team, Ticket
from imsupport.accounts.models import User

FRESH_SECONDS = 10
SHOWN_EVENTS = 30


def choices() -> dict[str, Any]:
    """Return agents, teams and tags, at most ten seconds old; a form checks what was chosen against the database."""
    bucket = int(time.time()) // FRESH_SECONDS
    found: dict[str, Any] | None = cache.get(f"desk-choices-{bucket}")
    if found is None:
        found = {
            "agents": list(User.objects.filter(role=User.Role.AGENT, is_active=True).prefetch_related("teams")),
            "teams": list(Team.objects.all()),
            "tags": list(Tag.objects.all()),
        }
        cache.set(f"desk-choices-{bucket}", found, FRESH_SECONDS)
    return found


def agents_for(ticket: Ticket, agents: Iterable[User]) -> list[User]:
    """Return the agents who could see the ticket if it were theirs."""
    return [agent for agent in agents if ticket.team_id is None or ticket.team_id in (t.pk for t in agent.teams.all())]


def history_of(ticket: Ticket) -> list[Event]:
    """Return the newest events of a ticket, newest first."""
    return list(ticket.events.select_related("actor").order_by("-id")[:SHOWN_EVENTS])


def failed_mail_in(history: Iterable[Event]) -> Event | None:
    """Return the newest failure of mail that nobody has answered by sending again; `history` is newest first."""
    newest = next((event for event in history if event.kind in (Event.Kind.MAIL_FAILED, Event.Kind.MAIL_AGAIN)), None)
    return newest if newest is not None and newest.kind == Event.Kind.MAIL_FAILED else None


def in_words(history: Iterable[Event], found: dict[str, Any]) -> list[tuple[Event, str]]:
    """Return each event with what it led to: people, teams and states by their names."""
    names: dict[str, dict[str, str]] = {
        Event.Kind.ASSIGNED: {"": _("nobody"), **{str(agent.pk): agent.name for agent in found["agents"]}},
        Event.Kind.TEAM: {"": _("none"), **{str(team.pk): team.name for team in found["teams"]}},
        Event.Kind.STATE: {value: str(label) for value, label in Ticket.State.choices},
    }
    gone = _("no longer here")
    return [
        (event, names[event.kind].get(event.after, gone) if event.kind in names else event.after) for event in history
    ]
