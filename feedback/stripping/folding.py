"""Folds a text for looking words up in it: compatibility forms, case, look-alikes, and what has no width.

Each letter of the folded text knows which code points it came from (Unicode Standard Annex #15, NFKC).
"""

import re
from dataclasses import dataclass
from unicodedata import is_normalized, normalize

_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0711\u0730-\u074a\u093c"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f"
)
# A run of ASCII, or a letter with the marks that belong to it, so that they are composed together. "e\u0301" -> "é"
_CLUSTER = re.compile(f"(?s)(?P<ascii>[\\x00-\\x7f]+(?![{_MARKS}]))|.[{_MARKS}]{{0,8}}")
# More marks than any letter has: putting them in order would take the square of their number.
_TOO_MANY_MARKS = re.compile(f"[{_MARKS}]{{9}}")
# Soft hyphens, joiners, variation selectors, and Arabic vowel marks and stretching. "di\u200babetes" -> "diabetes"
_NO_WIDTH = re.compile("[\u00ad\u034f\u061c\u0640\u064b-\u0652\u0670\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff]")
_LOOK_ALIKES = str.maketrans("абвгԁезіјкӏмոорстυухԛѕԝɡαβεικνορτυχωӕһ", "abbrdeeijklmnopctuyxqswgabeiknoptuxwæh")
_FOREIGN = re.compile("[\u0250-\u02af\u0370-\u058f]")
_LATIN = re.compile("[a-z]")
_WORD = re.compile(r"\w+")
# Small capitals have no compatibility form, and the curly apostrophe stands for the straight one.
_SMALL_CAPITALS = "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ"
_ALIKE = str.maketrans(_SMALL_CAPITALS, "abcdefghijklmnoprstuvwyz")
_HAS_ALIKE = re.compile(f"[{_SMALL_CAPITALS}]")
_APOSTROPHES = "’‘ʼ`´"


@dataclass(frozen=True, slots=True)
class Folded:
    """The folded text; letter `i` came from the code points `starts[i]` to `ends[i]` of the text before."""

    text: str
    starts: list[int] | None = None
    ends: list[int] | None = None

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Return the code points of the text before that a range, which is not empty, came from."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]


def fold(text: str) -> Folded:
    """Return the text as words are looked up in it."""
    if text.isascii():
        return Folded(text.lower().replace("`", "'"))
    alike = _alike(text)
    lowered = alike.lower()
    is_plain = len(lowered) == len(text) and not _NO_WIDTH.search(alike) and not _TOO_MANY_MARKS.search(alike)
    if is_plain and is_normalized("NFKC", alike):
        return Folded(_latin(lowered))
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for cluster in _CLUSTER.finditer(alike):
        if cluster["ascii"]:
            letters.append(cluster["ascii"].lower())
            starts.extend(range(*cluster.span()))
            ends.extend(range(cluster.start() + 1, cluster.end() + 1))
            continue
        for letter in _NO_WIDTH.sub("", normalize("NFKC", cluster.group()).lower()):
            letters.append(letter)
            starts.append(cluster.start())
            ends.append(cluster.end())
    return Folded(_latin("".join(letters)), starts, ends)


def _alike(text: str) -> str:
    """Return the text with plain apostrophes and capitals; going through every letter would take longer than to ask."""
    for apostrophe in _APOSTROPHES:
        text = text.replace(apostrophe, "'")
    return text.translate(_ALIKE) if _HAS_ALIKE.search(text) else text


def _latin(folded: str) -> str:
    """Return the text with Cyrillic and Greek letters inside Latin words as the Latin ones that they look like."""
    if not _FOREIGN.search(folded):
        return folded
    return _WORD.sub(lambda word: word[0].translate(_LOOK_ALIKES) if _LATIN.search(word[0]) else word[0], folded)
