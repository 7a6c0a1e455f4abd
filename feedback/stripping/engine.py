"""From raw text to stripped text: clean, find, cut, and look again at what was joined."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Container
from dataclasses import replace
from itertools import count

from feedback.stripping.addressing import turned
from feedback.stripping.categories import SPECIAL, Category
from feedback.stripping.clauses import JOINING
from feedback.stripping.cleaning import Kept, clean
from feedback.stripping.detection import apart, find
from feedback.stripping.extents import settled
from feedback.stripping.identifiers.finding import OPTIONAL, find_identifiers
from feedback.stripping.identifiers.phones import hidden
from feedback.stripping.texts import Mark, Span, StaffText, StrippedText, by_staff, stripped

LONGEST_JOIN = 16
_GAP = " \t"
_CLOSERS = ".,;:!?。，；！？、।؟،"
MOST_ROUNDS = 6
"""What a cut joins may disclose anew. After so many rounds the cuts grow, twice as far in each, so that few follow."""


def strip(raw: str, *, identifiers: bool | Container[str] = False, released: Container[str] = ()) -> StrippedText:
    """Return the text without what its writer should not have told us, and marks where it stood.

    Cards, passwords and one-time codes are always left out; of the other identifiers all when `identifiers` is true,
    else the kinds that it names. Of a phone number country code and length stay, and its mark stands behind it. Spans
    whose `release_key` is in `released` stay, and are marked as released; a strong term has none, and never stays.
    """
    kinds = identifiers if not isinstance(identifiers, bool) else OPTIONAL if identifiers else ()
    kept = clean(raw)
    spans: list[Span] = []
    places: list[tuple[int, str]] = []
    freed: list[Span] = []
    phones: list[Span] = []
    for number in count():
        text = kept.text
        found = _found(text, kinds, released)
        freed = [span for span in found if span.is_released]
        found = [span for span in found if not span.is_released]
        if not found:
            break
        if number >= MOST_ROUNDS:
            found = _widened(found, LONGEST_JOIN << (number - MOST_ROUNDS), len(text))
        earlier = sorted(span.start for span in spans)
        for span in found:
            pieces = _in_raw(kept, span, earlier)
            if span.category == Category.PHONE:
                phones.append(replace(span, start=pieces[0].start, end=pieces[-1].end))
                continue
            places.append((pieces[0].start, span.category))
            spans += pieces
        masks = [(span.start, hidden(text[span.start : span.end])) for span in found if span.category == Category.PHONE]
        found = [span for span in found if span.category != Category.PHONE]
        kept = kept.overwritten(masks).without([_with_closing(text, *cut) for cut in _merged(text, found)])
    spans.sort(key=_by_start)
    for phone in phones:
        pieces = _beside(phone, spans)
        places += [(piece.end, piece.category) for piece in pieces[-1:]]
        for piece in pieces:
            insort(spans, piece, key=_by_start)
    cuts = [Mark(kept.place_of(place), category) for place, category in sorted(places)]
    marks = tuple(sorted([*cuts, *(Mark(span.start, span.category, True) for span in freed)], key=_by_place))
    return stripped(kept.text, marks, tuple(spans))


def _by_place(mark: Mark) -> int:
    return mark.place


def _by_start(span: Span) -> int:
    return span.start


def _by_end(span: Span) -> int:
    return span.end


def staff_text(raw: str) -> StaffText:
    """Return staff's words as they are, with the categories they seem to name, of whom they speak to as well."""
    text = clean(raw).text
    named = {span.category for said in (text, turned(text)) for span in _found(said, ())} & SPECIAL
    return by_staff(text, tuple(sorted(named)))


def _found(text: str, kinds: Container[str], released: Container[str] = ()) -> list[Span]:
    return settled(text, apart([*find(text, released), *find_identifiers(text, kinds)]))


def _widened(spans: list[Span], by: int, length: int) -> list[Span]:
    """Return the spans with so many more characters on both sides, still apart."""
    wide: list[Span] = []
    at = 0
    for span, limit in zip(spans, [*(span.start for span in spans[1:]), length], strict=True):
        wide.append(replace(span, start=max(at, span.start - by), end=min(limit, span.end + by)))
        at = wide[-1].end
    return wide


def _in_raw(kept: Kept, span: Span, earlier: list[int]) -> list[Span]:
    """Return the span in raw offsets: whole, or in pieces where a cut that starts at `earlier` lies inside it."""
    ranges = kept.in_raw(span.start, span.end)
    first, last = ranges[0][0], ranges[-1][1]
    next_cut = bisect_left(earlier, first)
    if next_cut < len(earlier) and earlier[next_cut] < last:
        return [replace(span, start=start, end=end) for start, end in ranges]
    return [replace(span, start=first, end=last)]


def _beside(span: Span, others: list[Span]) -> list[Span]:
    """Return the pieces of a span that others, in order and apart, do not cover."""
    pieces: list[Span] = []
    at = span.start
    for index in range(bisect_right(others, span.start, key=_by_end), len(others)):
        other = others[index]
        if other.start >= span.end:
            break
        if at < other.start:
            pieces.append(replace(span, start=at, end=other.start))
        at = max(at, other.end)
    return [*pieces, replace(span, start=at)] if at < span.end else pieces


def _with_closing(text: str, start: int, end: int) -> tuple[int, int]:
    """Take the punctuation and the gap behind what is left out with it, unless something stands before it."""
    before = text[max(0, start - 8) : start].rstrip(_GAP)
    starts_a_sentence = (not before and start <= 8) or before[-1:] in tuple(".!?\n。！？।")
    if starts_a_sentence:
        while end < len(text) and text[end] in _CLOSERS:
            end += 1
        while end < len(text) and text[end] in _GAP:
            end += 1
    return start, end


def _merged(text: str, spans: list[Span]) -> list[tuple[int, int]]:
    """Join what touches, or has only a comma and a joining word between."""
    apart: list[tuple[int, int]] = []
    for span in spans:
        if apart and (span.start <= apart[-1][1] or _only_joins(text[apart[-1][1] : span.start])):
            apart[-1] = (apart[-1][0], max(span.end, apart[-1][1]))
        else:
            apart.append((span.start, span.end))
    return apart


def _only_joins(between: str) -> bool:
    return len(between) < LONGEST_JOIN and between.strip(" \t,;").lower() in JOINING | {""}


def prepare() -> None:
    """Read the word lists now, so that nobody's message waits for it."""
    strip("我有 diabetis")
