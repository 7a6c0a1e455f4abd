"""The two predicates, in Python and as filters, beside a third that was written from the design alone."""

import itertools
import os
import random
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.db.models import F

from consent.access import predicates
from consent.access.actors import SYSTEM
from consent.ledger.models import ConsentEvent, ConsentState
from consent.ledger.states import replay
from consent.people.models import Identifier, Person
from consent.purposes import Purpose, named_purpose
from consent.sealing.envelopes import Stamp
from imsupport import clock
from tests.consent.access import oracle

HISTORIES = 100_000 if os.environ.get("PROOF") == "1" else 10_000
AT_ONCE = 2_000
PLANTED = {
    "an end at the row's own instant": ("ended_at > stamp.collected_at", "ended_at >= stamp.collected_at"),
    "no end": ("if state.ended_at is not None and", "if False and"),
    "an optional use beyond its version": ("policy_version == stamp.version", "policy_version >= stamp.version"),
    "any version": ("return state.policy_version >= stamp.version", "return True"),
    "a newer version alone": ("policy_version >= stamp.version", "policy_version > stamp.version"),
    "no time limit": ("now < state.valid_until", "True"),
    "one instant too long": ("now < state.valid_until", "now <= state.valid_until"),
    "mail although it was stopped": ("if purpose is Purpose.MAIL and mail", "if False and mail"),
    "the agreement for an optional use": ("return purpose if rests_on_consent(purpose) else", "return"),
    "an end at the row's instant, in the filter": ("s.ended_at <= {{}}", "s.ended_at < {{}}"),
    "no end, in the filter": ("s.ended_at IS NULL OR s.ended_at <= {{}}", "{{}} IS NOT NULL"),
    "no time limit, in the filter": ("s.valid_until > %s)", "%s IS NOT NULL)"),
    "one instant too long, in the filter": ("s.valid_until > %s", "s.valid_until >= %s"),
    "collecting under any version": (" and version == state.policy_version", ""),
    "collecting for a refused use": (
        "known.get((person_id, asked_of(purpose)))",
        "known.get((person_id, 'agreement'))",
    ),
    "collecting mailboxes after a stop": (
        "mail is not None and not _stands(mail, now):\n        return False\n    state = known",
        "False:\n        return False\n    state = known",
    ),
    "collecting for ever": ("_stands(state, now) and version", "state.status in GIVEN and version"),
    "collecting under any version, in the filter": ('"s.policy_version = %s"', '"s.policy_version > %s - 9"'),
    "collecting mailboxes after a stop, in the filter": (
        'allowed & ~Q(_mail_stopped("pk")) if purpose is Purpose.MAIL else allowed',
        "allowed",
    ),
    "anything said, in the filter": ("s.purpose = %s AND s.status IN (", "s.purpose = %s AND s.status NOT IN ('', "),
    "older versions alone, in the filter": ('else ">="', 'else "<="'),
    "any version, in the filter": ("s.policy_version {sign} {{}}", "0 < {{}}"),
    "mail although its time is over, in the filter": (" OR s.valid_until <= %s)", " OR %s IS NULL)"),
}
"""What one might write wrongly, in the source of the predicates."""


@dataclass(frozen=True)
class Batch:
    """Histories in the database as far as the filter reads them, and the instant of asking."""

    now: datetime
    events: dict[int, list[ConsentEvent]]
    rows: dict[int, oracle.Collected]


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    return lambda moment: monkeypatch.setattr(clock, "now", lambda: moment)


