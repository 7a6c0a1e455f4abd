"""The tree as it is kept: the roots of every 256 leaves, of every 256 such, and so on; the leaves are the events.

So a root or a proof for any size reads some hundred hashes, and an append none (cf. the tiles of
https://research.swtch.com/tlog). They are made when a head is signed: nothing is ever proved against another.
"""

from collections.abc import Iterator
from itertools import count

from consent.ledger.models import ConsentEvent, TreeTile
from consent.ledger.tree import inclusion_path, leaf, root_of

WIDTH = 256


def complete_tiles(size: int) -> None:
    """Keep every whole tile of the tree of `size` that is not kept yet. Needs a transaction."""
    level, there = 1, size // WIDTH
    while there:
        newest = TreeTile.objects.filter(level=level).order_by("-index").values_list("index", flat=True).first()
        kept = 0 if newest is None else newest + 1
        for first in range(kept, there, WIDTH):
            upto = min(first + WIDTH, there)
            below = _level(level - 1, first * WIDTH, upto * WIDTH)
            hashes = [root_of(below[at : at + WIDTH]) for at in range(0, len(below), WIDTH)]
            TreeTile.objects.bulk_create(
                TreeTile(level=level, index=index, hash=made) for index, made in enumerate(hashes, start=first)
            )
        level, there = level + 1, there // WIDTH


def root_at(size: int) -> bytes:
    """Return the root of the tree over the first `size` events, whose tiles are kept."""
    *_below, (_first, top) = _edges(size)
    return root_of(top)


def inclusion_proof(seq: int, size: int) -> list[bytes]:
    """Return the path from event number `seq` to the root at `size`; raise ValueError for one beyond it."""
    if not 0 < seq <= size:
        raise ValueError("no event of that tree")
    at, path = seq - 1, list[bytes]()
    for level, (first, edge) in enumerate(_edges(size)):
        block = at // WIDTH * WIDTH
        row = edge if block == first else _level(level, block, block + WIDTH)
        path += inclusion_path(row, at - block)
        at //= WIDTH
    return path


def _edges(size: int) -> Iterator[tuple[int, list[bytes]]]:
    """Yield for each level where its last block begins, and its hashes: whole ones, then the root of a smaller rest.

    The last level is one block, over which the root stands.
    """
    rest: list[bytes] = []
    for level in count():
        whole = size // WIDTH**level
        first = whole // WIDTH * WIDTH
        edge = _level(level, first, whole) + rest
        yield first, edge
        if whole < WIDTH:
            return
        rest = [root_of(edge)] if edge else []


def _level(level: int, first: int, upto: int) -> list[bytes]:
    """Return the hashes of a level from `first` up to before `upto`: leaves, or kept tiles."""
    if level == 0:
        events = ConsentEvent.objects.filter(seq__gt=first, seq__lte=upto).order_by("seq")
        return [leaf(bytes(found)) for found in events.values_list("hash", flat=True)]
    tiles = TreeTile.objects.filter(level=level, index__gte=first, index__lt=upto).order_by("index")
    return [bytes(found) for found in tiles.values_list("hash", flat=True)]
