"""Judges a pattern of somebody's body: who gave it away, or took it."""

from feedback.stripping.clauses import words
from feedback.stripping.rules.attachments import HAVING
from feedback.stripping.rules.clause import Clause
from feedback.stripping.rules.persons import ARTICLES, GIVING, POSSESSIVES, SUBJECTS
from feedback.stripping.rules.verdicts import OWN, Verdict

_DONE_TO = words("was were got been")
_UNDERWENT = words("did do stared had have done looked put went through")
_HOLDERS = words("you they u i we you've they've i've we've he she")
_FAR = 8
_HANDED = HAVING | words(
    "gave give given sent send uploaded upload took taken take scanned scan recorded record kept keep stored store"
    " made did enrolled registered attach attached submitted provided put"
)


def given(clause: Clause) -> Verdict | None:
    """Find who gave a pattern of the body away; a feature that is named after one is nobody's."""
    names, at, behind = clause.names, clause.at, clause.behind
    owners = names[max(0, at - 2) : behind]
    is_owned = not POSSESSIVES.isdisjoint(owners) or not OWN.isdisjoint(names[at + 1 : behind + 7])
    is_given = not GIVING.isdisjoint(names) and not (OWN | POSSESSIVES).isdisjoint(names)
    was_taken = not SUBJECTS.isdisjoint(clause.front) and not (GIVING | _UNDERWENT).isdisjoint(names[: behind + 2])
    was_taken = was_taken or (behind - at > 2 and not (SUBJECTS | OWN).isdisjoint(clause.front))
    was_taken = was_taken or (clause.previous in _DONE_TO and not SUBJECTS.isdisjoint(clause.front))
    is_held = not _HOLDERS.isdisjoint(clause.front) and not HAVING.isdisjoint(clause.front[-3:]) and clause.is_owned
    if not (is_given or is_held or (clause.is_strong and (is_owned or was_taken))):
        return None
    first = at if names[at] in POSSESSIVES else clause.possessed(at)
    if first == at and clause.previous in ARTICLES:
        first = at - 1
    for index in range(at - 1, max(-1, at - _FAR), -1):
        if names[index] in _HOLDERS | SUBJECTS and not _HANDED.isdisjoint(names[index + 1 : at]):
            return Verdict("given", index)
    return Verdict("given", first)
