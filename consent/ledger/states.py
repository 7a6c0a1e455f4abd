"""The state machine of one person and purpose, as pure functions over events."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from consent.ledger.models import ConsentEvent, ConsentState, Status
from consent.purposes import Purpose, rests_on_consent

GIVEN = frozenset({Status.GIVEN, Status.RENEWED})
ENDED = frozenset({Status.WITHDRAWN, Status.EXPIRED, Status.REVOKED, Status.INVALIDATED})
_ASKED = frozenset({Status.REQUESTED, Status.DEFERRED})
_NOT_GIVEN = frozenset({Status.UNKNOWN, Status.REFUSED}) | ENDED | _ASKED

FOLLOWS: dict[Status, frozenset[Status]] = {
    Status.UNKNOWN: frozenset(),
    Status.REQUESTED: frozenset(Status),
    Status.DEFERRED: _ASKED,
    Status.REFUSED: _NOT_GIVEN,
    Status.GIVEN: _NOT_GIVEN,
    Status.RENEWED: GIVEN,
    Status.WITHDRAWN: GIVEN,
    Status.EXPIRED: GIVEN,
    Status.REVOKED: GIVEN,
    Status.INVALIDATED: frozenset(Status),
}

_SAID: dict[str, Promise] = {
    Status.UNKNOWN: _("not asked"),
    Status.REQUESTED: _("asked"),
    Status.DEFERRED: _("not now"),
    Status.REFUSED: _("refused"),
    Status.GIVEN: _("agreed"),
    Status.RENEWED: _("agreed again"),
    Status.WITHDRAWN: _("stopped"),
    Status.EXPIRED: _("ended with time"),
    Status.REVOKED: _("ended by us"),
    Status.INVALIDATED: _("declared void"),
}
_SAID_OF_OPTIONS: dict[str, Promise] = {
    Status.REFUSED: _("off"),
    Status.GIVEN: _("switched on"),
    Status.RENEWED: _("left on"),
    Status.WITHDRAWN: _("taken back"),
}


class ImpossibleTransition(Exception):
    """An event that the state machine does not know was about to be recorded."""


def check_transition(before: ConsentState | None, after: Status) -> None:
    """Raise ImpossibleTransition unless `after` may follow the present state."""
    present = Status(before.status) if before else Status.UNKNOWN
    if present not in FOLLOWS[after]:
        raise ImpossibleTransition(f"{present.name} is not followed by {after.name}")


def apply(state: ConsentState | None, event: ConsentEvent, new: type[ConsentState] = ConsentState) -> ConsentState:
    """Return the state after the event; a new one when there was none."""
    state = state or new(person_id=event.person_id, purpose=event.purpose)
    state.status = event.status
    state.last_seq = event.seq
    state.policy_version = event.policy_version
    state.valid_until = event.valid_until
    if event.status in GIVEN:
        state.given_at = event.occurred_at
    elif event.status in ENDED:
        state.ended_at = event.occurred_at
        if event.purpose == Purpose.AGREEMENT:
            state.unswept_since = state.unswept_since or event.occurred_at
    return state


def replay(
    events: Iterable[ConsentEvent], new: type[ConsentState] = ConsentState
) -> dict[tuple[int, str], ConsentState]:
    """Return the states that the events come to, in their order; both may be anything that has those names."""
    states: dict[tuple[int, str], ConsentState] = {}
    for event in events:
        key = (event.person_id, event.purpose)
        states[key] = apply(states.get(key), event, new)
    return states


def said(purpose: str, status: str) -> str:
    """Return a status in people's words: an agreement is agreed to, an optional use is switched on."""
    words = _SAID | _SAID_OF_OPTIONS if rests_on_consent(purpose) else _SAID
    return str(words.get(status, status))
