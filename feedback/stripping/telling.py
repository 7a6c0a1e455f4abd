"""Finds the words of a text near which a term may stand, so that the rest of it need not be looked at."""

from dataclasses import dataclass
from functools import lru_cache

from feedback.stripping.spelling import CACHED, forms, is_medical
from feedback.stripping.trie import ANCHOR, OFFSETS, TELLING
from feedback.stripping.vocabulary import vocabulary


@dataclass(frozen=True, slots=True)
class _Sign:
    """Whether a written word tells of a term by itself, and with which others, each by where it stands."""

    is_alone: bool
    partners: tuple[tuple[int, frozenset[int]], ...]


def telling(names: list[str]) -> list[int]:
    """Return the indices of the words without which a text has no term there; mostly none."""
    return [index for index, sign in enumerate(map(_sign, names)) if sign is not None and _tells(sign, names, index)]


def _tells(sign: _Sign, names: list[str], index: int) -> bool:
    if sign.is_alone:
        return True
    for offset, partners in sign.partners:
        place = index + offset
        if 0 <= place < len(names) and not partners.isdisjoint(_numbers(names[place])):
            return True
    return False


@lru_cache(maxsize=4 * CACHED)
def _sign(name: str) -> _Sign | None:
    known, numbers = vocabulary(), _numbers(name)
    is_alone = is_medical(name) or any(known.signs[number] & TELLING for number in numbers)
    anchors = [number for number in numbers if known.signs[number] & ANCHOR]
    each = ((offset, frozenset().union(*(known.partners(anchor, offset) for anchor in anchors))) for offset in OFFSETS)
    partners = tuple((offset, others) for offset, others in each if others)
    return _Sign(is_alone, partners) if is_alone or partners else None


@lru_cache(maxsize=CACHED)
def _numbers(name: str) -> tuple[int, ...]:
    numbers = vocabulary().numbers
    return tuple(numbers[base] for base, _ in forms(name))
