"""Judges whether a term is said of a person, and where the statement starts and ends."""

from dataclasses import dataclass

from feedback.stripping.categories import Category
from feedback.stripping.clauses import words
from feedback.stripping.persons import (
    AROUND,
    BLOCKING,
    FILLERS,
    GIVING,
    GROUPS,
    GROUPS_BEFORE,
    HYPOTHETICAL,
    KIN,
    LINKS,
    NAMING,
    NEXT_STATEMENT,
    NOT_NAMES,
    OWNED_THINGS,
    PLACES,
    POSSESSIVES,
    RELATIONS,
    SELF,
    SUBJECTS,
    TELEGRAPHIC,
    THINGS,
    VOTED_IN_APPS,
)
from feedback.stripping.vocabulary import Term

_NEGATIONS = words("not n't never isn't wasn't ain't no")
_NEAR = 7
"""A relation further in front of a term than this many words is about something else."""
_MOST_BEHIND = 14
"""So many words behind a term still belong to its statement."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The rule that held, and the index of the first word of the statement."""

    rule: str
    first: int


def judge(
    names: list[str], is_name: list[bool], at: int, term: Term, lead: str, earlier: list[str], was_hit: bool
) -> Verdict | None:
    """Return why the term at `at` is said of a person, or None when it is not."""
    behind = at + len(term.words)
    if lead in HYPOTHETICAL or not HYPOTHETICAL.isdisjoint(names[:2]) or _is_of_a_group(names, at, behind):
        return None
    if not NAMING.isdisjoint(names[:at]) or (
        term.category == Category.POLITICS and not VOTED_IN_APPS.isdisjoint(names)
    ):
        return None
    first = at if names[at] in POSSESSIVES else _subject(names, is_name, at)
    if first is not None and (_is_of_a_thing(names, first, at) or _is_a_given_name(names, is_name, at)):
        return None
    if term.category == Category.BIOMETRIC:
        gives = not GIVING.isdisjoint(names) and not POSSESSIVES.isdisjoint(names)
        return Verdict("given", _possessed(names, at)) if gives else None
    if term.strength == "weak":
        return _weakly(names, at, behind, first, was_hit, term)
    if names[behind : behind + 1] and names[behind] in THINGS and not _is_about_oneself(names, at, behind):
        return None
    if first is None:
        return _without_subject(names, at, behind, term, earlier, was_hit, lead)
    return _said_of(names, at, first, term)


def last_word(names: list[str], first: int, at: int, behind: int) -> int:
    """Return the index of the last word of a statement from `first` with its term from `at` to before `behind`."""
    says_what = names[first] in POSSESSIVES and RELATIONS.isdisjoint(names[first + 1 : at])
    last = behind - 1
    for index in range(behind, min(len(names), behind + _MOST_BEHIND)):
        if names[index] in NEXT_STATEMENT and not (says_what and index == behind and names[index] in LINKS):
            break
        last = index
    return last


def _said_of(names: list[str], at: int, first: int, term: Term) -> Verdict | None:
    between = names[first + 1 : at]
    if "being" in between[-3:]:
        return Verdict("being", at - 1 - names[at - 1 :: -1].index("being"))
    is_owned = names[at - 1] in POSSESSIVES or (names[max(first, at - 2)] in POSSESSIVES and names[at - 1] not in KIN)
    blocking = BLOCKING - {"see", "saw"} if term.category == Category.HEALTH else BLOCKING
    if not blocking.isdisjoint(between) and not is_owned:
        return None
    if term.strength == "strong":
        return Verdict("strong", first)
    relates = names[first] in SELF or not RELATIONS.isdisjoint(between[-_NEAR:]) or term.language != "en"
    return Verdict("related", first) if relates or is_owned else None


def _weakly(names: list[str], at: int, behind: int, first: int | None, was_hit: bool, term: Term) -> Verdict | None:
    if names[behind : behind + 1] and names[behind] in THINGS | {"of", "and", "on", "for", "by", "about", "without"}:
        return None
    index = at - 1
    while index >= 0 and names[index] in FILLERS and names[index] not in LINKS:
        index -= 1
    if index < 0:
        return Verdict("list", 0) if was_hit and behind <= at + 3 else None
    if term.category == Category.HEALTH and not _NEGATIONS.isdisjoint(names[index:at]):
        return None
    is_linked = names[index] in LINKS and first is not None and index - first <= 3
    if is_linked and first is not None:
        return Verdict("predicate", first)
    is_of_kin = names[index] in POSSESSIVES and names[behind : behind + 1] and names[behind] in KIN
    return Verdict("attribute", index) if is_of_kin else None


