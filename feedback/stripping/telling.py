"""Finds the words of a text near which a term may stand, so that the rest of it need not be looked at."""

from dataclasses import dataclass
from functools import lru_cache

from feedback.stripping.spelling import forms, is_medical
from feedback.stripping.vocabulary import LEADING, TELLING, vocabulary


@dataclass(frozen=True, slots=True)
class _Sign:
    """What a written word tells by itself, and as the first of a pair."""

    is_alone: bool
    leads: tuple[int, ...]


def telling(names: list[str]) -> list[int]:
    """Return the indices of the words without which a text has no term there; mostly none."""
    found = []
    for index, sign in enumerate(map(_sign, names)):
        if sign is not None and (sign.is_alone or _is_pair(sign.leads, names, index)):
            found.append(index)
    return found


def _is_pair(leads: tuple[int, ...], names: list[str], index: int) -> bool:
    known = vocabulary()
    return any(
        known.is_pair(first, second, apart=bool(apart))
        for apart, name in enumerate(names[index + 1 : index + 3])
        for second in _numbers(name)
        for first in leads
    )


@lru_cache(maxsize=32768)
def _sign(name: str) -> _Sign | None:
    signs = vocabulary().signs
    numbers = _numbers(name)
    is_alone = is_medical(name) or any(signs[number] & TELLING for number in numbers)
    leads = tuple(number for number in numbers if signs[number] & LEADING)
    return _Sign(is_alone, leads) if is_alone or leads else None


@lru_cache(maxsize=32768)
def _numbers(name: str) -> tuple[int, ...]:
    numbers = vocabulary().numbers
    return tuple(numbers[base] for base, _ in forms(name))
