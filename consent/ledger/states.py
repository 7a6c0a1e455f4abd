"""The state machine of one person and purpose, as pure functions over events."""

from collections.abc import Iterable

from consent.ledger.models import ConsentEvent, ConsentState, Status

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


class ImpossibleTransition(Exception):
    """An event that the state machine does not know was about to be recorded."""


def check_transition(before: ConsentState | None, after: Status) -> None:
    """Raise ImpossibleTransition unless `after` may follow the present state."""
    present = Status(before.status) if before else Status.UNKNOWN
    if present not in FOLLOWS[after]:
        raise ImpossibleTransition(f"{present.name} is not followed by {after.name}")


def apply(state: ConsentState | None, event: ConsentEvent) -> ConsentState:
    """Return the state after the event; a new one when there was none."""
    state = state or ConsentState(person_id=event.person_id, purpose=event.purpose)
    state.status = event.status
    state.last_seq = event.seq
    state.policy_version = event.policy_version
    if event.status in GIVEN:
        state.given_at = event.occurred_at
        state.valid_until = event.valid_until
    elif event.status in ENDED:
        state.ended_at = event.occurred_at
    return state


def replay(events: Iterable[ConsentEvent]) -> dict[tuple[int, str], ConsentState]:
    """Return the states that the events come to, in their order."""
    states: dict[tuple[int, str], ConsentState] = {}
    for event in events:
        key = (event.person_id, event.purpose)
        states[key] = apply(states.get(key), event)
    return states
