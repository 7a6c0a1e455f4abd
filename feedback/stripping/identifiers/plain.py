"""The plain form in which identifiers are looked for: ASCII digits, letters and signs, nothing without width."""

import re

from feedback.stripping.cleaning import Kept

# Soft hyphens, joiners and direction marks inside of a number. "4111\u200b1111" -> "41111111"
_NO_WIDTH = re.compile("[\u00ad\u034f\u061c\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f]")
_ZEROS = (
    "\u0660\u06f0\u07c0\u0966\u09e6\u0a66\u0ae6\u0be6\u0c66\u0ce6\u0d66\u0e50\u1040\u17e0\uff10"
    "\U0001d7ce\U0001d7d8\U0001d7e2\U0001d7ec\U0001d7f6"
)
"""The noughts of other scripts; the nine digits stand behind each."""
_PLAIN = (
    {ord(zero) + digit: str(digit) for zero in _ZEROS for digit in range(10)}
    | {0xFF21 + place: chr(0x41 + place) for place in range(26)}
    | {0xFF41 + place: chr(0x61 + place) for place in range(26)}
    | dict.fromkeys([0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ")
    | dict.fromkeys([*range(0x2010, 0x2016), 0x2212, 0xFE58, 0xFE63, 0xFF0D], "-")
    | str.maketrans("＠＋．／：（）＿", "@+./:()_")
)
_HAS_OTHERS = re.compile("[" + "".join(map(chr, _PLAIN)) + "]")


class Plain:
    """The plain form of a text; each character of it knows which one of the text it is."""

    def __init__(self, written: str) -> None:
        self._kept: Kept | None = None
        self.text = written
        if written.isascii():
            return
        if _NO_WIDTH.search(written):
            self._kept = Kept(written, [(0, len(written))]).without(
                found.span() for found in _NO_WIDTH.finditer(written)
            )
            self.text = self._kept.text
        if _HAS_OTHERS.search(self.text):
            self.text = self.text.translate(_PLAIN)

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Return the code points of the text that a range of the plain form, which is not empty, came from."""
        if self._kept is None:
            return start, end
        ranges = self._kept.in_raw(start, end)
        return ranges[0][0], ranges[-1][1]
