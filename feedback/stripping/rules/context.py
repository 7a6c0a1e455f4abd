"""Judges whether a term is said of a person: the rules, each with the name that a span tells."""

from feedback.stripping.categories import Category
from feedback.stripping.clauses import words
from feedback.stripping.rules.attachments import AM_I_BEHIND, BEFALLING, DETENTION, GATHERING, HINDI_AM, HINDI_I, US
from feedback.stripping.rules.blocking import blocked, blocking
from feedback.stripping.rules.clause import SOMEBODY, Clause, is_kins
from feedback.stripping.rules.denials import describes_a_thing, is_of_a_job, is_of_nobody
from feedback.stripping.rules.endings import MOST_BEHIND
from feedback.stripping.rules.giving import given
from feedback.stripping.rules.persons import ARTICLES, BLOCKING, JOBS, KIN, PLACES, POSSESSIVES, RELATIONS, SELF
from feedback.stripping.rules.predicates import predicated
from feedback.stripping.rules.relative_clauses import like_me, of_the_named, relative
from feedback.stripping.rules.subjectless import without_subject
from feedback.stripping.rules.verdicts import NEAR, OWN, Verdict, as_apposition, as_couple, is_of_two

_SOON = 4
_OWN_BEHIND = words("saya kami aku gue gua gw ku suami istri ibu ayah")
_OF = words("of de del di da do")
_GOING_ON = words(
    "is was has had took takes makes made means keeps kept left got runs won't doesn't can't stops stopped and"
    " with in on since for again both gave gives hit came comes needs"
)
_RUNNING = words(
    "run ran lead led chair chaired attend attended head headed teach taught serve served manage managed organise"
    " organised organize organized host hosted started founded belong belonged joined am moderate preach"
)
_ORDERING = words(
    "wants want wanted needs need needed requires required lets let allows allowed makes made ordered orders insists"
    " expects told tells says said checks checked rings calls monitors tagged released moved transferred gave gives"
    " put asked asks granted refused denied recalled sent called"
)
_STAFF = ARTICLES | JOBS | words("nurse doctor team staff from at of in on lady man woman people someone somebody")
_ONLY = words("only also still now always never just don't doesn't won't has have had even")
_PERSON_ACTED_ON = words("i me us him her them my our his we he she")


def judge(clause: Clause) -> Verdict | None:
    """Return why the term of a clause is said of a person, or None when it is not."""
    if found := like_me(clause) or of_the_named(clause):
        return found
    if is_of_nobody(clause):
        return None
    if is_of_two(clause):
        return as_couple(clause)
    if clause.term.category == Category.BIOMETRIC:
        return given(clause)
    if clause.term.strength == "weak":
        return predicated(clause) or as_apposition(clause)
    is_of_an_owner = clause.is_strong and clause.names[clause.at] in POSSESSIVES and clause.next in PLACES
    if describes_a_thing(clause) and not is_of_an_owner:
        is_gathering = clause.is_strong and clause.term.category in GATHERING
        return relative(clause, _RUNNING) if is_gathering else None
    if clause.first is None:
        return without_subject(clause) or _with_person_behind(clause)
    if is_of_a_job(clause, clause.first):
        return None
    return _said_of(clause, clause.first) or relative(clause)


def _said_of(clause: Clause, first: int) -> Verdict | None:
    """Judge a term behind the person of whom something is said."""
    names, at, between = clause.names, clause.at, clause.names[first + 1 : clause.at]
    if "being" in between[-3:]:
        return Verdict("being", at - 1 - names[at - 1 :: -1].index("being"))
    is_owned = clause.is_owned or (names[max(first, at - 2)] in POSSESSIVES and clause.previous not in KIN)
    is_plain = names[first] in SELF and between[:1] in (["a"], ["an"]) and at - first <= 4
    if not is_owned and not is_plain and not blocking(clause, between).isdisjoint(between):
        return blocked(clause, first, between)
    if clause.previous == "about" and first != at:
        return None
    if clause.is_strong:
        return Verdict("strong", first)
    if names[first] in HINDI_I and clause.next in HINDI_AM:
        return Verdict("related", first, clause.behind)
    return Verdict("related", first) if is_owned or _relates(clause, first, between) else None


