"""Checks the whole ledger: rows, links, gaps, heads, notices, triggers and the replay, in constant memory."""

import hashlib
from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections
from django.db.models import Exists, OuterRef, QuerySet, Subquery, TextField
from django.db.models.functions import Cast

from consent.ledger import heads, triggers
from consent.ledger.chain import GENESIS, link
from consent.ledger.models import ConsentEvent, ConsentState, LedgerHead, SignedHead
from consent.ledger.pages import UnreadableRow, in_pages
from consent.ledger.states import replay
from consent.policies.models import Notice, PolicyText
from consent.sealing.models import LedgerMark

_PERSONS_A_PAGE = 500
_REPLAYED = ("status", "policy_version", "given_at", "valid_until", "ended_at", "last_seq")
_TIMES = ("occurred_at", "valid_until")


def problems() -> Iterator[str]:
    """Yield what is wrong, changed rows first, each named; nothing for a whole ledger."""
    try:
        yield from _chain()
    except UnreadableRow as error:
        yield f"the event after number {error.after or 0} cannot be read: it was changed"
        return
    yield from _words()
    yield from _signed_heads()
    yield from _drift()
    missing = triggers.missing(connections["default"], triggers.stamped_tables(apps.get_models()))
    yield from (f"trigger {name} is missing" for name in missing)


def _chain() -> Iterator[str]:
    """Check each row by itself, then that it follows the one before; gaps are told after all changed rows."""
    size, head, gap = 0, GENESIS, ""
    for event in in_pages(_events(), "seq"):
        name = f"event {event.pk} (number {event.seq})"
        if bytes(event.hash) != link(bytes(event.prev_hash), event) or not _times_are_as_written(event):
            yield f"{name} was changed"
        elif event.seq != size + 1:
            gap = gap or f"{name} stands where number {size + 1} should: events are missing before it"
        elif bytes(event.prev_hash) != head:
            gap = gap or f"{name} does not follow the event before it"
        size, head = event.seq, bytes(event.hash)
    if gap:
        yield gap
    yield from _ends(size, head)


def _events() -> QuerySet[ConsentEvent]:
    """Return the events; on SQLite with their times as they are stored, which read back more than one way."""
    if connections["default"].vendor != "sqlite":
        return ConsentEvent.objects.all()
    raw = {f"raw_{name}": Cast(name, TextField()) for name in _TIMES}
    return ConsentEvent.objects.annotate(**raw)


def _times_are_as_written(event: ConsentEvent) -> bool:
    write = connections["default"].ops.adapt_datetimefield_value
    pairs = ((getattr(event, name), getattr(event, f"raw_{name}", None)) for name in _TIMES)
    return all(raw is None or (value is not None and write(value) == raw) for value, raw in pairs)


def _ends(size: int, head: bytes) -> Iterator[str]:
    """Compare the last event with the head beside the chain and with the witness in the key store."""
    kept = LedgerHead.objects.filter(pk=1).first()
    if (kept.size, bytes(kept.hash)) != (size, head) if kept else size > 0:
        told = kept.size if kept else "nothing"
        yield f"the head says {told}, the ledger ends at number {size}: its tail was cut or changed"
    mark = LedgerMark.objects.filter(pk=1).first()
    if mark is not None and (mark.size > size or (mark.size == size and bytes(mark.hash) != head)):
        yield f"the key store saw {mark.size} events, the ledger has {size}: its tail was cut or changed"


def _words() -> Iterator[str]:
    """Check that each notice and policy text is what its hash says, and that each event's notice is kept."""
    for notice in in_pages(Notice.objects.all(), "pk"):
        if hashlib.sha256(bytes(notice.body)).hexdigest() != notice.sha256:
            yield f"notice {notice.sha256[:12]} is not what its hash says"
    for text in in_pages(PolicyText.objects.all(), "pk"):
        if hashlib.sha256(text.body.encode()).hexdigest() != text.sha256:
            yield f"policy text {text.pk} is not what its hash says"
    kept = Notice.objects.filter(pk=OuterRef("notice_sha256"))
    lost = ConsentEvent.objects.exclude(Exists(kept)).order_by("seq").first()
    if lost is not None:
        yield f"event {lost.pk} (number {lost.seq}) names a notice that is not kept"


def _signed_heads() -> Iterator[str]:
    before = None
    kept = ConsentEvent.objects.filter(seq=OuterRef("size")).values("hash")[:1]
    head: Any
    for head in in_pages(SignedHead.objects.annotate(kept=Subquery(kept)), "pk"):
        there = GENESIS if head.size == 0 else bytes(head.kept or b"")
        if not heads.is_genuine(head):
            yield f"signed head {head.pk} does not carry our signature on what it says"
        elif there.hex() != head.hash:
            yield f"signed head {head.pk} saw another event at number {head.size} than the ledger has"
        elif heads.access_digest(before, head.access_until) != (head.access_count, head.access_hash):
            yield f"the access events up to signed head {head.pk} are not those that were signed"
        before = head


def _drift() -> Iterator[str]:
    """Compare the fast table with what the events come to, in both directions."""
    last = 0
    while persons := _persons_after(last):
        events = ConsentEvent.objects.filter(person_id__in=persons).order_by("seq")
        replayed = replay(events)
        rows = ConsentState.objects.filter(person_id__in=persons)
        kept = {(row.person_id, row.purpose): row for row in rows}
        for key in chain(replayed, kept.keys() - replayed.keys()):
            if _differs(replayed.get(key), kept.get(key)):
                yield f"the state of person {key[0]} for {key[1]} is not what the events come to"
        last = persons[-1]
    events = ConsentEvent.objects.filter(person_id=OuterRef("person_id"))
    unfounded = ConsentState.objects.exclude(Exists(events))
    # The demo's bulk content has states without events, and says so by their number.
    if settings.DEMO:
        unfounded = unfounded.exclude(last_seq=0)
    for row in unfounded[:1]:
        yield f"state {row.pk} rests on no event"


def _persons_after(last: int) -> list[int]:
    rest = ConsentEvent.objects.filter(person_id__gt=last).order_by("person_id")
    return list(rest.values_list("person_id", flat=True).distinct()[:_PERSONS_A_PAGE])


def _differs(replayed: ConsentState | None, kept: ConsentState | None) -> bool:
    if replayed is None or kept is None:
        return True
    return any(getattr(replayed, name) != getattr(kept, name) for name in _REPLAYED)
