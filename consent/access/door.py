"""The one door to plaintext: a purpose, an actor, the ledger asked now, and an event left behind."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from consent.access.actors import Actor, ActorKind
from consent.access.models import AccessEvent
from consent.access.predicates import States, may_use, states_of
from consent.purposes import AnyPurpose
from consent.sealing.actions import open_keys
from consent.sealing.envelopes import DataKey, Envelope
from imsupport import clock

_FOLD_SECONDS = {AccessEvent.Act.LISTED: 3600, AccessEvent.Act.OPENED: 600}


@dataclass(frozen=True)
class Look:
    """One act of looking: who, for what, where, at which ticket. `place` is a route or task name."""

    actor: Actor
    purpose: AnyPurpose
    act: AccessEvent.Act
    place: str
    subject_id: int | None = None


@dataclass(frozen=True)
class Reading:
    """What the door gave for one look: the text of an envelope, or None when it is erased or not allowed."""

    _keys: dict[int, DataKey] = field(repr=False)
    _allowed: frozenset[tuple[int, str]] = field(repr=False)
    states: States = field(default_factory=dict)
    """What the ledger said: for an opened ticket every purpose of its person, else the one asked for."""

    def text(self, envelope: Envelope | None) -> str | None:
        """Return the text; None for an empty column, an erased key, or a row that may not be used."""
        plain = self.content(envelope)
        return None if plain is None else plain.decode("utf-8")

    def content(self, envelope: Envelope | None) -> bytes | None:
        """Return the bytes, as `text` does."""
        if envelope is None or (envelope.row_id, envelope.label) not in self._allowed:
            return None
        key = self._keys.get(envelope.sealed.key_id)
        return None if key is None else key.unseal(envelope.label, envelope.row_id, envelope.sealed)


def read(envelopes: Iterable[Envelope | None], *, look: Look) -> Reading:
    """Open the envelopes that may be used for `look.purpose` at this instant, and record the look first.

    A person opens their own alone, whatever was fetched. Three queries whatever the number of envelopes: the
    ledger, the keys, the event. Without an event written there is no reading: an error there leaves them closed.
    """
    wanted = [envelope for envelope in envelopes if envelope is not None and _may_ask(look.actor, envelope)]
    if not wanted:
        return Reading({}, frozenset())
    people = {envelope.stamp.person_id for envelope in wanted}
    asked = None if look.act == AccessEvent.Act.OPENED else look.purpose
    states = states_of(people, asked)
    allowed = [envelope for envelope in wanted if may_use(envelope.stamp, look.purpose, states)]
    if not allowed:
        return Reading({}, frozenset())
    keys = open_keys(envelope.sealed.key_id for envelope in allowed)
    record(look, sorted({envelope.stamp.person_id for envelope in allowed}))
    return Reading(keys, frozenset((envelope.row_id, envelope.label) for envelope in allowed), states)


def _may_ask(actor: Actor, envelope: Envelope) -> bool:
    """Say whether the actor may ask at all: a person for their own, a stranger for nothing."""
    if actor.kind is ActorKind.PERSON:
        return actor.id == envelope.stamp.person_id
    return actor.kind is not ActorKind.STRANGER


def record(look: Look, persons: list[int]) -> None:
    """Leave one access event; the same look within its fold leaves none again.

    For whoever is shown what is known of a person without opening an envelope; opening records by itself.
    """
    now = clock.now()
    window = int(now.timestamp()) // _FOLD_SECONDS.get(look.act, 1)
    about = persons if look.act == AccessEvent.Act.LISTED else look.subject_id
    same: list[object] = [look.actor.kind, look.actor.id, look.purpose, look.act, look.place, window, about]
    if look.act not in _FOLD_SECONDS:
        same.append(now.timestamp())
    event = AccessEvent(
        act=look.act,
        actor_kind=look.actor.kind,
        actor_id=look.actor.id,
        purpose=look.purpose,
        place=look.place,
        subject_id=look.subject_id,
        persons=persons,
        at=now,
        fold=hashlib.sha256(json.dumps(same).encode()).digest()[:16],
    )
    AccessEvent.objects.bulk_create([event], ignore_conflicts=True)
