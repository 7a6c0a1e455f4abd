"""Judges a term by a person who stands beside it as an object, or in a clause of their own: "the meeting I chair"."""

from feedback.stripping.clauses import words
from feedback.stripping.rules.attachments import BEFALLING, GATHERING, US
from feedback.stripping.rules.clause import Clause
from feedback.stripping.rules.persons import (
    ARTICLES,
    BLOCKING,
    GROUPS,
    GROUPS_BEFORE,
    KIN,
    OBJECTS,
    PERSON_NOUNS,
    POSSESSIVES,
    SELF,
    SUBJECTS,
    WRITER,
)
from feedback.stripping.rules.verdicts import Verdict

_THEY = words("il elle él ella er sie ele ela he she we us i dia beliau dem mir")
_WRITERS = words("me us myself ourselves")
_LEADING = words(
    "run ran lead led chair chaired sit sat attend attended go went belong belonged head headed teach taught"
    " serve served manage managed organise organised organize organized host hosted give gave use used take took"
    " have had wear wore need started founded am was belonged joined do did sing sang play preach preached"
    " volunteer volunteered coordinate coordinated represent clerk pray prayed worship worshipped"
)
"""What somebody does with an office, a practice or an aid that is named before: "the union I chair"."""
_MOVING = words(
    "take takes took taking drive drives drove bring brings brought move moves moved put puts keep keeps kept admit"
    " admitted refer refers refer referred transfer transferred rush rushed prescribe prescribed wheel wheels wheeled"
    " fly flew send sends sent start started get gets got had has hook hooked switch switched confine confined"
    " sentence sentenced commit committed drop drops dropped"
)
"""What others do with a person that tells of them."""
_PUT = words("to into on onto in at with for from off back")
_TOWARDS = _PUT | words("a an the my his her our their up over out daily weekly")
_WHO = words("who who's")
_WHICH = words(
    "dont duquel laquelle auquel lequel où onde donde dem der denen die dessen deren qual quais cual quem que quien"
    " tempat dimana"
)
"""What a relative clause starts with: "le syndicat dont je suis délégué"."""
_TAKING = words("uso usei baixei descargué instalé assinei firmé escuto sigo doy")


def relative(clause: Clause, leading: frozenset[str] = _LEADING) -> Verdict | None:
    """Find the writer behind an office, a practice or an aid: "the meeting I chair", "the lodge where I'm a member"."""
    names, at, behind = clause.names, clause.at, clause.behind
    start = at - 1 if clause.previous in ARTICLES | POSSESSIVES else at
    if "as" in clause.front:
        return None
    is_gathering = clause.term.category in GATHERING and clause.term.language != "en"
    if (clause.is_strong or is_gathering) and (which := _which(clause)):
        return Verdict("relative", start, which)
    for index in range(behind, min(len(names) - 1, behind + 4)):
        if names[index] in WRITER:
            is_one = names[index] in SELF and names[index + 1] in ARTICLES | {"on", "in"}
            return Verdict("relative", start, index + 1) if is_one or names[index + 1] in leading else None
    return None


def _which(clause: Clause) -> int | None:
    """Return where the writer's part stands in a relative clause of another language: "do qual sou diretora"."""
    names, behind = clause.names, clause.behind
    if clause.term.language == "en" and clause.next not in _WHICH - {"die"}:
        return None
    which = next((index for index in range(behind, min(len(names), behind + 3)) if names[index] in _WHICH), None)
    if which is None or names[which : which + 1] == names[behind - 1 : behind]:
        return None
    for index in range(which + 1, min(len(names), which + 3)):
        if names[index] in SUBJECTS - _THEY and names[index] not in _TAKING:
            said = names[index + 1 : index + 3]
            return min(len(names) - 1, index + 1) if BLOCKING.isdisjoint(said) else None
    return None


def as_object(clause: Clause) -> Verdict | None:
    """Find to whom something is done: "a van takes me to dialysis", "they moved my dad to a psychiatric ward"."""
    if clause.term.category not in BEFALLING:
        return None
    names, at = clause.names, clause.at
    person = at - 1
    while person > max(0, at - 6) and names[person] in _TOWARDS:
        person -= 1
    is_person = names[person] in OBJECTS | US or names[person] in KIN
    if person < 1 or not is_person or _PUT.isdisjoint(names[person + 1 : at]):
        return None
    verb = person - 1
    if names[person] in KIN and verb and names[verb] in POSSESSIVES:
        verb -= 1
    return Verdict("done to", verb) if names[verb] in _MOVING else None


def of_the_named(clause: Clause) -> Verdict | None:
    """Judge what is said of somebody whose name alone is the piece before: "one of us, Dave, who's on dialysis"."""
    said = clause.before.words
    is_one = 0 < len(said) <= 2 and (GROUPS | GROUPS_BEFORE | ARTICLES).isdisjoint(said)
    return Verdict("relative", 0) if is_one and clause.is_strong and clause.names[0] in _WHO else None


def like_me(clause: Clause) -> Verdict | None:
    """Find that the writer is one of those of whom something is said: "people with epilepsy like me"."""
    names, behind = clause.names, clause.behind
    like = next((index for index in range(behind, min(len(names) - 1, behind + 4)) if names[index] == "like"), None)
    if like is None or names[like + 1] not in _WRITERS:
        return None
    group = next(
        (at for at in range(max(0, clause.at - 3), clause.at) if names[at] in GROUPS | PERSON_NOUNS), clause.at
    )
    return Verdict("like me", group, like + 1)
