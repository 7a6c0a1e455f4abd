"""Checks the ledger: rows, links, gaps, times, tree, heads, notices, triggers and the replay, in constant memory."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.db import connections
from django.db.models import OuterRef, Subquery

from consent.ledger import heads, triggers
from consent.ledger.chain import CHAINED, GENESIS, link_of_row, written
from consent.ledger.drift import differences
from consent.ledger.models import ConsentEvent, LedgerHead, SignedHead, TreeTile
from consent.ledger.pages import UnreadableRow, in_pages
from consent.ledger.rows import Row, events_after
from consent.ledger.tiles import WIDTH, root_at
from consent.ledger.tree import Growing, leaf
from consent.policies.models import Notice, PolicyText
from consent.sealing.keys import derived
from consent.sealing.models import LedgerMark

SKEW = timedelta(minutes=5)
"""How far the clocks of two hosts may be apart; more than that was written back."""
_FIRST = -(2**63)
_COUNT = len(CHAINED)
_NUMBER, _PERSON, _NOTICE, _AT = (CHAINED.index(name) for name in ("seq", "person_id", "notice_sha256", "occurred_at"))
_TILE_BITS = WIDTH.bit_length() - 1


@dataclass
class _Read:
    """What reading the events from `start` on came to."""

    start: int
    size: int
    head: bytes
    latest: str
    roots: dict[int, bytes] = field(default_factory=dict)
    tiles: dict[tuple[int, int], bytes] = field(default_factory=dict)
    notices: dict[str, Row] = field(default_factory=dict)
    persons: set[int] = field(default_factory=set)


def problems(newest: int | None = None) -> Iterator[str]:
    """Yield what is wrong, changed rows first, each named; nothing for a whole ledger.

    Of the newest events alone it asks what stands on them: their links, people and notices, and the heads since; the
    tree below them by the tiles that are kept.
    """
    start = _start(newest)
    read = _Read(start, *_before(start))
    try:
        yield from _chain(read)
    except UnreadableRow as error:
        yield f"the event after number {error.after or 0} cannot be read: it was changed"
        return
    yield from _ends(read)
    yield from _words(read)
    yield from _tree(read)
    yield from _signed_heads(read)
    yield from differences(sorted(read.persons) if start else None)
    missing = triggers.missing(connections["default"], triggers.stamped_tables(apps.get_models()))
    yield from (f"trigger {name} is missing" for name in missing)


def _start(newest: int | None) -> int:
    """Return the number of the last event that is not read."""
    if newest is None:
        return 0
    last = ConsentEvent.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
    return max(0, last - newest)


def _before(start: int) -> tuple[int, bytes, str]:
    """Return number, hash and time of the event before those that are read."""
    for event in ConsentEvent.objects.filter(seq=start) if start else ():
        return start, bytes(event.hash), written(event.occurred_at)
    return 0, GENESIS, ""


def _chain(read: _Read) -> Iterator[str]:
    """Check each row by itself, then that it follows the one before; gaps are told after all changed rows."""
    key, tree, late = derived("ledger-chain"), None if read.start else Growing(), ""
    signed, gap = _times_of_heads(read.start), ""
    read.latest = max(read.latest, signed.get(read.start, ""))
    for row in events_after(read.start or _FIRST):
        seq, prev, own = row[_NUMBER], row[_COUNT], row[_COUNT + 1]
        if not _is_as_linked(row, key):
            yield f"{_name(row)} was changed"
        elif seq != read.size + 1:
            gap = gap or f"{_name(row)} stands where number {read.size + 1} should: events are missing before it"
        elif prev != read.head:
            gap = gap or f"{_name(row)} does not follow the event before it"
        elif row[_AT] < read.latest and _is_written_back(row[_AT], read.latest):
            late = late or f"{_name(row)} says it happened before what stands before it: it was written back"
        read.size, read.head = (seq if type(seq) is int else read.size + 1), bytes(own)
        read.notices.setdefault(row[_NOTICE], row)
        if tree is None:
            read.persons.add(row[_PERSON])
        else:
            _grow(tree, own, read)
        if type(row[_AT]) is str:
            read.latest = max(read.latest, row[_AT], signed.get(read.size, ""))
        if read.size in signed and tree is not None:
            read.roots[read.size] = tree.root
    yield from filter(None, (gap, late))


def _is_as_linked(row: Row, key: bytes) -> bool:
    try:
        return bool(link_of_row(row[_COUNT], row[:_COUNT], key) == row[_COUNT + 1])
    except TypeError:
        return False


def _is_written_back(at: str, latest: str) -> bool:
    return datetime.fromisoformat(at) < datetime.fromisoformat(latest) - SKEW


def _times_of_heads(start: int) -> dict[int, str]:
    """Return when a head of each size was last signed."""
    rows = SignedHead.objects.filter(size__gte=start).order_by("pk").values_list("size", "signed_at")
    return {size: written(at) for size, at in rows}


def _grow(tree: Growing, own: bytes, read: _Read) -> None:
    made = tree.add(leaf(own))
    for level, height in enumerate(range(_TILE_BITS, len(made) + 1, _TILE_BITS), start=1):
        read.tiles[level, (tree.size >> height) - 1] = made[height - 1]


def _ends(read: _Read) -> Iterator[str]:
    """Compare the last event with the head beside the chain and with the witness in the key store."""
    size, head = read.size, read.head
    kept = LedgerHead.objects.filter(pk=1).first()
    if (kept.size, bytes(kept.hash)) != (size, head) if kept else size > 0:
        told = kept.size if kept else "nothing"
        yield f"the head says {told}, the ledger ends at number {size}: its tail was cut or changed"
    mark = LedgerMark.objects.filter(pk=1).first()
    if mark is not None and (mark.size > size or (mark.size == size and bytes(mark.hash) != head)):
        yield f"the key store saw {mark.size} events, the ledger has {size}: its tail was cut or changed"


def _words(read: _Read) -> Iterator[str]:
    """Check that each notice and policy text is what its hash says, and that each event's notice is kept."""
    notices = Notice.objects.filter(pk__in=list(read.notices)) if read.start else Notice.objects.all()
    kept = set()
    for notice in in_pages(notices, "pk"):
        kept.add(notice.sha256)
        if hashlib.sha256(bytes(notice.body)).hexdigest() != notice.sha256:
            yield f"notice {notice.sha256[:12]} is not what its hash says"
    for text in in_pages(PolicyText.objects.all(), "pk"):
        if hashlib.sha256(text.body.encode()).hexdigest() != text.sha256:
            yield f"policy text {text.pk} is not what its hash says"
    for sha256 in read.notices.keys() - kept:
        yield f"{_name(read.notices[sha256])} names a notice that is not kept"