def _relates(clause: Clause, first: int, between: list[str]) -> bool:
    """Say whether a verb ties the term to the person: having, being, going to."""
    names, at = clause.names, clause.at
    if names[first] in SELF or not RELATIONS.isdisjoint(between[-NEAR:]) or clause.term.language != "en":
        return True
    if clause.behind - at > 1 and at - first <= 2:  # the verb is the term's own
        return True
    is_verb = at - first == 1 and names[at].endswith("ed")
    return is_verb or clause.previous in US or (at > 1 and clause.previous in ARTICLES and is_kins(names[at - 2]))


def _with_person_behind(clause: Clause) -> Verdict | None:
    """Find the person behind the term: "the khutbah I give", "cancer took my mother"."""
    names, at, behind = clause.names, clause.at, clause.behind
    if clause.term.language == "id" and not _OWN_BEHIND.isdisjoint(names[behind : behind + 2]):
        return Verdict("owned", at, behind if names[behind] in _OWN_BEHIND else behind + 1)
    start = at - 1 if clause.previous in ARTICLES | POSSESSIVES else at
    owner = behind + 1 if clause.next in _OF else behind
    if (
        names[owner : owner + 1]
        and names[owner] in POSSESSIVES
        and not SOMEBODY.isdisjoint(names[owner + 1 : owner + 2])
    ):
        return Verdict("owned", start, owner + 1)
    if clause.is_strong and at <= 3 and clause.next in {"me", "us"}:
        return Verdict("done to", 0)
    if names[behind : behind + 2] in AM_I_BEHIND:
        return Verdict("predicate", start, behind + 1)
    if found := relative(clause) or _ordered_about(clause):
        return found
    is_near_the_start = clause.is_strong and at <= 3 and BLOCKING.isdisjoint(clause.front)
    return _befallen(clause, start) if is_near_the_start and clause.term.category in BEFALLING else None


def _befallen(clause: Clause, start: int) -> Verdict | None:
    """Judge a term that is itself the subject: "cancer took my mother", "the epilepsy makes typing hard"."""
    names, behind = clause.names, clause.behind
    for index in range(behind, min(len(names) - 1, behind + 5)):
        if names[index] in POSSESSIVES and names[index + 1] in SOMEBODY:
            return Verdict("befallen", start, index + 1)
    if clause.term.category != Category.HEALTH or clause.before.is_quoted:
        return None
    if clause.next in _GOING_ON and clause.front == ["the"]:
        return Verdict("befallen", 0)
    reach = MOST_BEHIND if clause.next in _GOING_ON else _SOON
    return Verdict("befallen", start) if not OWN.isdisjoint(names[behind : behind + reach]) else None


def _ordered_about(clause: Clause) -> Verdict | None:
    """Find the one whom a prison or its service orders about: "the probation service wants proof that I ..."."""
    names, behind = clause.names, clause.behind
    is_law = clause.term.category == Category.CRIME and not DETENTION.isdisjoint(names[clause.at : behind])
    is_care = clause.term.category == Category.HEALTH and clause.is_strong
    if not (is_law or is_care) or clause.before.is_quoted or not _STAFF.issuperset(clause.front):
        return None
    verb = next((at for at in range(clause.at + 1, min(len(names), behind + 2)) if names[at] in _ORDERING), None)
    if verb is None or not _ONLY.issuperset(names[behind:verb]):
        return None
    for index in range(verb + 1, min(len(names), verb + 5)):
        if names[index] in _PERSON_ACTED_ON:
            return Verdict("befallen", 0)
    return None
