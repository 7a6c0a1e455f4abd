"""Random histories, and what may be done by them, told once more from the design alone: slow, plain, nothing shared.

A history is a list of events of one person; times lie on a coarse grid, so that instants often fall together.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from consent.ledger.models import ConsentEvent

GIVEN = ("ConsentGiven", "RenewedConsentGiven")
ENDED = ("ConsentWithdrawn", "ConsentExpired", "ConsentRevoked", "ConsentInvalidated")
NOT_YET = ("ConsentRefused", "ConsentRequestDeferred", "ConsentRequested")
ASKED = ("agreement", "p1.mail", "p3.improve", "px.disclose:acme")
PURPOSES = (
    "p1.provide",
    "p1.mail",
    "p2a.security",
    "p3.improve",
    "p4.develop",
    "px.disclose:acme",
    "px.disclose:other",
    "px.proof",
)
COLLECTING = ("agreement", "p1.provide", "p1.mail", "p3.improve", "p4.develop", "px.disclose:acme")
OF_THEIR_OWN = ("p3.improve", "p4.develop", "px.disclose:acme", "px.disclose:other")
VERSIONS = (1, 2, 3)
START, DAY, DAYS = datetime(2026, 1, 1, tzinfo=UTC), timedelta(days=1), 24


@dataclass(frozen=True)
class Collected:
    """A row, as far as consent goes."""

    person_id: int
    version: int
    at: datetime


def history(person_id: int, chance: random.Random, first_seq: int) -> list[ConsentEvent]:
    """Return the events of a person in order; what was given for a time ends before anything follows it."""
    events: list[ConsentEvent] = []
    present: dict[str, ConsentEvent] = {}
    for day in sorted(chance.choices(range(DAYS), k=chance.randrange(9))):
        purpose, at = chance.choice(ASKED), START + day * DAY
        before = present.get(purpose)
        if (
            before is not None
            and before.status in GIVEN
            and before.valid_until is not None
            and before.valid_until <= at
        ):
            present[purpose] = before = _event(before.person_id, purpose, ENDED[1], before.policy_version, at)
            events.append(before)
        if before is not None and before.status in GIVEN:
            status = chance.choice((*ENDED, GIVEN[1], GIVEN[1]))
        else:
            status = chance.choice((GIVEN[0], GIVEN[0], *NOT_YET))
        present[purpose] = _event(person_id, purpose, status, 1 + day * 3 // DAYS, at)
        if status in GIVEN:
            present[purpose].valid_until = at + chance.choice((2, 5, 30)) * DAY
        events.append(present[purpose])
    for seq, event in enumerate(events, first_seq):
        event.seq = seq
    return events


def rows(person_id: int, chance: random.Random) -> Iterator[Collected]:
    """Yield some rows of a person, collected at any time under any version."""
    for _ in range(3):
        yield Collected(person_id, chance.choice(VERSIONS), START + chance.randrange(DAYS) * DAY)


def may_use(events: Sequence[ConsentEvent], row: Collected, purpose: str, now: datetime) -> bool:
    """Say whether the row may be used: may_use of the design, read sentence by sentence."""
    if purpose == "px.proof":
        return True
    known = [event for event in events if event.occurred_at <= now]
    if purpose == "p1.mail":
        of_mail = [event for event in known if event.purpose == "p1.mail"]
        if of_mail and not _stands(of_mail[-1], now):
            return False
    is_optional = purpose in OF_THEIR_OWN
    own = [event for event in known if event.purpose == (purpose if is_optional else "agreement")]
    if not own or not _stands(own[-1], now):
        return False
    if any(event.status in ENDED and event.occurred_at > row.at for event in own):
        return False
    return own[-1].policy_version == row.version if is_optional else own[-1].policy_version >= row.version


def may_collect(events: Sequence[ConsentEvent], purpose: str, version: int, now: datetime) -> bool:
    """Say whether anything may be collected under the version in effect: by the last word on the purpose itself.

    What answering needs rests on the agreement; e-mails need it and must not have been stopped besides.
    """
    known = [event for event in events if event.occurred_at <= now]
    asked = [purpose] if purpose in OF_THEIR_OWN else ["agreement"]
    of_mail = [event for event in known if event.purpose == "p1.mail"]
    if purpose == "p1.mail" and of_mail and not _stands(of_mail[-1], now):
        return False
    own = [event for event in known if event.purpose in asked]
    return bool(own) and _stands(own[-1], now) and own[-1].policy_version == version


def _stands(event: ConsentEvent, now: datetime) -> bool:
    return event.status in GIVEN and (event.valid_until is None or now < event.valid_until)


def _event(person_id: int, purpose: str, status: str, version: int, at: datetime) -> ConsentEvent:
    return ConsentEvent(
        person_id=person_id, purpose=purpose, status=status, policy_version=version, occurred_at=at, valid_until=None
    )
