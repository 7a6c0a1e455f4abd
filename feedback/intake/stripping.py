"""Stripping as the operator set it: what people send goes through here, whichever door it comes by."""

from collections.abc import Callable, Container

from django.conf import settings

from feedback.stripping import Span, StrippedText, strip


def strip_words(raw: str, *, released: Container[str] = ()) -> StrippedText:
    """Strip a person's words; of identifiers also those that STRIP_IDENTIFIERS names."""
    return strip(raw, identifiers=settings.STRIP_IDENTIFIERS, released=released)


def kept_spans(raw: str, is_kept: Callable[[Span], bool]) -> list[Span]:
    """Return, in order, what would be left out of words and is kept because their writer said so.

    What stands in words that are kept is found only when these are released, so it is looked again until nothing comes.
    """
    kept: list[Span] = []
    keys: set[str] = set()
    while True:
        spans = strip_words(raw, released=keys).spans
        more = [span for span in spans if span.release_key and span.release_key not in keys and is_kept(span)]
        if not more:
            return sorted(kept, key=lambda span: span.start)
        kept += more
        keys |= {span.release_key for span in more}
