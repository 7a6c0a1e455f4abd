"""Why a term is said of nobody: it is supposed, a name, a group's, a thing's, or what somebody works for."""

from feedback.stripping.categories import Category
from feedback.stripping.clause import Clause, is_kins
from feedback.stripping.clauses import words
from feedback.stripping.persons import (
    GROUPS,
    GROUPS_BEFORE,
    HYPOTHETICAL,
    JOBS,
    KIN,
    LINKS,
    NAMING,
    OBJECTS,
    OFFENDERS,
    OWNED_THINGS,
    PLACES,
    POSSESSIVES,
    PRODUCTS,
    SUBJECTS,
    THINGS,
    VOTED_IN_APPS,
)

_A = words("a an")
_AM_I = ["am", "i"]
_NAMED = words("named titled")
_PLACED = words(
    "outside near opposite behind beside past nearest devant derrière près frente cerca vor neben hinter perto atrás"
    " depan dekat belakang"
)
_FICTION = words("character novel musical roleplay rpg cosplay sitcom screenplay videogame")
_US = words("we we're i i'm im")
_TAUGHT = words("children kids students pupils patients clients adults teenagers youth families")
_SERVING = words("on in at for of to")
_THINGS = THINGS | PRODUCTS
_GOES_ON = words("with after through when again to calls called")


def is_of_nobody(clause: Clause) -> bool:
    """Say whether the term is certainly not said of a person."""
    if _is_supposed(clause) or _is_of_a_group(clause) or _is_a_name(clause):
        return True
    if _is_a_job(clause) or _is_where_something_is(clause) or not _FICTION.isdisjoint(clause.names):
        return True
    if clause.term.category == Category.CRIME and not OFFENDERS.isdisjoint(clause.names):
        return True
    if "vot" in clause.term.text and not VOTED_IN_APPS.isdisjoint(clause.names):
        return True
    return clause.first is not None and (_is_of_a_thing(clause, clause.first) or _is_a_given_name(clause))


def describes_a_thing(clause: Clause) -> bool:
    """Say whether the term only tells what kind of thing follows: "epilepsy warning", but not "my dialysis centre"."""
    if clause.next not in _THINGS or clause.next in _GOES_ON:
        return False
    names, at = clause.names, clause.at
    is_owned = clause.is_owned or (at > 1 and (names[at - 2] in POSSESSIVES or is_kins(names[at - 2])))
    is_own = clause.next in PLACES or (clause.is_strong and clause.next not in PRODUCTS)
    return not (is_owned and is_own)


def is_of_a_job(clause: Clause, first: int) -> bool:
    """Say whether the term is what somebody works for: "a nurse on the oncology ward", "an imam's secretary"."""
    names, at = clause.names, clause.at
    if names[at].endswith("'s") and not JOBS.isdisjoint(names[at + 1 : at + 3]):
        return True
    if names[first] in POSSESSIVES:
        return False
    serves = not _SERVING.isdisjoint(names[max(first, at - 2) : at]) and clause.previous not in POSSESSIVES
    return serves and not JOBS.isdisjoint(names[first + 1 : at])


def _is_a_job(clause: Clause) -> bool:
    """Say whether the term is what somebody does for a living: "an oncology receptionist"; not who cares for one."""
    is_work = clause.next in JOBS or (clause.names[clause.behind - 1] in JOBS and clause.behind - clause.at > 1)
    is_paid = clause.term.category in {Category.HEALTH, Category.CRIME} and is_work
    return is_paid and (clause.previous in _A or clause.names[clause.at] in _A)


def _is_where_something_is(clause: Clause) -> bool:
    """Say whether a house of prayer only tells a place: "outside the church"."""
    return clause.term.category == Category.BELIEF and not _PLACED.isdisjoint(clause.front[-3:])


def _is_supposed(clause: Clause) -> bool:
    """Say whether a piece only supposes what it says; "se" is no supposition within a piece, but Hindi for "from"."""
    names = clause.names
    if (
        clause.before.lead in HYPOTHETICAL
        or names[0] in HYPOTHETICAL
        or names[max(0, clause.at - 2) : clause.at] == _AM_I
    ):
        return True
    return len(names) > 1 and names[1] in HYPOTHETICAL - {"se", "si"}


def _is_a_name(clause: Clause) -> bool:
    """Say whether the term is what somebody or something is called: "my surname is Black"."""
    front = clause.front[-6:]
    said = next((index for index, name in enumerate(front) if name in NAMING and index >= len(front) - 3), None)
    said = next((index for index, name in enumerate(front) if name in _NAMED), said)
    return said is not None and front[-1] not in POSSESSIVES and OBJECTS.isdisjoint(front[said:])


def _is_a_given_name(clause: Clause) -> bool:
    """Say whether the term is what a relative is called: "my son Christian"."""
    is_kin = clause.previous in KIN and not is_kins(clause.previous)
    return clause.is_name[clause.at] and is_kin and not all(clause.is_name)


def _is_of_a_thing(clause: Clause, first: int) -> bool:
    owned = clause.names[first + 1 : min(clause.at, first + 3)]
    return clause.names[first] in POSSESSIVES and not OWNED_THINGS.isdisjoint(name.removesuffix("'s") for name in owned)


def _is_of_a_group(clause: Clause) -> bool:
    if clause.next in GROUPS:
        return _US.isdisjoint(clause.front) or LINKS.isdisjoint(clause.front)
    if clause.next in _TAUGHT and clause.at and clause.previous not in POSSESSIVES:
        return True
    front = clause.front[-5:]
    if not POSSESSIVES.isdisjoint(front[-2:]):
        return False
    if "as" in front and not {"someone", "somebody"}.isdisjoint(front):
        return False
    since = next((index for index in range(len(front) - 1, -1, -1) if front[index] in SUBJECTS), 0)
    groups = (index for index in range(since, len(front)) if front[index] in GROUPS_BEFORE)
    return any(index == 0 or front[index - 1] not in POSSESSIVES for index in groups)