def test_all_three_say_the_same_over_random_histories(
    at: Callable[[datetime], None], record_property: Callable[[str, object], None]
) -> None:
    seed = secrets.randbits(32)
    chance = random.Random(seed)
    allowed = asked = 0
    for _ in range(HISTORIES // AT_ONCE):
        batch = _batch(AT_ONCE, chance)
        at(batch.now)

        wrong, yes = _differences(batch, predicates)

        assert not wrong, f"seed {seed}: {wrong[:3]}"
        allowed, asked = allowed + yes, asked + len(batch.rows) * len(oracle.PURPOSES)
        _forget(batch)
    record_property("told", f"predicates: {HISTORIES} histories, {asked} rows asked, {allowed} allowed, seed {seed}")
    assert asked // 10 < allowed < asked * 9 // 10


@pytest.mark.parametrize("planted", PLANTED)
def test_a_planted_error_is_found(planted: str, at: Callable[[datetime], None]) -> None:
    batch = _batch(800, random.Random(20_261_126))
    at(batch.now)
    right, wrong = PLANTED[planted]
    source = Path(predicates.__file__).read_text("utf-8")
    assert right in source
    mutant = ModuleType("mutant")
    exec(compile(source.replace(right, wrong), "mutant", "exec"), mutant.__dict__)

    assert _differences(batch, mutant)[0]


def test_what_held_at_a_past_moment_is_told_by_replay(at: Callable[[datetime], None]) -> None:
    """The ledger's own events are asked, up to that moment and no further."""
    chance = random.Random(7)
    batch = _batch(300, chance)
    at(batch.now)
    for event in (event for events in batch.events.values() for event in events):
        event.language, event.channel, event.indicated_by = "en", "web", "button"
        event.act_id, event.notice_sha256, event.prev_hash, event.hash = 1, "", b"", b""
    ConsentEvent.objects.bulk_create(event for events in batch.events.values() for event in events)

    for days in (3, 9, 15, 21):
        past = oracle.START + timedelta(days=days)
        states = predicates.states_at(batch.events, past)
        for row in batch.rows.values():
            stamp = Stamp(row.person_id, row.version, row.at)
            for purpose in oracle.PURPOSES:
                told = predicates.may_use(stamp, named_purpose(purpose), states, at=past)
                assert told == oracle.may_use(batch.events[row.person_id], row, purpose, past)
        for person_id, purpose, version in itertools.product(batch.events, oracle.COLLECTING, oracle.VERSIONS):
            told = predicates.may_collect(person_id, named_purpose(purpose), version=version, states=states, at=past)
            assert told == oracle.may_collect(batch.events[person_id], purpose, version, past)


def _batch(people: int, chance: random.Random) -> Batch:
    now = oracle.START + timedelta(days=chance.randrange(8, oracle.DAYS + 4))
    persons = [Person(created_at=oracle.START) for _ in range(people)]
    events: dict[int, list[ConsentEvent]] = {}
    seq = 1
    for person in persons:
        events[person.pk] = oracle.history(person.pk, chance, seq)
        seq += len(events[person.pk])
    collected = [row for person in persons for row in oracle.rows(person.pk, chance)]
    kept = [
        Identifier(
            person_id=row.person_id,
            kind="email",
            lookup=number.to_bytes(4, "big"),
            policy_version=row.version,
            created_at=row.at,
        )
        for number, row in enumerate(collected)
    ]
    Person.objects.bulk_create(persons)
    Identifier.objects.bulk_create(kept, batch_size=1000)
    known = (event for own in events.values() for event in own if event.occurred_at <= now)
    ConsentState.objects.bulk_create(replay(known).values())
    return Batch(now, events, {row.pk: one for row, one in zip(kept, collected, strict=True)})


def _forget(batch: Batch) -> None:
    Identifier.objects.filter(pk__in=batch.rows).delete()
    ConsentState.objects.filter(person_id__in=batch.events).delete()
    Person.objects.filter(pk__in=batch.events).delete()


def _differences(batch: Batch, module: Any) -> tuple[list[str], int]:
    """Return on what the module's predicates and the oracle differ, and how often the oracle allows."""
    wrong, allowed = [], 0
    states = module.states_of(batch.events, None)
    rows = Identifier.objects.annotate(collected_at=F("created_at")).filter(kind="email")
    for purpose in oracle.PURPOSES:
        filtered = set(rows.filter(module.usable(named_purpose(purpose), SYSTEM)).values_list("pk", flat=True))
        for pk, row in batch.rows.items():
            meant = oracle.may_use(batch.events[row.person_id], row, purpose, batch.now)
            told = module.may_use(Stamp(row.person_id, row.version, row.at), named_purpose(purpose), states)
            allowed += meant
            if told != meant or (pk in filtered) != meant:
                wrong.append(f"{purpose}: {row} meant {meant}, told {told}, filtered {pk in filtered}")
    for purpose, version in itertools.product(oracle.COLLECTING, oracle.VERSIONS):
        asked = named_purpose(purpose)
        people = Person.objects.filter(module.collectable(asked, version=version), pk__in=batch.events)
        filtered = set(people.values_list("pk", flat=True))
        for person_id, events in batch.events.items():
            meant = oracle.may_collect(events, purpose, version, batch.now)
            told = module.may_collect(person_id, asked, version=version, states=states)
            if told != meant or (person_id in filtered) != meant:
                wrong.append(f"{purpose} from {person_id} under {version}: meant {meant}, told {told}")
    # The way in which it is asked outside the tests.
    for person_id, events in list(batch.events.items())[:: len(batch.events) // 20]:
        if module.may_collect(person_id, Purpose.PROVIDE, version=2) != oracle.may_collect(
            events, "p1.provide", 2, batch.now
        ):
            wrong.append(f"collecting from {person_id} by the ledger itself")
    return wrong, allowed
