"""What would be left out of words that are being typed: each by itself, with what their writer may say about it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from feedback.intake.stripping import kept_spans, strip_words
from feedback.intake.words import category_words
from feedback.portal.forms import released_keys
from feedback.stripping import Span, hardly_anything_left

SHOWN_AT_MOST = 50
"""Of what would be left out; what comes behind moves up once these are seen to."""
_CHARACTERS = {"message": 20_000, "subject": 120, "name": 80}


@dataclass(frozen=True)
class Found:
    """Words that would be left out, or would but for their writer; `key` is empty where that is not theirs to say."""

    field: str
    span: Span
    words: str

    @property
    def key(self) -> str:
        return self.span.release_key

    @property
    def about(self) -> str:
        return category_words(self.span.category)

    @property
    def looks_like(self) -> str:
        return category_words(self.span.category, is_sentence=True)


@dataclass(frozen=True)
class Checked:
    """What would be left out and what is kept because its writer said so, in the order of the form."""

    cut: list[Found]
    kept: list[Found]
    cuts: int
    is_little_left: bool

    @property
    def shown(self) -> list[Found]:
        return self.cut[:SHOWN_AT_MOST]

    @property
    def more(self) -> int:
        """Return how many are not shown."""
        return len(self.cut) - len(self.shown)

    @property
    def said(self) -> str:
        """Return in one line what a writer hears while typing."""
        if not self.cut:
            return ""
        categories = dict.fromkeys(found.span.category for found in self.cut)
        names = ", ".join(dict.fromkeys(map(category_words, categories)))
        return _("We will leave this out: %(names)s. Everything else goes as you wrote it.") % {"names": names}


def checked(given: Mapping[str, Any], fields: Sequence[str] = ("message", "subject", "name")) -> Checked:
    """Return what stripping the fields of a form would leave out; nothing is stored."""
    released = released_keys(given)
    cut: list[Found] = []
    kept: list[Found] = []
    cuts, is_little_left = 0, False
    for field in fields:
        raw = given.get(field, "")[: _CHARACTERS[field]]
        words = strip_words(raw, released=released)
        cut += _found(field, raw, words.spans)
        cuts += sum(not mark.released for mark in words.marks)
        is_little_left = is_little_left or (field == "message" and hardly_anything_left(words))
        if any(mark.released for mark in words.marks):
            kept += _found(field, raw, kept_spans(raw, lambda span: span.release_key in released))
    once = {found.key: found for found in reversed(kept)}
    return Checked(cut, list(once.values())[::-1], cuts, is_little_left)


def told_while_typing(request: HttpRequest, found: Checked, *, has_needs: bool) -> JsonResponse:
    """Answer the page's own script: where what was found stands, and the part of the page that shows it."""
    spans = [
        {"field": one.field, "start": one.span.start, "end": one.span.end, "category": one.span.category}
        for one in found.shown
    ]
    part = render_to_string("portal/_marks.html", {"check": found, "needs": has_needs}, request)
    return JsonResponse({"spans": spans, "said": found.said, "little_left": found.is_little_left, "part": part})


def _found(field: str, raw: str, spans: Sequence[Span]) -> Iterator[Found]:
    return (Found(field, span, raw[span.start : span.end].strip()) for span in spans)
