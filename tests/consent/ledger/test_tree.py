"""The tree: its roots and proofs beside the definitions of RFC 9162, written out plainly, and beside known values."""

import hashlib
import random

import pytest

from consent.ledger import tiles, tree
from consent.ledger.models import ConsentEvent, TreeTile
from imsupport import clock

# What Certificate Transparency's own test vectors say of these inputs (RFC 6962's trees are the same).
INPUTS = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = {
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}


def _defined(leaves: list[bytes]) -> bytes:
    """MTH as section 2.1.1 defines it."""
    if len(leaves) == 1:
        return leaves[0]
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\x01" + _defined(leaves[:half]) + _defined(leaves[half:])).digest()


@pytest.mark.parametrize("size", ROOTS)
def test_known_inputs_have_the_known_roots(size: int) -> None:
    leaves = [hashlib.sha256(b"\x00" + bytes.fromhex(written)).digest() for written in INPUTS[:size]]

    assert tree.root_of(leaves).hex() == ROOTS[size]


@pytest.mark.parametrize("size", [*range(1, 40), 255, 256, 257, 300])
def test_every_way_to_a_root_is_the_defined_one(size: int) -> None:
    leaves = [tree.leaf(bytes([n % 256]) * 32) for n in range(size)]
    growing = tree.Growing()
    for one in leaves:
        growing.add(one)

    assert tree.root_of(leaves) == growing.root == _defined(leaves)


def test_a_path_proves_its_own_leaf_at_its_place_in_that_tree_and_nothing_else() -> None:
    for size in range(1, 34):
        leaves = [tree.leaf(bytes([n]) * 32) for n in range(size)]
        root = tree.root_of(leaves)
        for index in range(size):
            path = tree.inclusion_path(leaves, index)

            assert tree.is_included(leaves[index], index, size, path, root)
            assert not tree.is_included(tree.leaf(b"other"), index, size, path, root)
            assert not tree.is_included(leaves[index], index + 1, size, path, root) or size == 1
            assert not tree.is_included(leaves[index], index, size, [*path, root], root)
            assert not tree.is_included(leaves[index], index, size, path, tree.EMPTY)
            assert not path or not tree.is_included(leaves[index], index, size, path[:-1], root)


def _defined_consistency(size: int, leaves: list[bytes], is_whole: bool = True) -> list[bytes]:
    """SUBPROOF as section 2.1.4.1 defines it."""
    if size == len(leaves):
        return [] if is_whole else [_defined(leaves)]
    half = 1 << (len(leaves) - 1).bit_length() - 1
    if size <= half:
        return [*_defined_consistency(size, leaves[:half], is_whole), _defined(leaves[half:])]
    return [*_defined_consistency(size - half, leaves[half:], is_whole=False), _defined(leaves[:half])]


def test_a_path_shows_that_a_tree_goes_on_from_an_older_one_and_from_no_other() -> None:
    for newer in range(1, 34):
        leaves = [tree.leaf(bytes([n]) * 32) for n in range(newer)]
        root = _defined(leaves)
        for older in range(1, newer + 1):
            path, before = _defined_consistency(older, leaves), _defined(leaves[:older])
            changed = _defined([tree.leaf(b"changed"), *leaves[1:older]])

            assert tree.is_consistent((older, before), (newer, root), path)
            assert not tree.is_consistent((older, changed), (newer, root), path)
            assert not tree.is_consistent((older, before), (newer, tree.EMPTY), path)
            assert not tree.is_consistent((older, before), (newer, root), [*path, root])
            assert not path or not tree.is_consistent((older, before), (newer, root), path[:-1])
            assert not tree.is_consistent((newer + 1, before), (newer, root), path)
            assert not tree.is_consistent((0, tree.EMPTY), (newer, root), path)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("width", "sizes"), [(4, (1, 3, 4, 5, 16, 17, 63, 64, 65, 85, 256, 300)), (256, (255, 256, 257, 700))]
)
def test_kept_tiles_give_the_same_roots_and_proofs(
    width: int, sizes: tuple[int, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tiles, "WIDTH", width)
    chance = random.Random(9)
    hashes = [chance.randbytes(32) for _ in range(sizes[-1])]
    ConsentEvent.objects.bulk_create(_event(seq, of) for seq, of in enumerate(hashes, start=1))
    leaves = [tree.leaf(of) for of in hashes]

    for size in sizes:
        tiles.complete_tiles(size)
        root = tree.root_of(leaves[:size])

        assert tiles.root_at(size) == root
        for seq in {1, size, *(chance.randint(1, size) for _ in range(12))}:
            path = tiles.inclusion_proof(seq, size)
            assert path == tree.inclusion_path(leaves[:size], seq - 1)
            assert tree.is_included(leaves[seq - 1], seq - 1, size, path, root)
        for older in {1, size, *(chance.randint(1, size) for _ in range(12))}:
            assert tiles.consistency_proof(older, size) == _defined_consistency(older, leaves[:size])
    # An older tree is proved from what a newer one kept.
    for size in sizes:
        assert tiles.root_at(size) == tree.root_of(leaves[:size])
    assert TreeTile.objects.filter(level=1).count() == sizes[-1] // width


@pytest.mark.django_db
def test_nothing_is_proved_of_an_event_beyond_the_tree() -> None:
    for seq, size in ((0, 1), (2, 1), (1, 0)):
        with pytest.raises(ValueError, match="no event of that tree"):
            tiles.inclusion_proof(seq, size)


def test_no_tree_goes_on_from_an_empty_or_a_greater_one() -> None:
    for older, newer in ((0, 1), (2, 1), (0, 0)):
        with pytest.raises(ValueError, match="no older tree"):
            tiles.consistency_proof(older, newer)


def test_the_empty_tree_has_the_defined_root() -> None:
    assert tree.root_of([]) == tree.Growing().root == hashlib.sha256(b"").digest()


def _event(seq: int, of: bytes) -> ConsentEvent:
    return ConsentEvent(
        seq=seq,
        act_id=seq,
        person_id=1,
        purpose="agreement",
        status="ConsentGiven",
        policy_version=1,
        notice_sha256="",
        language="en",
        channel="web",
        indicated_by="button",
        occurred_at=clock.now(),
        prev_hash=b"",
        hash=of,
    )
