"""Checks the whole ledger: every link, every gap, the witness in the key store, the triggers, the replay."""

from collections.abc import Iterable, Iterator

from django.apps import apps
from django.db import connections

from consent.ledger import triggers
from consent.ledger.chain import GENESIS, link
from consent.ledger.models import ConsentEvent, ConsentState, LedgerHead
from consent.ledger.states import apply
from consent.sealing.models import LedgerMark

_REPLAYED = ("status", "policy_version", "given_at", "valid_until", "ended_at", "last_seq")


def problems() -> Iterator[str]:
    """Yield what is wrong, the first bad row first; nothing for a whole ledger. Memory grows with people only."""
    states: dict[tuple[int, str], ConsentState] = {}
    size, head = 0, GENESIS
    for event in ConsentEvent.objects.order_by("seq").iterator(chunk_size=1000):
        size += 1
        if event.seq != size:
            yield f"event {event.pk}: number {event.seq} where {size} was expected"
            size = event.seq
        if bytes(event.prev_hash) != head or bytes(event.hash) != link(head, event):
            yield f"event {event.pk} (number {event.seq}) was changed or does not follow its predecessor"
        head = bytes(event.hash)
        key = (event.person_id, event.purpose)
        states[key] = apply(states.get(key), event)
    yield from _heads(size, head)
    yield from _drift(states)
    missing = triggers.missing(connections["default"], triggers.stamped_tables(apps.get_models()))
    yield from (f"trigger {name} is missing" for name in missing)


def _heads(size: int, head: bytes) -> Iterator[str]:
    kept = LedgerHead.objects.filter(pk=1).first()
    if kept is not None and (kept.size, bytes(kept.hash)) != (size, head):
        yield f"the head says {kept.size} events, the ledger has {size}: its tail was cut or changed"
    mark = LedgerMark.objects.filter(pk=1).first()
    if mark is not None and (mark.size > size or (mark.size == size and bytes(mark.hash) != head)):
        yield f"the key store saw {mark.size} events, the ledger has {size}: its tail was cut or changed"


def _drift(states: dict[tuple[int, str], ConsentState]) -> Iterable[str]:
    for row in ConsentState.objects.filter(last_seq__gt=0).iterator(chunk_size=1000):
        replayed = states.get((row.person_id, row.purpose))
        if replayed is None or any(getattr(row, name) != getattr(replayed, name) for name in _REPLAYED):
            yield f"state {row.pk} is not what the events come to"
