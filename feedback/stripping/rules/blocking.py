"""What makes a term behind a person untrue of them, and what is true all the same."""

from feedback.stripping.categories import Category
from feedback.stripping.clauses import words
from feedback.stripping.rules.attachments import BEFALLING, DETENTION, GATHERING, HAVING
from feedback.stripping.rules.clause import Clause
from feedback.stripping.rules.persons import BLOCKING, POSSESSIVES
from feedback.stripping.rules.verdicts import Verdict

_REFLEXIVE = words("myself himself herself themselves itself ourselves")
_CALLING = words("call calls called calling")
_SEEING = words("see saw sees")
_MEANS = words("by with using through via")
_ILL = frozenset({Category.HEALTH, Category.GENETIC})
_SINCE = words("since after following despite")
_WRITING = words("write writes writing wrote call calls calling called ring rings rang type types typing typed")
_WORKING = words("work works worked working")
_STUDYING = words("study studying studies learn learning want wants wanted")
_LIKING = words("like love likes loves want wants")
_TO_BECOME = (["to", "become"],)
_BUYING = words("buy bought order ordered miss missed")
_NEW = POSSESSIVES | words("a an new another second spare first")
_AT_ITS_END = frozenset({""}) | words("every on by at so now today tonight again in last this for with")


def blocked(clause: Clause, first: int, between: list[str]) -> Verdict | None:
    """Judge a term behind a verb that would block it: whence somebody writes, or since when somebody cannot speak."""
    names, at = clause.names, clause.at
    if "from" in names[at - 2 : at] and clause.term.category in BEFALLING:
        is_inside = not DETENTION.isdisjoint(names[at : clause.behind]) and between[0] not in HAVING
        if is_inside and not _WRITING.isdisjoint(between[:2]) and clause.next in _AT_ITS_END:
            return Verdict("related", first)
        return Verdict("adjunct", at - 2 + names[at - 2 : at].index("from")) if clause.is_strong else None
    if clause.term.category in _ILL and clause.next in _AT_ITS_END:
        for index in range(at, max(first, at - 4), -1):
            if names[index] in _SINCE:
                return Verdict("adjunct", index)
    return None


def blocking(clause: Clause, between: list[str]) -> frozenset[str]:
    """Return the verbs after which this term would not be true of the person."""
    is_health = clause.term.category == Category.HEALTH
    if is_health and clause.front[-2:] == ["is", "called"]:
        return frozenset()
    if is_health and clause.is_strong and not _MEANS.isdisjoint(between[-2:]):
        return frozenset()
    blocking = BLOCKING - _SEEING if is_health else BLOCKING
    if "what" in between:
        blocking -= _CALLING
    if between[-2:] in _TO_BECOME or between[-3:-1] in _TO_BECOME:
        blocking -= _STUDYING
    if clause.term.category in GATHERING and clause.is_strong:
        if "as" in between[:-1] and not _WORKING.isdisjoint(between):
            blocking -= _WORKING
        if between[-1:] == ["to"]:
            blocking -= _LIKING
    if clause.term.category in BEFALLING and clause.is_strong:
        done = next((at for at in range(len(between) - 1, -1, -1) if between[at] in _BUYING), None)
        if done is not None and _NEW.issuperset(between[done + 1 :]):
            blocking -= _BUYING
    return blocking if _REFLEXIVE.isdisjoint(between) else blocking - _CALLING
