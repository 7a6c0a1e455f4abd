"""The Merkle tree over the chain's hashes, as pure functions (RFC 9162, section 2.1)."""

import hashlib
from collections.abc import Sequence

EMPTY = hashlib.sha256(b"").digest()


def leaf(event_hash: bytes) -> bytes:
    """Return the leaf of an event, by its 32-byte link of the chain."""
    return hashlib.sha256(b"\x00" + event_hash).digest()


def node(left: bytes, right: bytes) -> bytes:
    """Return the inner node over two others."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_of(leaves: Sequence[bytes]) -> bytes:
    """Return the root over leaves, or over the roots of whole subtrees of one height with anything smaller last."""
    if not leaves:
        return EMPTY
    level = list(leaves)
    while len(level) > 1:
        pairs = [node(*level[at : at + 2]) for at in range(0, len(level) - 1, 2)]
        level = pairs + level[len(level) - len(level) % 2 :]
    return level[0]


def inclusion_path(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """Return the siblings of one of the leaves, from itself upwards; `leaves` as for `root_of`."""
    path, level = [], list(leaves)
    while len(level) > 1:
        if (index ^ 1) < len(level):
            path.append(level[index ^ 1])
        pairs = [node(*level[at : at + 2]) for at in range(0, len(level) - 1, 2)]
        level, index = pairs + level[len(level) - len(level) % 2 :], index // 2
    return path


def is_included(of: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Say whether `path` leads from the leaf at `index` to the root of a tree of `size` (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    at, last, made = index, size - 1, of
    for sibling in path:
        if last == 0:
            return False
        if at & 1 or at == last:
            made = node(sibling, made)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            made = node(made, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and made == root


def is_consistent(older: tuple[int, bytes], newer: tuple[int, bytes], path: Sequence[bytes]) -> bool:
    """Say whether `path` shows that a tree (its size, its root) goes on from an older one (RFC 9162, 2.1.4.2)."""
    (size, root), (newer_size, newer_root) = older, newer
    if not 0 < size <= newer_size:
        return False
    if size == newer_size:
        return not path and root == newer_root
    siblings = [root, *path] if size & (size - 1) == 0 else list(path)
    if not path:
        return False
    at, last = size - 1, newer_size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    made = newer_made = siblings[0]
    for sibling in siblings[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            made, newer_made = node(sibling, made), node(sibling, newer_made)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            newer_made = node(newer_made, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and (made, newer_made) == (root, newer_root)


class Growing:
    """A tree that grows leaf by leaf; it keeps the roots of its whole subtrees alone, at most one a height."""

    def __init__(self) -> None:
        self.size = 0
        self._whole: list[bytes] = []

    def add(self, of: bytes) -> list[bytes]:
        """Add a leaf; return the roots of the subtrees it made whole, the smallest first."""
        made, rest = [], self.size
        while rest & 1:
            of, rest = node(self._whole.pop(), of), rest >> 1
            made.append(of)
        self._whole.append(of)
        self.size += 1
        return made

    @property
    def root(self) -> bytes:
        """The root as the tree stands."""
        if not self._whole:
            return EMPTY
        made = self._whole[-1]
        for left in reversed(self._whole[:-1]):
            made = node(left, made)
        return made