def _without_subject(
    names: list[str], at: int, behind: int, term: Term, earlier: list[str], was_hit: bool, lead: str
) -> Verdict | None:
    strong = term.strength == "strong"
    before = names[:at]
    for mark in ("as", "being", "como", "als", "comme"):
        if mark in before[-4:] and FILLERS.issuperset(before[len(before) - before[::-1].index(mark) :]):
            return Verdict("as", max(0, at - before[::-1].index(mark) - 1))
    if before and before[0] in TELEGRAPHIC and at <= (6 if strong else 3) and BLOCKING.isdisjoint(before):
        return Verdict("telegraphic", 0)
    rest = [*before, *names[behind:]]
    if was_hit and len(rest) <= 5 and strong:
        return Verdict("list", 0)
    if was_hit and len(rest) <= 2:
        return Verdict("list", 0)
    if (
        strong
        and len(rest) <= 4
        and AROUND.issuperset(name for name in rest if not name.isdigit())
        and (names[behind:] or term.category in {Category.HEALTH, Category.CRIME})
    ):
        return Verdict("fragment", 0)
    speaks_of_person = not (KIN | SUBJECTS).isdisjoint(earlier)
    if strong and lead and speaks_of_person and names[0] in RELATIONS and at <= _NEAR and BLOCKING.isdisjoint(before):
        return Verdict("continued", 0)
    follows_person = speaks_of_person and len(earlier) <= 4
    is_apposition = strong and follows_person and at <= 4 and BLOCKING.isdisjoint(before)
    return Verdict("apposition", 0) if is_apposition else None


def _subject(names: list[str], is_name: list[bool], at: int) -> int | None:
    """Return where the person starts of whom the words before `at` speak: the nearest subject, else an owner."""
    found = _nearest(names, is_name, at)
    while found is not None and found > 0 and (names[found - 1] in SUBJECTS or names[found - 1] in KIN):
        found = _possessed(names, found - 1) if names[found - 1] in KIN else found - 1
    return found


def _nearest(names: list[str], is_name: list[bool], at: int) -> int | None:
    owner = None
    for index in range(at - 1, -1, -1):
        name = names[index]
        if name in KIN:
            return _possessed(names, index)
        if name in SUBJECTS or (name == "main" and not {"hu", "hun", "hoon"}.isdisjoint(names)):
            return index
        if is_name[index] and _is_a_named_person(names, index):
            return index
        if name in POSSESSIVES and owner is None:
            owner = index
    return owner


def _is_a_given_name(names: list[str], is_name: list[bool], at: int) -> bool:
    """Say whether the term is what a relative is called: "my son Christian"."""
    return is_name[at] and at > 0 and names[at - 1] in KIN and not all(is_name)


def _is_of_a_thing(names: list[str], first: int, at: int) -> bool:
    return names[first] in POSSESSIVES and not OWNED_THINGS.isdisjoint(
        name.removesuffix("'s") for name in names[first + 1 : min(at, first + 3)]
    )


def _is_a_named_person(names: list[str], index: int) -> bool:
    follows = names[index + 1 : index + 2]
    return (
        bool(follows) and follows[0] in {"is", "has", "was", "had", "suffers", "got"} and names[index] not in NOT_NAMES
    )


def _possessed(names: list[str], index: int) -> int:
    for owner in range(index - 1, max(-1, index - 4), -1):
        if names[owner] in POSSESSIVES:
            return owner
    return index


def _is_of_a_group(names: list[str], at: int, behind: int) -> bool:
    speaks_of_us = not {"we", "we're", "i", "i'm", "im"}.isdisjoint(names[:at]) and not LINKS.isdisjoint(names[:at])
    if names[behind : behind + 1] and names[behind] in GROUPS:
        return not speaks_of_us
    return not GROUPS_BEFORE.isdisjoint(names[max(0, at - 5) : at])


def _is_about_oneself(names: list[str], at: int, behind: int) -> bool:
    """Say whether what follows a term goes on with the statement: "diabetes with", "my dialysis centre"."""
    goes_on = names[behind] in {"with", "after", "through", "when", "again", "to"}
    return goes_on or (names[behind] in PLACES and at > 0 and names[at - 1] in POSSESSIVES)
