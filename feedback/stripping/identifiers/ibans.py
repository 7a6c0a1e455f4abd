"""Bank accounts: IBANs of the registry's countries and lengths, with valid check digits (ISO 13616)."""

import re
from collections.abc import Iterator
from functools import lru_cache

from stdnum import iban, numdb

from feedback.stripping.categories import Category
from feedback.stripping.texts import Span

# The start of one. "DE89 3704…", "GB82WEST…", "de89-3704…"
_START = re.compile(r"(?<![0-9A-Za-z])[A-Za-z]{2}\d\d(?=[ .-]?[0-9A-Za-z]{2})")
# The rest of one, wider than any. " 3704 0044 0532 0130 00"
_REST = re.compile(r"(?:[ .-]?[0-9A-Za-z]){11,30}")
_FIELD = re.compile(r"(\d+)!?[nac]")
_SIGN = re.compile(r"[ .-]")


def find_ibans(text: str, lowered: str) -> Iterator[Span]:
    """Yield the IBANs of a plain text."""
    for found in _START.finditer(text):
        length = _length_in(found.group()[:2].upper())
        rest = _REST.match(text, found.end()) if length else None
        end = _end_of(text, found.start(), rest.end(), length) if rest else 0
        if end and iban.is_valid(_SIGN.sub("", text[found.start() : end]).upper(), check_country=False):
            yield Span(found.start(), end, Category.IBAN, "check digits")


def _end_of(text: str, start: int, last: int, length: int) -> int:
    """Return where the `length`th letter or digit ends, or 0 when a word goes on there."""
    for at in range(start, last):
        length -= text[at] not in " .-"
        if length == 0:
            goes_on = at + 1 < len(text) and text[at + 1].isascii() and text[at + 1].isalnum()
            return 0 if goes_on else at + 1
    return 0


@lru_cache(maxsize=1024)
def _length_in(country: str) -> int:
    """Return how many characters the IBANs of a country have; 0 for no country."""
    facts = numdb.get("iban").info(country)[0][1]
    return 4 + sum(map(int, _FIELD.findall(facts["bban"]))) if "bban" in facts else 0
