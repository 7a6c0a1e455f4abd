"""Judges an everyday word that is sensitive only as what a person is said to be: "I am blind"."""

from feedback.stripping.categories import Category
from feedback.stripping.clauses import words
from feedback.stripping.rules.attachments import AM_I_BEHIND, HINDI_AM, HINDI_I, US
from feedback.stripping.rules.clause import Clause, is_kins
from feedback.stripping.rules.persons import (
    BLOCKING,
    FILLERS,
    GROUPS,
    JOBS,
    KIN,
    LINKS,
    PERSON_NOUNS,
    POSSESSIVES,
    SUBJECTS,
    THINGS,
    WRITER,
)
from feedback.stripping.rules.verdicts import Verdict, as_apposition, as_greeting, as_self_portrait, in_brackets

_NEGATIONS = words("not n't never isn't wasn't ain't no")
_A = words("a an")
_SHORT_LINKS = words("i'm im he's she's we're they're soy estoy somos sou estou")
_BLOCKING_AND_GROUPS = BLOCKING | GROUPS
_NO_PREDICATE = THINGS | words("of and on for by about without")
_DESCRIBING = (FILLERS | PERSON_NOUNS) - words("in from and or since") - LINKS
_PERSONS = PERSON_NOUNS | words(
    "fella fellow chap gent gentleman gal mum mom mam mother dad father granny grandma grandad widow widower pensioner"
    " couple family household"
)
_HOMES = words("family household background home heritage descent roots stock ancestry clan line people")
_COMING = words("come comes came coming hail hails grew raised born am is was i'm he's she's we're descend descended")
_NOT_DESCRIBING = words("of for with to who that at by like about as with and or on in from than against")


def predicated(clause: Clause) -> Verdict | None:
    """Judge an everyday word that is sensitive only as what a person is said to be: "I am blind"."""
    names, at, behind, first = clause.names, clause.at, clause.behind, clause.first
    if clause.next in _NO_PREDICATE or not JOBS.isdisjoint(names[behind : behind + 3]):
        return None
    index = at - 1
    while index >= 0 and names[index] in _DESCRIBING:
        index -= 1
    if names[at] == "being":
        return Verdict("being", at)
    if described := _described(clause):
        return described
    if first is not None and first < at and clause.previous in KIN | SUBJECTS | PERSON_NOUNS and names[at] in LINKS:
        return Verdict("predicate", first)
    if index < 0 and names[behind : behind + 2] in AM_I_BEHIND:
        return Verdict("predicate", 0, behind + 1)
    if index < 0 and (here := as_greeting(clause) or as_self_portrait(clause) or in_brackets(clause)):
        return here
    if names[index] in HINDI_I and clause.next in HINDI_AM:
        return Verdict("predicate", max(0, index), behind)
    if index < 0:
        is_listed = (clause.before.was_hit and behind <= at + 3) or (at == 0 and not clause.rest and _goes_on(clause))
        return Verdict("list", 0) if is_listed else None
    if clause.term.category == Category.HEALTH and not _NEGATIONS.isdisjoint(names[index:at]):
        return None
    if names[index] == "being":
        return Verdict("being", index)
    is_member = index == 0 and clause.is_name[at] and clause.previous in _A and clause.next in WRITER
    if names[index] == "as" and (clause.next in PERSON_NOUNS or is_member):
        return Verdict("as", index)
    if names[index] in US and at - index == 1:
        return Verdict("predicate", index)
    if names[0] == "used" and names[index] == "be":
        return Verdict("telegraphic", 0)
    if names[index] in LINKS and first is not None and index - first <= 3:
        return Verdict("predicate", first)
    if is_kins(names[index]) and at - index > 1:
        return Verdict("predicate", index if first is None else first)
    has_one = names[index] in {"have", "has", "had"} and first is not None
    is_of_kin = clause.next in KIN and (names[index] in POSSESSIVES or has_one)
    return Verdict("attribute", index) if is_of_kin else None


def _described(clause: Clause) -> Verdict | None:
    """Find an everyday word behind other adjectives: "a six foot two Tongan bloke", "from a Roma background"."""
    names, at, first = clause.names, clause.at, clause.first
    start = next((index for index in range(at, max(-1, at - 7), -1) if names[index] in _A), None)
    if start is None or not _NOT_DESCRIBING.isdisjoint(names[start:at]):
        return None
    front = names[:start]
    if clause.next in _HOMES and first is not None and front[-1:] in (["from"], ["in"]):
        return Verdict("predicate", first) if not _COMING.isdisjoint(front[-4:]) else None
    if clause.next not in _PERSONS or not _BLOCKING_AND_GROUPS.isdisjoint(names[start:at]):
        return None
    if front[-1:] == ["as"]:
        return Verdict("as", start - 1)
    if not front:
        return as_apposition(clause, reach=6)
    is_said = first is not None and start - first <= 3 and bool(front) and front[-1] in LINKS | FILLERS
    return Verdict("predicate", first) if is_said and first is not None else None


def _goes_on(clause: Clause) -> bool:
    """Say whether a word goes on with what the writer is said to be: "I am very dark, Dinka"."""
    said = clause.before.words
    is_link = said[:1] and (said[0] in _SHORT_LINKS or (said[0] in SUBJECTS and said[1:2] and said[1] in LINKS))
    is_plain = len(said) <= 5 and _NOT_DESCRIBING.isdisjoint(said) and BLOCKING.isdisjoint(said)
    return bool(is_link) and is_plain and _A.isdisjoint(said) and clause.before.lead in {"", "and"}
