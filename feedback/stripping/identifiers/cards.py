"""Payment cards: an issuer's first digits, its length, and the check digit of Luhn (ISO/IEC 7812-1)."""

import re
from collections.abc import Iterator

from stdnum import luhn

from feedback.stripping.categories import Category
from feedback.stripping.identifiers.labels import is_a_business_number
from feedback.stripping.texts import Span

_ENOUGH_DIGITS = re.compile(r"\d(?:[ .-]?\d){12}")
# Digits, single signs between. "4111 1111 1111 1111 12/27" -> "4111 1111 1111 1111 12"
_RUN = re.compile(r"(?<![\dA-Za-z])\d+(?:[ .-]\d+)*(?![A-Za-z])")
_GROUP = re.compile(r"\d+")
_USUAL = re.compile(r"\d{13,19}|\d{4}(?:[ .-]\d{4}){2}[ .-]\d{1,4}(?:[ .-]\d{3})?|\d{4}[ .-]\d{6}[ .-]\d{4,5}")
_DEVICE = re.compile(r"(?:imei|imsi|iccid|meid|sim)[^\d\n]{0,18}$", re.IGNORECASE)
LONGEST = 19
# Visa, Mastercard, American Express, Discover, Diners Club, JCB, UnionPay, Maestro, RuPay, Mir, Troy, Elo, Verve: the
# first digits from, to, and the lengths.
_ISSUERS = (
    ("4", "4", (13, 16, 19)),
    ("51", "55", (16,)),
    ("2221", "2720", (16,)),
    ("34", "34", (15,)),
    ("37", "37", (15,)),
    ("6011", "6011", (16, 19)),
    ("644", "659", (16, 19)),
    ("300", "305", (14, 16)),
    ("3095", "3095", (14, 16)),
    ("36", "36", (14, 16)),
    ("38", "39", (14, 16)),
    ("3528", "3589", (16, 19)),
    ("62", "62", (16, 17, 18, 19)),
    ("8100", "8171", (16, 19)),
    ("5018", "5018", (13, 14, 15, 16, 19)),
    ("5020", "5020", (13, 14, 15, 16, 19)),
    ("5038", "5038", (13, 14, 15, 16, 19)),
    ("6304", "6304", (13, 14, 15, 16, 19)),
    ("6759", "6763", (13, 14, 15, 16, 19)),
    ("5061", "5067", (16, 18, 19)),
    ("508", "508", (16,)),
    ("60", "60", (16,)),
    ("82", "82", (16,)),
    ("2200", "2205", (16, 19)),
    ("9792", "9792", (16,)),
)


def find_cards(text: str) -> Iterator[Span]:
    """Yield the card numbers of a plain text."""
    if _ENOUGH_DIGITS.search(text) is None:
        return
    for run in _RUN.finditer(text):
        if run.end() - run.start() >= 13:
            yield from _in_run(text, run.start(), run.end())


def _in_run(text: str, start: int, end: int) -> Iterator[Span]:
    groups = [group.span() for group in _GROUP.finditer(text, start, end)]
    is_short = sum(last - first for first, last in groups) <= LONGEST
    if is_short and all(last - first <= 4 for first, last in groups) and _is_card(text, start, end):
        yield Span(start, end, Category.CARD, "luhn")
        return
    at = 0
    while at < len(groups):
        behind = _card_from(text, groups, at)
        if behind:
            yield Span(groups[at][0], groups[behind - 1][1], Category.CARD, "luhn")
        at = max(behind, at + 1)


def _card_from(text: str, groups: list[tuple[int, int]], at: int) -> int:
    """Return the index behind the groups that make a card in a usual grouping, or 0."""
    start = groups[at][0]
    for behind in range(min(at + 5, len(groups)), at, -1):
        end = groups[behind - 1][1]
        if end - start <= LONGEST + 4 and _USUAL.fullmatch(text, start, end) and _is_card(text, start, end):
            return behind
    return 0


def _is_card(text: str, start: int, end: int) -> bool:
    digits = "".join(_GROUP.findall(text, start, end))
    if not any(low <= digits[: len(low)] <= high and len(digits) in lengths for low, high, lengths in _ISSUERS):
        return False
    if not luhn.is_valid(digits) or _DEVICE.search(text, max(0, start - 24), start):
        return False
    return end - start > len(digits) or not is_a_business_number(text, start)
