"""Clauses that contradict one another, or what consent is; of two that do, a finding names both."""

import re
from collections.abc import Iterator

from consent.policies.linting.findings import Clause, Finding, Rule

_ALONE: dict[Rule, str] = {
    Rule.SILENT_CONSENT: (
        r"\bdeemed to be (?:a |your )?(?:consent|agreement)\b|\bby (?:continuing|using|accessing|visiting)\b[^.]*"
        r"\b(?:agree\w*|consent\w*|accept\w*)\b"
    ),
    Rule.FORCED_ACCESS: (
        r"\byou (?:will|must|shall|have to) allow\b[^.]*\b(?:contacts?|album|photos|notifications|location|camera|"
        r"microphone|network)\b"
    ),
    Rule.IDENTIFYING_OR_NOT: (
        r"\bidentify you\b[^.]*\.[^.]*\binclud\w+[^.]*\bnon-personal\b|\bincludes? personal and non-personal\b"
    ),
    Rule.OPEN_LIST: r"\betc\b|\band so on\b|\band the like\b|\b(?:and|or) other similar information\b",
}
_NEVER = re.compile(r"\b(?:never|will not|shall not|not have the right)\b[^.]*\b(?:any (?:third|purposes?))", re.I)
_EXCEPT = re.compile(r"\bexcept as (?:otherwise )?(?:stated|described|provided)\b", re.I)
_PERFECT = re.compile(r"\b(?:perfect|absolutely (?:safe|secure)|(?:fully|completely) secure)\b", re.I)
_UNSURE = re.compile(r"\b(?:can ?not|can[’']t|do not)\b[^.]*\bguarantee\b", re.I)
_CHANGES = re.compile(r"\b(?:changes?|modify|revise|update)\b[^.]*\b(?:at any time|from time[- ]to[- ]time)\b", re.I)
_ANNOUNCED = re.compile(
    r"\b(?:announce|tell you|notify|inform you|notice)\b[^.]*\b(?:days?|weeks?|months?|before)\b", re.I
)
_NOT_PERSONAL = re.compile(r"\bnon-personal(?:ly)?\b|\bnot personal\b|\bcannot be used to\b[^.]*\bidentify\b", re.I)
_DEVICE = re.compile(
    r"\b(?:(?:device|phone|cellphone) (?:model|brand)|operating system|system version|"
    r"(?:cellphone|phone)[^.]*\bsystem)\b",
    re.I,
)


def contradictions(clauses: list[Clause]) -> Iterator[Finding]:
    """Yield what contradicts itself, another clause, or consent as an act."""
    for rule, pattern in _ALONE.items():
        for clause in clauses:
            if found := re.search(pattern, clause.text, re.IGNORECASE):
                yield Finding(rule, clause.anchor, found[0])
    yield from _pairs(Rule.NEVER_BUT, _EXCEPT, _NEVER, clauses)
    yield from _pairs(Rule.PERFECT_BUT, _PERFECT, _UNSURE, clauses)
    yield from _both_kinds(clauses)
    if not any(_ANNOUNCED.search(clause.text) for clause in clauses):
        for clause in clauses:
            if found := _CHANGES.search(clause.text):
                yield Finding(Rule.CHANGE_UNANNOUNCED, clause.anchor, found[0])


def _pairs(rule: Rule, one: re.Pattern[str], other: re.Pattern[str], clauses: list[Clause]) -> Iterator[Finding]:
    against = next((clause.anchor for clause in clauses if other.search(clause.text)), "")
    for clause in clauses:
        if against and (found := one.search(clause.text)):
            yield Finding(rule, clause.anchor, found[0], against)


def _both_kinds(clauses: list[Clause]) -> Iterator[Finding]:
    """Yield facts about the phone that one clause calls personal and another not."""
    speaking = [clause for clause in clauses if _DEVICE.search(clause.text)]
    not_personal = [clause for clause in speaking if _NOT_PERSONAL.search(clause.text)]
    personal = [clause for clause in speaking if clause not in not_personal]
    for clause in not_personal[:1]:
        found = _DEVICE.search(clause.text)
        if personal and found:
            yield Finding(Rule.PERSONAL_OR_NOT, clause.anchor, found[0], personal[0].anchor)
