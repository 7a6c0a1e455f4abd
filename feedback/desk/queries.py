"""What agents see beside words: the rows of a queue, the history of a ticket, and what there is to choose from."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.db.models import DateTimeField, Value
from django.utils.translation import gettext as _
from django.utils.translation import override

from consent.access.actors import Actor
from consent.access.door import Look, read
from consent.access.models import AccessEvent
from consent.disclosures.models import DisclosureAct, Recipient
from consent.disclosures.queries import recipients
from consent.purposes import Purpose
from feedback.intake.words import category_words
from feedback.stripping import SPECIAL, Category
from feedback.tickets.models import Event, Tag, Team, Ticket
from imsupport.accounts.models import User

SHOWN_EVENTS = 30
_NO_TIME = Value(None, DateTimeField())
_EMPTY = Value("")


@dataclass(frozen=True)
class Choice:
    """Something to choose by its name; an agent has teams."""

    pk: int
    name: str
    teams: set[int] = field(default_factory=set, compare=False)


@dataclass(frozen=True)
class Around:
    """The newest events of a ticket, newest first; the agents, teams, tags and recipients there are, by name.

    acts: what was done about what was passed on of it, newest first, each with the name of whom it was passed on to.
    """

    history: list[Event]
    agents: list[Choice]
    teams: list[Choice]
    tags: list[Choice]
    recipients: list[Recipient]
    acts: list[tuple[DisclosureAct, str]]

    def agents_for(self, ticket: Ticket) -> list[Choice]:
        """Return the agents who could see the ticket if it were theirs."""
        return [agent for agent in self.agents if ticket.team_id is None or ticket.team_id in agent.teams]


@dataclass(frozen=True)
class Row:
    """A ticket of the queue with what its list shows of it, opened."""

    ticket: Ticket
    person: str | None
    subject: str | None
    opening: str | None


def listed(tickets: list[Ticket], *, actor: Actor) -> list[Row]:
    """Open what the queue shows of its tickets, in one reading."""
    look = Look(actor, Purpose.PROVIDE, AccessEvent.Act.LISTED, "desk:queue")
    text = read([column for row in tickets for column in (row.sender_name, row.subject, row.opening)], look=look).text
    return [Row(row, text(row.sender_name), text(row.subject), text(row.opening)) for row in tickets]


def around(ticket: Ticket) -> Around:
    """Return what stands around a ticket's conversation, in one statement whatever there is."""
    newest = Event.objects.filter(pk__in=ticket.events.order_by("-id").values("pk")[:SHOWN_EVENTS])
    events = newest.values_list(Value("event"), "pk", "actor__name", "actor_id", "kind", "before", "after", "at")
    agents = User.objects.filter(role=User.Role.AGENT, is_active=True)
    found: dict[str, list[Any]] = {name: [] for name in ("event", "agent", "team", "tag", "recipient", "act")}
    offered = [
        _choices("agent", agents, "teams"),
        _choices("team", Team.objects.all()),
        _choices("tag", Tag.objects.all()),
        _choices("recipient", recipients(), kind="slug"),
        _acts(ticket),
    ]
    for what, *columns in events.order_by().union(*offered, all=True):
        found[what].append(columns)
    return Around(
        [_event(*columns) for columns in sorted(found["event"], reverse=True)],
        _named(found["agent"]),
        _named(found["team"]),
        _named(found["tag"]),
        [Recipient(pk=pk, name=name, slug=slug) for pk, name, _none, slug, *_columns in sorted(found["recipient"])],
        [_act(*columns) for columns in sorted(found["act"], reverse=True)],
    )


@lru_cache(maxsize=16)
def categories_in_words(language: str) -> list[tuple[str, str]]:
    """Return what can be left out by hand, the special categories first, in the words of the marks."""
    with override(language):
        ordered = sorted(Category, key=lambda category: category not in SPECIAL)
        return [(category.value, category_words(category)) for category in ordered]


def _choices(what: str, rows: Any, team: str = "pk", kind: str | Value = _EMPTY) -> Any:
    return rows.order_by().values_list(Value(what), "pk", "name", team, kind, _EMPTY, _EMPTY, _NO_TIME)


def _acts(ticket: Ticket) -> Any:
    newest = DisclosureAct.objects.filter(disclosure__subject_id=ticket.pk).order_by("-pk")[:SHOWN_EVENTS]
    acts = DisclosureAct.objects.filter(pk__in=newest.values("pk")).order_by()
    return acts.values_list(Value("act"), "pk", "disclosure__recipient__name", "pk", "act", "code", _EMPTY, "at")


def _named(rows: Iterable[Any]) -> list[Choice]:
    choices: dict[int, Choice] = {}
    for pk, name, team_id, *_columns in rows:
        choices.setdefault(pk, Choice(pk, name)).teams.add(team_id)
    return sorted(choices.values(), key=lambda choice: choice.name.casefold())


def _event(pk: int, name: str | None, actor_id: int | None, kind: str, before: str, after: str, at: Any) -> Event:
    actor = User(pk=actor_id, name=name or "") if actor_id else None
    return Event(pk=pk, kind=kind, actor=actor, before=before, after=after, at=at)


def _act(pk: int, name: str, _pk: int, act: str, code: str, _empty: str, at: Any) -> tuple[DisclosureAct, str]:
    return DisclosureAct(pk=pk, act=act, code=code, at=at), name


def failed_mail_in(history: Iterable[Event]) -> Event | None:
    """Return the newest failure of mail that nobody has answered by sending again; `history` is newest first."""
    newest = next((event for event in history if event.kind in (Event.Kind.MAIL_FAILED, Event.Kind.MAIL_AGAIN)), None)
    return newest if newest is not None and newest.kind == Event.Kind.MAIL_FAILED else None


def in_words(found: Around) -> list[tuple[Event, str]]:
    """Return each event with what it led to: people, teams and states by their names."""
    names: dict[str, dict[str, str]] = {
        Event.Kind.ASSIGNED: {"": _("nobody"), **{str(agent.pk): agent.name for agent in found.agents}},
        Event.Kind.TEAM: {"": _("none"), **{str(team.pk): team.name for team in found.teams}},
        Event.Kind.STATE: {value: str(label) for value, label in Ticket.State.choices},
    }
    gone = _("no longer here")
    return [
        (event, names[event.kind].get(event.after, gone) if event.kind in names else event.after)
        for event in found.history
    ]
