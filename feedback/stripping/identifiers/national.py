"""National identity and tax numbers: where their name stands beside them, or their form is unmistakable.

Check digits and rules are those of python-stdnum, which names the source of each.
"""

import re
from collections.abc import Iterator

from feedback.stripping.categories import Category
from feedback.stripping.identifiers.labels import is_a_business_number
from feedback.stripping.identifiers.national_rules import ANY_NAME, PASSPORT, PASSPORT_NAME, RULES, Rule
from feedback.stripping.identifiers.windows import windows
from feedback.stripping.texts import Span

# Six digits with single signs between, as all have, or five letters before digits. "123-45-6789", "RSSMRA85T10A562S"
_ENOUGH = re.compile(r"\d(?:(?:[ ./-]?\d){5}|(?<=[A-Za-z]{5}\d)\d|(?<=[A-Za-z]\d)[0-9A-Za-z]{4})")
# Where one may begin: at most six letters, then a digit.
_START = re.compile(r"(?<![0-9A-Za-z])(?<!\d[./-])(?=[A-Za-z]{0,6}\d)")
_SIGN = re.compile(r"[ ./-]")
_BEFORE, _BEHIND = 64, 36
_STOP = re.compile(r"[\n!?;。！？।]|\.\s(?=[A-Z\d])|\d{5}")


def find_national_ids(text: str, lowered: str) -> Iterator[Span]:
    """Yield the identity numbers of a plain text; `lowered` is the same in small letters."""
    around = list(windows(_ENOUGH, text, _BEFORE + _BEHIND, _BEFORE + _BEHIND))
    if not around:
        return
    is_general = ANY_NAME.search(lowered) is not None
    named = [rule for rule in RULES if is_general or any(rule.names.search(text, *window) for window in around)]
    alone = [rule for rule in RULES if rule.alone is not None]
    for found in _START.finditer(text):
        start = found.start()
        end = _alone(text, start, alone) or (_named(text, start, named) if named else 0)
        if end:
            yield Span(start, end, Category.NATIONAL_ID, "check digits")
    if any(PASSPORT_NAME.search(text, *window) for window in around):
        for found in PASSPORT.finditer(text):
            yield Span(*found.span("value"), Category.NATIONAL_ID, "named")


def _alone(text: str, start: int, rules: list[Rule]) -> int:
    """Return where a number whose form is unmistakable ends, or 0."""
    for rule in rules:
        form = rule.alone.match(text, start) if rule.alone else None
        if form and rule.is_valid(form.group()) and not is_a_business_number(text, start):
            return form.end()
    return 0


def _named(text: str, start: int, rules: list[Rule]) -> int:
    """Return where a number with its name beside it ends, or 0."""
    for rule in rules:
        form = rule.form.match(text, start)
        if form and _is_named(text, start, form.end(), rule) and _is_valid(rule, form.group()):
            return form.end()
    return 0


def _is_valid(rule: Rule, written: str) -> bool:
    return rule.is_valid(written) or rule.is_valid(_SIGN.sub("", written))


def _is_named(text: str, start: int, end: int, rule: Rule) -> bool:
    if is_a_business_number(text, start):
        return False
    before = text[max(0, start - _BEFORE) : start]
    *_, before = _STOP.split(before)
    behind = _STOP.split(text[end : end + _BEHIND], maxsplit=1)[0]
    return any(rule.names.search(part) or ANY_NAME.search(part.lower()) for part in (before, behind))
