"""The rules for a piece that names nobody before its term: what it leaves out, and what it goes on with."""

from feedback.stripping.categories import Category
from feedback.stripping.clauses import words
from feedback.stripping.matching import is_number
from feedback.stripping.rules.clause import Clause
from feedback.stripping.rules.denials import is_in_a_list
from feedback.stripping.rules.persons import (
    ADJUNCT,
    AROUND,
    ARTICLES,
    BLOCKING,
    FILLERS,
    GROUPS,
    JOBS,
    KIN,
    OBJECTS,
    PERSON_NOUNS,
    POSSESSIVES,
    RELATIONS,
    SUBJECTS,
    TELEGRAPHIC,
)
from feedback.stripping.rules.relative_clauses import as_object
from feedback.stripping.rules.verdicts import (
    NEAR,
    Verdict,
    as_apposition,
    as_greeting,
    as_self_portrait,
    as_sender,
    in_brackets,
)

_AS = ("as", "being", "como", "als", "comme", "sebagai", "ser")
_OF_BEING = words("al por ao")
_BEING = FILLERS | PERSON_NOUNS | words("somebody someone who is has with me of ours the only first one ex former")
_YOURS = words("your you've you're")
_HINDI_AM = words("hu hun hoon")
_CAUSES = words("so when while which where because if although")
_TIMES = words(
    "between during after before since until at in on following with seit nach wegen trotz während vor zwischen desde"
    " tras después durante antes depois após depuis après pendant avant setelah selama sejak karena"
)
_BECAUSE = (["because", "of"], ["due", "to"], ["thanks", "to"], ["owing", "to"])
_PRACTISED = frozenset({Category.HEALTH, Category.BELIEF, Category.GENETIC})
_ALONE = frozenset({Category.HEALTH, Category.CRIME, Category.GENETIC})
_BEFALLING = frozenset({Category.HEALTH, Category.CRIME, Category.GENETIC})
_DESCRIBED = words(
    "lifelong observant practising practicing devout proud ex former retired card paid registered born committed"
    " staunch lapsed half quarter full part second first third generation closeted out loyal active serving elected"
    " only newly single unemployed certified devoted orthodox strict secular old young local not"
)
_TITLES = words(
    "steward rep member treasurer convener convenor secretary delegate volunteer candidate councillor activist"
    " supporter voter survivor patient carrier sufferer addict leader rotarian freemason mason teamster scouter"
    " trustee canvasser organiser organizer campaigner veteran convert refugee offender parolee délégué déléguée"
    " delegado delegada afiliado afiliada filiado filiada militante adhérent adhérente syndiqué syndiquée"
    " gewerkschaftsmitglied gewerkschafter gewerkschafterin betriebsrat betriebsrätin parteimitglied sindicalista"
    " sindicalizado sindicalizada concejal concejala anggota pengurus"
)
_ADVISERS = words(
    "doctor doc consultant gp nurse hospital clinic lab surgeon oncologist midwife counsellor counselor geneticist"
    " lawyer solicitor judge barrister dentist therapist psychiatrist neurologist letter voicemail result results"
    " specialist cardiologist medics officer consultant's doctor's lawyer's"
)
"""Who tells the writer what is the matter: the doctor says "your cancer is back"."""
_GROWING_UP = (["growing", "up"], ["grew", "up"])
_SINCE = words("from since after in")
_SOURCES = words("birth childbirth service war army military accident crash childhood school work covid fall")
_TO_ME = words("me us i was")
_TURNED_OUT = (["turns", "out"], ["turned", "out"], ["no", "longer"], ["not", "a"])
_TOLD = words("found says said told")
_MEDICS = _TOLD | words("they doctors doctor doc the hospital gp consultant nurse clinic me a an it's is it")
_SCHEDULED = words(
    "done removed fixed tomorrow today yesterday prep appointment surgery op tonight monday tuesday wednesday"
)
_FLARING = words(
    "like today tonight this last every keep keeps results come comes showed flaring acting worse again makes"
    " made means since at got gets get took hit came is was are has had means all and day days"
)
_PAST = words(
    "went got had took left lost did ran came been was fell broke caught stood quit met sang gone going signed joined"
    " campaigned marched volunteered donated"
)
_MANY = words(
    "two three four five six seven eight nine ten twelve fifteen twenty thirty forty fifty sixty many several"
)
_PERIODS = words("years yrs year months weeks days")


