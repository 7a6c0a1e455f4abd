"""Leaving out by hand what the engine missed: a passage of kept words, wherever it stands in them."""

import re
from bisect import bisect_left
from itertools import accumulate, pairwise

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
    while cuts := [found.span() for found in written.finditer(text)]:
        marks = _moved(marks, cuts, category)
        text = "".join(text[end:start] for (_, end), (start, _) in pairwise([(0, 0), *cuts, (len(text), 0)]))
    return stripped(text, marks, ())


def _written(passage: str) -> re.Pattern[str] | None:
    """Return what finds a passage: its words with any spaces between; None for one that says nothing.

    `deaf in  one ear` finds `Deaf in one ear`, also where a line ends in it.
    """
    words = clean(passage).text.split()
    return None if says_nothing("".join(words)) else re.compile(r"\s+".join(map(re.escape, words)), re.IGNORECASE)


def _moved(marks: tuple[Mark, ...], cuts: list[tuple[int, int]], category: Category) -> tuple[Mark, ...]:
    """Return the marks as they stand once the cuts are out; what was released in one is released no more."""
    starts = [start for start, _ in cuts]
    gone = list(accumulate((end - start for start, end in cuts), initial=0))
    moved = [(start - gone[number], 1, Mark(start - gone[number], category)) for number, start in enumerate(starts)]
    for mark in marks:
        number = bisect_left(starts, mark.place)
        is_at_a_start = number < len(starts) and starts[number] == mark.place
        is_inside = number > 0 and mark.place < cuts[number - 1][1]
        if mark.released and (is_inside or is_at_a_start):
            continue
        place = starts[number - 1] - gone[number - 1] if is_inside else mark.place - gone[number]
        order = 2 if is_inside else 0 if is_at_a_start or not number or mark.place > cuts[number - 1][1] else 3
        moved.append((place, order, Mark(place, mark.category, mark.released)))
    moved.sort(key=lambda entry: entry[:2])
    return tuple(dict.fromkeys(mark for _, _, mark in moved))
