"""Judges a term with its person behind it in a clause of its own: "the meeting I chair"."""

from feedback.stripping.clauses import words
from feedback.stripping.rules.attachments import GATHERING
from feedback.stripping.rules.clause import Clause
from feedback.stripping.rules.persons import (
    ARTICLES,
    BLOCKING,
    GROUPS,
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
