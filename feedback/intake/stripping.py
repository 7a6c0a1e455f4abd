"""Stripping as the operator set it: what people send goes through here, whichever door it comes by."""

from collections.abc import Container

from django.conf import settings

from feedback.stripping import StrippedText, strip


def strip_words(raw: str, *, released: Container[str] = ()) -> StrippedText:
    """Strip a person's words; of identifiers also those that STRIP_IDENTIFIERS names."""
    return strip(raw, identifiers=settings.STRIP_IDENTIFIERS, released=released)
