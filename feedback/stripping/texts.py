"""The two kinds of words that may be stored: text that was stripped, and text that staff wrote."""

import unicodedata
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass

_MAKER = object()
_RELEASABLE = frozenset({"normal", "weak"})
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"})
_INKLESS = frozenset("\u034f\u115f\u1160\u2800\u3164\uffa0") | {chr(code) for code in range(0xFE00, 0xFE10)}
"""Fillers, the blank pattern of braille and variation selectors, which Unicode counts among letters and signs."""


@dataclass(frozen=True, slots=True)
class Span:
    """What was found: half-open code points of the raw text, its category, and why. Never stored.

    strength: that of the term; empty for an identifier. is_released: its writer says that it discloses nothing.
    core: where the term stands, half-open; empty where no clause around it was read.
    """

    start: int
    end: int
    category: str
    rule: str = ""
    term: str = ""
    strength: str = ""
    is_released: bool = False
    core: tuple[int, int] = (0, 0)

    @property
    def release_key(self) -> str:
        """Return what names the span when its writer releases it, or nothing for one that nobody may release."""
        return f"{self.category}:{self.term}" if self.strength in _RELEASABLE else ""

    def may_stay(self, released: Container[str]) -> bool:
        """Say whether the writer released the span, and may."""
        return bool(self.release_key) and self.release_key in released


@dataclass(frozen=True, slots=True)
class Mark:
    """A cut: the code point of the new text before which it stands, its category, whether it was released."""

    place: int
    category: str
    released: bool = False


@dataclass(frozen=True)
class StrippedText:
    """Text without what was left out. Only `strip` makes one, and `leave_out` of words that are kept already."""

    text: str
    marks: tuple[Mark, ...]
    spans: tuple[Span, ...]
    made_by: object

    def __post_init__(self) -> None:
        if self.made_by is not _MAKER:
            raise TypeError("only strip() and leave_out() make a StrippedText")


@dataclass(frozen=True)
class StaffText:
    """Staff's own words, kept as they are; `warnings` are the categories that they seem to name."""

    text: str
    warnings: tuple[str, ...]
    made_by: object

    def __post_init__(self) -> None:
        if self.made_by is not _MAKER:
            raise TypeError("only staff_text() makes a StaffText")


def stripped(text: str, marks: tuple[Mark, ...], spans: tuple[Span, ...]) -> StrippedText:
    """Make a StrippedText; called by the engine, and for what is left out by hand."""
    return StrippedText(text, marks, spans, _MAKER)


def by_staff(text: str, warnings: tuple[str, ...]) -> StaffText:
    """Make a StaffText; called by the engine alone."""
    return StaffText(text, warnings, _MAKER)


def written_out(text: str, marks: Iterable[Mark], word: Callable[[str], str]) -> str:
    """Return the text with `word(category)` at the place of each cut, spaced like a word."""
    parts: list[str] = []
    at = 0
    for mark in marks:
        if mark.released:
            continue
        parts.append(text[at : mark.place])
        if parts[-1] and not parts[-1][-1].isspace():
            parts.append(" ")
        parts.append(word(mark.category))
        following = text[mark.place : mark.place + 1]
        if following and not following.isspace() and following not in ".,;:!?":
            parts.append(" ")
        at = mark.place
    parts.append(text[at:])
    return "".join(parts)


def hardly_anything_left(words: StrippedText) -> bool:
    """Say whether so much was left out that fewer than four words remain."""
    return any(not mark.released for mark in words.marks) and is_little(words.text)


def is_little(text: str) -> bool:
    """Say whether a text has fewer than four words."""
    return len(text.split(maxsplit=4)) < 4


def says_nothing(text: str) -> bool:
    """Say whether nobody could see anything of a text: spaces, controls, and what takes no ink."""
    return all(letter in _INKLESS or unicodedata.category(letter) in _UNSEEN for letter in text)