def without_subject(clause: Clause) -> Verdict | None:
    """Judge a term before which its piece names no person."""
    front = clause.front
    for mark in _AS:
        if mark == "ser" and _OF_BEING.isdisjoint(front):
            continue
        if mark in front[-5:] and _BEING.issuperset(front[len(front) - front[::-1].index(mark) :]):
            if clause.next in JOBS:
                return None
            is_from_the_start = front[0] in _PAST | TELEGRAPHIC
            return Verdict("as", 0 if is_from_the_start else max(0, clause.at - front[::-1].index(mark) - 1))
    if clause.rest and clause.rest[-1] in _HINDI_AM:
        return Verdict("verb", 0)
    if portrait := as_self_portrait(clause) or in_brackets(clause):
        return portrait
    if is_in_a_list(clause):
        return None
    if clause.is_strong and clause.previous in {"him", "them"}:
        return Verdict("done to", clause.at - 1)
    if _is_telegraphic(clause):
        return Verdict("telegraphic", 0)
    if clause.before.was_hit and len(front) + len(clause.rest) <= (5 if clause.is_strong else 2):
        return Verdict("list", 0)
    if here := as_greeting(clause) or (as_sender(clause) if clause.is_strong else None):
        return here
    if front[-2:] in _GROWING_UP:
        return Verdict("as", clause.at - 2)
    if clause.next in KIN and is_number(clause.previous):
        return Verdict("attribute", max(0, clause.at - 2))
    if not clause.is_strong:
        is_deed = clause.previous in _TIMES and clause.names[clause.at].endswith("ing")
        return Verdict("adjunct", clause.at - 1) if is_deed else as_apposition(clause)
    return (
        _alone(clause)
        or as_object(clause)
        or _told(clause)
        or _going_on(clause)
        or as_apposition(clause)
        or _in_adjunct(clause)
        or _nearby(clause)
    )


def _alone(clause: Clause) -> Verdict | None:
    """Judge a strong term with next to nothing around it: "type 1 diabetic here"."""
    front, rest = clause.front, clause.rest
    if clause.before.is_quoted or (rest and rest[-1] in _TIMES | {"of"}):
        return None
    around = [name for name in [*front, *rest] if not is_number(name)]
    term = {name.removesuffix("s") for name in clause.names[clause.at : clause.behind]}
    is_title = not (_TITLES.isdisjoint(term) or clause.before.words)
    is_described = clause.names[0] in _DESCRIBED and (bool(front) or clause.behind > 1)
    is_said = bool(rest) or is_title or is_described or clause.term.category in _ALONE
    is_bare = len(around) <= 5 and (AROUND | _DESCRIBED if is_described else AROUND).issuperset(around)
    is_bare = is_bare or (clause.at <= 1 and _is_from_somewhere(clause))
    return Verdict("fragment", 0) if is_bare and is_said else None


def _is_from_somewhere(clause: Clause) -> bool:
    """Say whether a piece tells only whence a sickness is: "PTSD from Iraq"."""
    names, behind = clause.names, clause.behind
    source = behind if clause.next in _SINCE else behind - 1
    if clause.term.category != Category.HEALTH or names[source] not in _SINCE or not 2 <= len(names) - source <= 4:
        return False
    return (clause.is_name[-1] and not all(clause.is_name)) or names[-1] in _SOURCES


