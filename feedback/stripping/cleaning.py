"""Removes what no person types, and keeps account of which stretches of the raw text are still there."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate

# Control characters but newline and tab, bidi embeddings, overrides and isolates, lone surrogates, the byte
# order mark and noncharacters. "a\x00b" -> "ab", "\u202egnp.exe" -> "gnp.exe"
UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)

Range = tuple[int, int]


class Kept:
    """The stretches of a raw text that make up its present text; ranges are half-open code points."""

    def __init__(self, raw: str, ranges: list[Range]) -> None:
        self.raw = raw
        self.ranges = ranges
        lengths = (end - start for start, end in ranges)
        self._begins = list(accumulate(lengths, initial=0))
        self.length = self._begins[-1]

    @property
    def text(self) -> str:
        """Return the present text."""
        if self.ranges == [(0, len(self.raw))]:
            return self.raw
        return "".join(self.raw[start:end] for start, end in self.ranges)

    def in_raw(self, start: int, end: int) -> list[Range]:
        """Return the raw ranges that a range of the present text is made of."""
        found = []
        index = bisect_right(self._begins, start) - 1
        while index < len(self.ranges) and self._begins[index] < end:
            begin = self._begins[index]
            first, last = self.ranges[index]
            piece = (first + max(start - begin, 0), min(last, first + end - begin))
            if piece[0] < piece[1]:
                found.append(piece)
            index += 1
        return found

    def without(self, cuts: Iterable[Range]) -> "Kept":
        """Return what is left when ranges of the present text, sorted and apart, are cut out."""
        left: list[Range] = []
        at = 0
        for start, end in cuts:
            left.extend(self.in_raw(at, start))
            at = end
        left.extend(self.in_raw(at, self.length))
        return Kept(self.raw, left)

    def overwritten(self, pieces: Iterable[tuple[int, str]]) -> "Kept":
        """Return the same with other characters, as many, at places of the present text."""
        letters: list[str] = []
        for place, written in pieces:
            letters = letters or list(self.raw)
            for first, last in self.in_raw(place, place + len(written)):
                letters[first:last] = written[: last - first]
                written = written[last - first :]
        return Kept("".join(letters), self.ranges) if letters else self

    def place_of(self, raw_index: int) -> int:
        """Return how many characters of the present text stand before a raw index."""
        index = bisect_right(self.ranges, (raw_index, len(self.raw) + 1)) - 1
        if index < 0:
            return 0
        first, last = self.ranges[index]
        return self._begins[index] + min(raw_index, last) - first


def clean(raw: str) -> Kept:
    """Leave out the characters that no person types."""
    whole = Kept(raw, [(0, len(raw))])
    if UNWANTED.search(raw) is None:
        return whole
    return whole.without(found.span() for found in UNWANTED.finditer(raw))
