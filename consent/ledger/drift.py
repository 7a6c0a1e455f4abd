"""Compares the fast table with what the events come to: for `verify_ledger`, and every night for an alarm."""

from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, NamedTuple, cast

from django.conf import settings

from consent.ledger.models import ConsentEvent, ConsentState
from consent.ledger.rows import Row, by_person
from consent.ledger.states import replay

_COMPARED = ("status", "last_seq", "policy_version", "given_at", "valid_until", "ended_at")
_of = attrgetter(*_COMPARED)


class _Event(NamedTuple):
    """What of an event a state comes from."""

    person_id: int
    purpose: str
    status: str
    seq: int
    policy_version: int
    occurred_at: str
    valid_until: str | None


@dataclass(slots=True)
class _State:
    """What a replay comes to; lighter than a model."""

    person_id: int
    purpose: str
    status: str = ""
    last_seq: int = 0
    policy_version: int = 0
    given_at: str | None = None
    valid_until: str | None = None
    ended_at: str | None = None
    unswept_since: str | None = None


def differences(persons: list[int] | None = None) -> Iterator[str]:
    """Yield each state that is not what the events come to, by its ids; of all persons, or of some, sorted."""
    for events, rows in by_person(persons):
        came_to = replay(cast(Any, (_Event._make(row) for row in events)), cast(Any, _State))
        kept = {(row[0], row[1]): row for row in rows}
        known = {person for person, _purpose in came_to}
        for key in came_to.keys() | kept.keys():
            if _differs(came_to.get(key), kept.get(key)):
                yield from _told(key, kept.get(key), key[0] in known)


def _differs(came_to: Any, kept: Row | None) -> bool:
    if came_to is None or kept is None:
        return True
    return _of(came_to) != kept[2:8]


def _told(key: tuple[int, str], kept: Row | None, is_known: bool) -> Iterator[str]:
    """Tell of a difference that is still there; events and states were read one after the other."""
    if kept is not None and not is_known:
        # The demo's bulk content has states without events, and says so by their number.
        is_of_demo = settings.DEMO and kept[3] == 0
        if not is_of_demo and not ConsentEvent.objects.filter(person_id=key[0]).exists():
            yield f"state {kept[8]} rests on no event"
    elif _still_differs(key):
        yield f"the state of person {key[0]} for {key[1]} is not what the events come to"


def _still_differs(key: tuple[int, str]) -> bool:
    """Look again at one state: what is appended meanwhile changes the state that is read before and after."""
    of = {"person_id": key[0], "purpose": key[1]}
    while True:
        before = _compared(ConsentState.objects.filter(**of).first())
        came_to = _compared(replay(ConsentEvent.objects.filter(**of).order_by("seq")).get(key))
        if before == _compared(ConsentState.objects.filter(**of).first()):
            return came_to != before


def _compared(state: ConsentState | None) -> tuple[Any, ...]:
    return tuple(getattr(state, name, None) for name in _COMPARED)