def _told(clause: Clause) -> Verdict | None:
    """Find that somebody who knows tells it to the writer: the consultant says "your cancer is back"."""
    if clause.term.category not in _BEFALLING or clause.previous not in _YOURS:
        return None
    told = [*clause.front, *clause.before.words]
    is_told = not _ADVISERS.isdisjoint(told) or ("told" in told and not _TO_ME.isdisjoint(told))
    is_shown = clause.term.category == Category.GENETIC and clause.before.is_quoted
    return Verdict("told", clause.at - 1) if is_told or is_shown else None


def _going_on(clause: Clause) -> Verdict | None:
    """Judge a strong term in a piece that goes on with what the piece before said of a person."""
    before, at = clause.before, clause.at
    if before.lead and before.lead not in _CAUSES and before.persons:
        if len(clause.front) + len(clause.rest) <= 2:
            return Verdict("list", 0)
        if at <= 1 and not POSSESSIVES.isdisjoint(before.words[-3:]):
            return Verdict("list", 0, clause.behind - 1)
    if before.persons and clause.names[0] in {"a", "an"} and at <= 2:
        return Verdict("apposition", 0)
    if not BLOCKING.isdisjoint(clause.front) or (KIN | SUBJECTS).isdisjoint(before.words):
        return None
    if before.lead and clause.names[0] in RELATIONS and at <= NEAR:
        return Verdict("continued", 0)
    is_beside = at <= 4 and len(before.words) <= 4 and (not before.lead or BLOCKING.isdisjoint(before.words))
    return Verdict("apposition", 0) if is_beside else None


def _is_telegraphic(clause: Clause) -> bool:
    """Say whether a piece leaves out of whom it speaks: "had covid last week", "forty years in the lodge"."""
    names, at, front = clause.names, clause.at, clause.front
    if not BLOCKING.isdisjoint(front):
        return False
    if (names[0] in TELEGRAPHIC | _PAST or names[:2] in _TURNED_OUT) and at <= (6 if clause.is_strong else 3):
        return True
    if not clause.is_strong:
        return False
    if _MEDICS.issuperset(front) and not _TOLD.isdisjoint(front):
        return True
    if at == 0 and clause.next in _SCHEDULED:
        return True
    if at <= 1 and clause.term.category == Category.HEALTH and clause.next in _FLARING:
        return True
    if at == 1 and names[0] in _MANY and clause.term.category in _BEFALLING:
        return True
    is_verb = names[0] in _PAST or (names[0].endswith(("ed", "ing")) and len(names[0]) > 4)
    counts_time = at <= 6 and (names[0].isdigit() or names[0] in _MANY) and not _PERIODS.isdisjoint(names[1:3])
    return counts_time or (is_verb and at == 0 and clause.behind > 1)


def _in_adjunct(clause: Clause) -> Verdict | None:
    """Find that the term is when, where or why something happens to the writer: "between dialysis sessions"."""
    names, at = clause.names, clause.at
    if clause.term.category not in _PRACTISED and not clause.before.persons:
        return None
    if names[0] in {"for", "positive"} and 0 < at <= 3:
        return Verdict("adjunct", 0)
    if clause.previous == "for" and at > 2 and names[at - 2] in OBJECTS:
        return Verdict("held", max(0, at - 4))
    if names[max(0, at - 2) : at] in _BECAUSE or names[max(0, at - 3) : max(0, at - 1)] in _BECAUSE:
        return Verdict("adjunct", max(0, at - 2))
    adjunct = ADJUNCT if clause.before.persons else _TIMES
    for index in range(at - 1, max(-1, at - 4), -1):
        if names[index] in adjunct:
            return Verdict("adjunct", index)
        if names[index] in BLOCKING or names[index] in GROUPS:
            return None
    return None


def _nearby(clause: Clause) -> Verdict | None:
    """Find that the term stands beside its person: "I had no sound when the mohel called"."""
    before, at = clause.before, clause.at
    if clause.term.category == Category.ETHNICITY or not before.persons or before.is_quoted:
        return None
    if at > 2 or not BLOCKING.isdisjoint(clause.front):
        return None
    return Verdict("nearby", at - 1 if clause.previous in ARTICLES else at)
