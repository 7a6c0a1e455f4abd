"""Leaving out by hand what the engine missed: a passage of kept words, wherever it stands in them."""

import re

from feedback.stripping.categories import Category
from feedback.stripping.cleaning import clean
from feedback.stripping.texts import Mark, StrippedText, says_nothing, stripped


class NotInWords(Exception):
    """The passage does not stand in the words."""


def leave_out(text: str, marks: tuple[Mark, ...], passage: str, category: Category) -> StrippedText:
    """Return kept words without a passage, each place where it stood marked; raise NotInWords when it stands nowhere.

    It goes also where its case or its spaces differ, where an earlier cut lies in it, where it is a part of a longer
    word, and where leaving it out makes it anew.
    """
    written = _written(passage)
    if written is None or not written.search(text):
        raise NotInWords
    while found := written.search(text):
        start, end = found.span()
        text, marks = text[:start] + text[end:], _moved(marks, start, end, category)
    return stripped(text, marks, ())


def _written(passage: str) -> re.Pattern[str] | None:
    """Return what finds a passage: its words with any spaces between; None for one that says nothing.

    `deaf in  one ear` finds `Deaf in one ear`, also where a line ends in it.
    """
    words = clean(passage).text.split()
    return None if says_nothing("".join(words)) else re.compile(r"\s+".join(map(re.escape, words)), re.IGNORECASE)


def _moved(marks: tuple[Mark, ...], start: int, end: int, category: Category) -> tuple[Mark, ...]:
    """Return the marks as they stand once `start` to `end` is out; what was released in there is released no more."""
    kept = [mark for mark in marks if not (mark.released and start <= mark.place < end)]
    before = [mark for mark in kept if mark.place <= start]
    inside = [Mark(start, mark.category) for mark in kept if start < mark.place < end]
    behind = [Mark(mark.place - (end - start), mark.category, mark.released) for mark in kept if mark.place >= end]
    return tuple(dict.fromkeys([*before, Mark(start, category), *inside, *behind]))
