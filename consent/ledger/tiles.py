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


def consistency_proof(older: int, newer: int) -> list[bytes]:
    """Return what shows that the tree of size `newer` goes on from that of size `older` (RFC 9162, 2.1.4.1).

    Raises ValueError for trees of which neither can go on from the other.
    """
    if not 0 < older <= newer:
        raise ValueError("no older tree")
    path, first, upto, is_whole = list[bytes](), 0, newer, True
    while older < upto:
        half = first + (1 << (upto - first - 1).bit_length() - 1)
        if older <= half:
            path.append(_root_between(half, upto))
            upto = half
        else:
            path.append(_root_between(first, half))
            first, is_whole = half, False
    own = [] if is_whole else [_root_between(first, upto)]
    return own + path[::-1]


def _root_between(first: int, upto: int) -> bytes:
    """Return the root over the leaves of a subtree: it begins at a multiple of a power of two no smaller than it."""
    level = 0
    while upto - first > WIDTH ** (level + 1):
        level += 1
    span = WIDTH**level
    whole = upto // span
    rest = [_root_between(whole * span, upto)] if whole * span < upto else []
    return root_of(_level(level, first // span, whole) + rest)


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
