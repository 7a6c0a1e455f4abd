"""Finds what identifies: cards and secrets always, the other kinds when they are asked for."""

import re
from collections.abc import Callable, Container, Iterator

from feedback.stripping.categories import Category
from feedback.stripping.identifiers import codes, passwords
from feedback.stripping.identifiers.cards import find_cards
from feedback.stripping.identifiers.ibans import find_ibans
from feedback.stripping.identifiers.national import find_national_ids
from feedback.stripping.identifiers.networks import find_emails, find_ips
from feedback.stripping.identifiers.phones import find_phones
from feedback.stripping.identifiers.plain import Plain
from feedback.stripping.identifiers.postal import find_addresses
from feedback.stripping.identifiers.signatures import find_signatures
from feedback.stripping.identifiers.tokens import find_tokens
from feedback.stripping.texts import Span

_Finder = Callable[[str, str], Iterator[Span]]
"""What takes a plain text, and the same in small letters."""
_ANYWHERE: dict[Category, _Finder] = {Category.SIGNATURE: find_signatures, Category.EMAIL: find_emails}
_WITH_DIGITS: dict[Category, _Finder] = {
    Category.IBAN: find_ibans,
    Category.IP: find_ips,
    Category.NATIONAL_ID: find_national_ids,
    Category.ADDRESS: find_addresses,
    Category.PHONE: find_phones,
}
_DIGIT = re.compile(r"\d")
OPTIONAL = frozenset({*_ANYWHERE, *_WITH_DIGITS})
"""The kinds that are left out when they are asked for; cards and secrets always are."""


def find_identifiers(text: str, kinds: Container[str]) -> Iterator[Span]:
    """Yield cards and secrets, which are never kept, and the OPTIONAL identifiers of the kinds."""
    plain = Plain(text)
    for span in _in_plain(plain.text, kinds):
        start, end = plain.origin(span.start, span.end)
        yield Span(start, end, span.category, span.rule)


def _in_plain(text: str, kinds: Container[str]) -> Iterator[Span]:
    lowered = text.lower()
    has_digit = _DIGIT.search(text) is not None
    yield from find_tokens(text, lowered)
    if passwords.GUARD.search(lowered):
        yield from passwords.find_passwords(text)
    if has_digit:
        yield from find_cards(text)
        if codes.GUARD.search(lowered):
            yield from codes.find_codes(text, lowered)
    for category, find in _ANYWHERE.items():
        if category in kinds:
            yield from find(text, lowered)
    for category, find in _WITH_DIGITS.items():
        if has_digit and category in kinds:
            yield from find(text, lowered)