def _tree(read: _Read) -> Iterator[str]:
    """Check the kept tiles against the events, or the newest tree against its tiles."""
    newest = SignedHead.objects.exclude(root="").order_by("-pk").first()
    signed = min(newest.size, read.size) if newest else 0
    if read.start:
        read.roots = {signed: root_at(signed)} if signed else {}
        return
    kept = {(tile.level, tile.index): bytes(tile.hash) for tile in in_pages(TreeTile.objects.all(), "pk")}
    for at, made in read.tiles.items():
        is_due = (at[1] + 1) << _TILE_BITS * at[0] <= signed
        if kept.pop(at, None if is_due else made) != made:
            yield f"tile {at[1]} of level {at[0]} is not what the events come to"
    yield from (f"tile {index} of level {level} stands on no events" for level, index in kept)


def _signed_heads(read: _Read) -> Iterator[str]:
    before = None
    kept = ConsentEvent.objects.filter(seq=OuterRef("size")).values("hash")[:1]
    rows = SignedHead.objects.annotate(kept=Subquery(kept))
    if read.start:
        rows = rows.filter(size__gte=read.start)
        first = rows.order_by("pk").first()
        before = SignedHead.objects.filter(pk__lt=first.pk).order_by("-pk").first() if first else None
    head: Any
    for head in in_pages(rows, "pk"):
        there = GENESIS if head.size == 0 else bytes(head.kept or b"")
        if not heads.is_genuine(head):
            yield f"signed head {head.pk} does not carry our signature on what it says"
        elif there.hex() != head.hash:
            yield f"signed head {head.pk} saw another event at number {head.size} than the ledger has"
        elif head.root and head.size in read.roots and read.roots[head.size].hex() != head.root:
            yield f"signed head {head.pk} saw another tree over {head.size} events than the ledger makes"
        elif heads.access_digest(before, head.access_until) != (head.access_count, head.access_hash):
            yield f"the access events up to signed head {head.pk} are not those that were signed"
        before = head


def _name(row: Row) -> str:
    return f"event {row[0]} (number {row[_NUMBER]})"
