"""From raw text to stripped text: clean, find, cut. Linear in the length of the text."""

from feedback.stripping.categories import SPECIAL
from feedback.stripping.cleaning import Kept, clean
from feedback.stripping.detection import find
from feedback.stripping.identifiers import find_always, find_identifiers
from feedback.stripping.texts import Mark, Span, StaffText, StrippedText, by_staff, stripped

_GAP = " \t"
_CLOSERS = ".,;:!?。，；！？、।؟،"


def strip(raw: str, *, identifiers: bool = False) -> StrippedText:
    """Return the text without what its writer should not have told us, and marks where it stood.

    Cards, passwords and one-time codes are always left out; the other identifiers when `identifiers` is true.
    """
    kept = clean(raw)
    spans = _found(kept.text, identifiers)
    if not spans:
        return stripped(kept.text, (), ())
    return _cut(kept, spans)


def staff_text(raw: str) -> StaffText:
    """Return staff's words as they are, with the categories they seem to name."""
    text = clean(raw).text
    named = {span.category for span in _found(text, False)} & SPECIAL
    return by_staff(text, tuple(sorted(named)))


def _found(text: str, identifiers: bool) -> list[Span]:
    spans = [*find(text), *find_always(text)]
    if identifiers:
        spans += find_identifiers(text)
    apart: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if not apart or span.start >= apart[-1].end:
            apart.append(span)
    return apart


def _cut(kept: Kept, spans: list[Span]) -> StrippedText:
    text = kept.text
    cuts = [_with_closing(text, span) for span in spans]
    marks, left, at = [], 0, 0
    for span, (start, end) in zip(spans, cuts, strict=True):
        left += max(0, start - at)
        marks.append(Mark(left, span.category))
        at = max(at, end)
    in_raw = [_as_raw(kept, span) for span in spans]
    return stripped(kept.without(_merged(cuts)).text, tuple(marks), tuple(in_raw))


def _with_closing(text: str, span: Span) -> tuple[int, int]:
    """Take the punctuation and the gap behind a left-out statement with it, unless something stands before it."""
    end = span.end
    starts_a_sentence = not text[: span.start].rstrip(_GAP) or text[: span.start].rstrip(_GAP)[-1] in ".!?\n。！？।"
    if starts_a_sentence:
        while end < len(text) and text[end] in _CLOSERS:
            end += 1
        while end < len(text) and text[end] in _GAP:
            end += 1
    return span.start, end


def _as_raw(kept: Kept, span: Span) -> Span:
    ranges = kept.in_raw(span.start, span.end)
    return Span(ranges[0][0], ranges[-1][1], span.category, span.rule, span.term)


def _merged(cuts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    apart: list[tuple[int, int]] = []
    for start, end in cuts:
        if apart and start < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return apart
