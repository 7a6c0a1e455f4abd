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
    JOBS,
    KIN,
    LINKS,
    NAMING,
    NEXT_STATEMENT,
    NOT_NAMES,
    OWNED_THINGS,
    PERSON_NOUNS,
    PLACES,
    POSSESSIVES,
    PRODUCTS,
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
_WRITER = words("i we i've i'm we've")
_ARTICLES = words("a an the")
_APPOSED = _ARTICLES | words("who who's whose that que qui der die yang")
_STARTS = POSSESSIVES | SUBJECTS | KIN | words("me")
_OWN_BEHIND = words("saya kami aku gue gua gw ku suami istri ibu ayah")
_UNDERWENT = words("did do stared had have done looked put went through")
_OWN = words("i i've me my mine our saya kami aku gue")
_ADJUNCT = words("between during after before since until at in on because from through despite following")
_CAUSES = words("so when while which where because if although")
_TIMES = words("between during after before since until at in on following with")
_BECAUSE = (["because", "of"], ["due", "to"], ["thanks", "to"], ["owing", "to"])
"""Words before when, where or why something happened."""
_SERVING = words("on in at for of to")
_BEFALLING = frozenset({Category.HEALTH, Category.GENETIC, Category.CRIME})
_PRACTISED = frozenset({Category.HEALTH, Category.BELIEF})
_DOERS = words("i i've he she they you we")
_OPENING = _ADJUNCT | words("with for via about by of as without")
_CALLED = words("me him her us them myself himself herself themselves")
_REFLEXIVE = words("myself himself herself themselves itself")
_TAUGHT = words("children kids students pupils patients clients adults teenagers youth families")
_HINDI_I, _HINDI_AM = words("main mai mein me"), words("hu hun hoon tha thi the")
_DESCRIBING = (FILLERS | PERSON_NOUNS) - words("in from and or since")
_BEING = FILLERS | PERSON_NOUNS | words("somebody someone who is has with me of ours the only first one")
_PLEASE = ["por", "favor"]
_SAYING = LINKS | words("no that it its this the")
"""With these a statement about something owned goes on: "my court date is the 12th"."""
_TOLD = words("found says said told")
_MEDICS = _TOLD | words("they doctors doctor doc the hospital gp consultant nurse clinic me a an it's is it")
_SCHEDULED = words(
    "done removed fixed tomorrow today yesterday prep appointment surgery op tonight monday tuesday wednesday"
)
_FLARING = words(
    "like today tonight this last every keep keeps results come comes showed flaring acting worse again makes made means"
    " got gets get took hit came is was are has had means all and day days"
)
_TURNED_OUT = (["turns", "out"], ["turned", "out"])
_PAST = words("went got had took left lost did ran came been was fell broke caught stood quit met sang gone going")
_MANY = words(
    "two three four five six seven eight nine ten twelve fifteen twenty thirty forty fifty sixty many several"
)
_PERIODS = words("years yrs year months weeks days")
_MEANS = words("by with using")
_GOING_ON = words(
    "is was has had took takes makes made means keeps kept left got runs won't doesn't can't stops stopped and with"
    " in on since for again both gave gives hit came comes needs"
)
_LEADING = words(
    "run ran lead led chair chaired sit sat attend attended go went belong belonged head headed teach taught serve"
    " served manage managed organise organised organize organized host hosted give gave use used take took have had"
    " wear wore need started founded am was belonged joined do did sing sang play preach preached"
)
"""What somebody does with an office, a practice or an aid that is named before: "the union I chair"."""
_MOST_BEHIND = 14
"""So many words behind a term still belong to its statement."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The rule that held, and the indices of the first word of the statement and, where the rule knows it, the last."""

    rule: str
    first: int
    last: int | None = None


@dataclass(frozen=True, slots=True)
class Before:
    """What stands before a piece in its sentence.

    lead: the joining word. words: the piece before. was_hit: whether that one disclosed. persons: whether the sentence
    has spoken of the writer, or of somebody else, so far. is_quoted: whether the piece is the start of a quotation.
    """

    lead: str = ""
    is_quoted: bool = False
    words: tuple[str, ...] = ()
    was_hit: bool = False
    persons: bool = False


def judge(names: list[str], is_name: list[bool], at: int, behind: int, term: Term, before: Before) -> Verdict | None:
    """Return why the term from `at` to before `behind` is said of a person, or None when it is not."""
    if before.lead in HYPOTHETICAL or _is_supposed(names) or _is_of_a_group(names, at, behind):
        return None
    if _is_a_name(names, at) or ("vot" in term.text and not VOTED_IN_APPS.isdisjoint(names)):
        return None
    first = at if names[at] in _STARTS else _subject(names, is_name, at)
    if first is None and term.language in {"es", "pt", "fr"} and "me" in names[:at]:
        first = names.index("me")
    if names[at] == "being" or (first is None and not _STARTS.isdisjoint(names[at:behind])):
        first = at
    if first is not None and (_is_of_a_thing(names, first, at) or _is_a_given_name(names, is_name, at)):
        return None
    if term.category == Category.BIOMETRIC:
        return _given(names, at, behind, term)
    if term.strength == "weak":
        return _weakly(names, at, behind, first, before.was_hit, term) or _as_apposition(names, at, before)
    if names[behind : behind + 1] and names[behind] in THINGS and not _is_about_oneself(names, at, behind, term):
        return None
    if first is None:
        return _without_subject(names, at, behind, term, before) or _with_person_behind(names, at, behind, term, before)
    if _is_of_a_job(names, first, at):
        return None
    return _said_of(names, at, behind, first, term)


PERSONS = KIN | SUBJECTS | POSSESSIVES


def opening(names: list[str], first: int) -> int:
    """Return where a statement opens: with who did it, or with the word that puts it into the sentence.

    "I was expelled from my union", "since my stroke".
    """
    if not first or names[first] not in POSSESSIVES:
        return first
    for index in range(max(0, first - 4), first):
        if names[index] in _DOERS and BLOCKING.isdisjoint(names[index:first]):
            return index
    if names[first - 1] not in _OPENING:
        return first
    if names[first - 1] == "of" and first > 1:
        return first - 3 if first > 2 and names[first - 3] in _ARTICLES else first - 2
    return first - 1


def last_word(names: list[str], first: int, at: int, behind: int) -> int:
    """Return the index of the last word of a statement from `first` with its term from `at` to before `behind`."""
    says_what = names[first] in POSSESSIVES and RELATIONS.isdisjoint(names[first + 1 : at])
    ending = NEXT_STATEMENT - _SAYING if says_what else NEXT_STATEMENT
    last = behind - 1
    for index in range(behind, min(len(names), behind + _MOST_BEHIND)):
        if names[index] in ending or names[index : index + 2] == _PLEASE:
            break
        last = index
    return last


def _given(names: list[str], at: int, behind: int, term: Term) -> Verdict | None:
    """Find who gave a pattern of the body away; a feature that is named after one is nobody's."""
    is_owned = not POSSESSIVES.isdisjoint(names[max(0, at - 2) : behind]) or not _OWN.isdisjoint(
        names[behind : behind + 7]
    )
    is_given = not GIVING.isdisjoint(names) and not (_OWN | POSSESSIVES).isdisjoint(names)
    was_taken = not SUBJECTS.isdisjoint(names[:at]) and not (GIVING | _UNDERWENT).isdisjoint(names[:at])
    if not (is_owned or was_taken or is_given if term.strength == "strong" else is_given):
        return None
    return Verdict("given", at if names[at] in POSSESSIVES else _possessed(names, at))


def _said_of(names: list[str], at: int, behind: int, first: int, term: Term) -> Verdict | None:
    between = names[first + 1 : at]
    if "being" in between[-3:]:
        return Verdict("being", at - 1 - names[at - 1 :: -1].index("being"))
    is_owned = _is_owned(names, at) or (names[max(first, at - 2)] in POSSESSIVES and names[at - 1] not in KIN)
    blocking = BLOCKING - {"see", "saw", "sees"} if term.category == Category.HEALTH else BLOCKING
    if term.category == Category.HEALTH and term.strength == "strong" and names[at - 1] in _MEANS:
        blocking = frozenset()
    if not _REFLEXIVE.isdisjoint(between):
        blocking = blocking - {"call", "calls", "called", "calling"}
    is_plain = names[first] in SELF and between[:1] in (["a"], ["an"]) and at - first <= 4
    if not blocking.isdisjoint(between) and not is_owned and not is_plain:
        is_held = term.strength == "strong" and term.category in _BEFALLING and "from" in names[at - 2 : at]
        return Verdict("adjunct", at - 2 + names[at - 2 : at].index("from")) if is_held else None
    if names[at - 1] == "about" and first != at:
        return None
    if term.strength == "strong":
        return Verdict("strong", first)
    carries_verb = (behind - at > 1 and at - first <= 2) or (at - first == 1 and names[at].endswith("ed"))
    relates = names[first] in SELF or not RELATIONS.isdisjoint(between[-_NEAR:]) or term.language != "en"
    is_contracted = at > 1 and names[at - 1] in _ARTICLES and names[at - 2] in KIN and names[at - 2].endswith("'s")
    relates = relates or carries_verb or is_contracted
    return Verdict("related", first) if relates or is_owned else None


def _weakly(names: list[str], at: int, behind: int, first: int | None, was_hit: bool, term: Term) -> Verdict | None:
    if names[behind : behind + 1] and names[behind] in THINGS | {"of", "and", "on", "for", "by", "about", "without"}:
        return None
    if not JOBS.isdisjoint(names[behind : behind + 3]):
        return None
    index = at - 1
    while index >= 0 and names[index] in _DESCRIBING and names[index] not in LINKS:
        index -= 1
    if index < 0:
        return Verdict("list", 0) if was_hit and behind <= at + 3 else None
    if term.category == Category.HEALTH and not _NEGATIONS.isdisjoint(names[index:at]):
        return None
    if names[index] == "being":
        return Verdict("being", index)
    if "as" in names[index : index + 1] and names[behind : behind + 1] and names[behind] in PERSON_NOUNS:
        return Verdict("as", index)
    if names[0] == "used" and names[index] == "be":
        return Verdict("telegraphic", 0)
    is_linked = names[index] in LINKS and first is not None and index - first <= 3
    is_linked = is_linked or (names[index] in KIN and names[index].endswith("'s") and at - index > 1)
    if is_linked:
        return Verdict("predicate", index if first is None else first)
    has_one = names[index] in {"have", "has", "had"} and first is not None
    is_of_kin = (names[index] in POSSESSIVES or has_one) and names[behind : behind + 1] and names[behind] in KIN
    return Verdict("attribute", index) if is_of_kin else None


def _without_subject(names: list[str], at: int, behind: int, term: Term, before: Before) -> Verdict | None:
    strong = term.strength == "strong"
    front = names[:at]
    for mark in ("as", "being", "como", "als", "comme"):
        if mark in front[-5:] and _BEING.issuperset(front[len(front) - front[::-1].index(mark) :]):
            return Verdict("as", max(0, at - front[::-1].index(mark) - 1))
    if _is_telegraphic(names, at, behind, term):
        return Verdict("telegraphic", 0)
    rest = [*front, *names[behind:]]
    if before.was_hit and len(rest) <= (5 if strong else 2):
        return Verdict("list", 0)
    if (
        strong
        and not before.is_quoted
        and len(rest) <= 4
        and AROUND.issuperset(name for name in rest if not name.isdigit())
        and (names[behind:] or term.category in {Category.HEALTH, Category.CRIME})
    ):
        return Verdict("fragment", 0)
    if not strong:
        return _as_apposition(names, at, before)
    if before.lead and before.lead not in _CAUSES and before.persons:
        if len(rest) <= 2:
            return Verdict("list", 0)
        if at <= 1 and not POSSESSIVES.isdisjoint(before.words[-3:]):
            return Verdict("list", 0, behind - 1)
    is_plain = BLOCKING.isdisjoint(front)
    speaks_of_person = not (KIN | SUBJECTS).isdisjoint(before.words)
    if before.lead and speaks_of_person and names[0] in RELATIONS and at <= _NEAR and is_plain:
        return Verdict("continued", 0)
    if is_plain and at <= 4 and speaks_of_person and len(before.words) <= 4:
        return Verdict("apposition", 0)
    return _as_apposition(names, at, before) or _in_adjunct(names, at, term, before) or _nearby(names, at, term, before)


def _is_telegraphic(names: list[str], at: int, behind: int, term: Term) -> bool:
    """Say whether a piece leaves out of whom it speaks: "had covid last week", "forty years in the lodge"."""
    strong = term.strength == "strong"
    if not BLOCKING.isdisjoint(names[:at]):
        return False
    if (names[0] in TELEGRAPHIC | _PAST or names[:2] in _TURNED_OUT) and at <= (6 if strong else 3):
        return True
    if not strong:
        return False
    if _MEDICS.issuperset(names[:at]) and not _TOLD.isdisjoint(names[:at]):
        return True
    if at == 0 and names[behind : behind + 1] and names[behind] in _SCHEDULED:
        return True
    if at <= 1 and term.category == Category.HEALTH and names[behind : behind + 1] and names[behind] in _FLARING:
        return True
    starts_with_verb = (
        at == 0 and behind > 1 and (names[0] in _PAST or (names[0].endswith(("ed", "ing")) and len(names[0]) > 4))
    )
    counts_time = at <= 6 and (names[0].isdigit() or names[0] in _MANY) and not _PERIODS.isdisjoint(names[1:3])
    return starts_with_verb or counts_time


def _as_apposition(names: list[str], at: int, before: Before) -> Verdict | None:
    """Say whether a piece tells who the person just named is: "my dad, a lifelong Labour man, ..."."""
    is_apposed = names[0] in _APPOSED and at <= 3 and bool(before.words) and before.words[-1] in KIN | _WRITER
    return Verdict("apposition", 0) if is_apposed else None


def _nearby(names: list[str], at: int, term: Term, before: Before) -> Verdict | None:
    """Say whether the term stands beside its person: "I had no sound when the mohel called"."""
    if term.category == Category.ETHNICITY or not before.persons or before.is_quoted:
        return None
    if at > 2 or not BLOCKING.isdisjoint(names[:at]):
        return None
    start = at - 1 if at and names[at - 1] in _ARTICLES else at
    return Verdict("nearby", start)


def _in_adjunct(names: list[str], at: int, term: Term, before: Before) -> Verdict | None:
    """Say whether the term is when, where or why something happens to the writer: "between dialysis sessions"."""
    adjunct = _ADJUNCT if before.persons else _TIMES
    if term.category not in _PRACTISED and not before.persons:
        return None
    if names[0] in {"for", "positive"} and 0 < at <= 3:
        return Verdict("adjunct", 0)
    if names[at - 1] == "for" and names[at - 2 : at - 1] and names[at - 2] in _CALLED and at > 2:
        return Verdict("held", max(0, at - 4))
    for opening_words in _BECAUSE:
        if names[max(0, at - 2) : at] == opening_words or names[max(0, at - 3) : at - 1] == opening_words:
            return Verdict("adjunct", max(0, at - 2))
    for index in range(at - 1, max(-1, at - 4), -1):
        if names[index] in adjunct:
            return Verdict("adjunct", index)
        if names[index] in BLOCKING or names[index] in GROUPS:
            return None
    return None


def _with_person_behind(names: list[str], at: int, behind: int, term: Term, before: Before) -> Verdict | None:
    """Find the person behind the term: "the khutbah I give", "cancer took my mother"."""
    if term.language == "id" and not _OWN_BEHIND.isdisjoint(names[behind : behind + 2]):
        return Verdict("owned", at, behind if names[behind] in _OWN_BEHIND else behind + 1)
    start = at - 1 if at and names[at - 1] in _ARTICLES | POSSESSIVES else at
    if term.strength == "strong" and at <= 3 and names[behind : behind + 1] and names[behind] in {"me", "us"}:
        return Verdict("done to", 0)
    for index in range(behind, min(len(names), behind + 4)):
        if names[index] in _WRITER:
            verb = index + 1
            if names[verb : verb + 1] and names[verb] in _LEADING:
                return Verdict("relative", start, verb)
            break
    if term.category in _BEFALLING and term.strength == "strong" and at <= 3 and BLOCKING.isdisjoint(names[:at]):
        for index in range(behind, min(len(names) - 1, behind + 5)):
            if names[index] in POSSESSIVES and names[index + 1] in KIN | PERSON_NOUNS:
                return Verdict("befallen", start, index + 1)
        goes_on = bool(names[behind : behind + 1]) and names[behind] in _GOING_ON
        if goes_on and term.category == Category.HEALTH and names[:at] == ["the"] and not before.is_quoted:
            return Verdict("befallen", 0)
        is_health = term.category == Category.HEALTH
        if (
            goes_on
            and is_health
            and not before.is_quoted
            and not _OWN.isdisjoint(names[behind : behind + _MOST_BEHIND])
        ):
            return Verdict("befallen", start)
    return None


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
        if name in SUBJECTS or (name in _HINDI_I and not _HINDI_AM.isdisjoint(names)):
            return index
        if is_name[index] and _is_a_named_person(names, index):
            return index
        if name in POSSESSIVES and owner is None:
            owner = index
    return owner


def _is_owned(names: list[str], at: int) -> bool:
    """Say whether what stands at `at` is somebody's: "my dialysis", "my husband's minister"."""
    return at > 0 and (names[at - 1] in POSSESSIVES or (names[at - 1].endswith("'s") and names[at - 1] in KIN))


def _is_supposed(names: list[str]) -> bool:
    """Say whether a piece only supposes what it says; "se" is no supposition within a piece, but Hindi for "from"."""
    return names[0] in HYPOTHETICAL or (len(names) > 1 and names[1] in HYPOTHETICAL - {"se", "si"})


def _is_of_a_job(names: list[str], first: int, at: int) -> bool:
    """Say whether the term is what somebody works for: "a nurse on the oncology ward", "an imam's secretary"."""
    if names[at].endswith("'s") and not JOBS.isdisjoint(names[at + 1 : at + 3]):
        return True
    if names[first] in POSSESSIVES:
        return False
    serves = not _SERVING.isdisjoint(names[max(first, at - 2) : at]) and POSSESSIVES.isdisjoint(names[at - 1 : at])
    return serves and not JOBS.isdisjoint(names[first + 1 : at])


def _is_a_name(names: list[str], at: int) -> bool:
    """Say whether the term is what somebody or something is called: "my surname is Black"."""
    front = names[max(0, at - 3) : at]
    said = next((index for index, name in enumerate(front) if name in NAMING), None)
    return said is not None and front[-1] not in POSSESSIVES and _CALLED.isdisjoint(front[said:])


def _is_a_given_name(names: list[str], is_name: list[bool], at: int) -> bool:
    """Say whether the term is what a relative is called: "my son Christian"."""
    return is_name[at] and at > 0 and names[at - 1] in KIN and not names[at - 1].endswith("'s") and not all(is_name)


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
    if names[behind : behind + 1] and names[behind] in _TAUGHT and at and names[at - 1] not in POSSESSIVES:
        return True
    front = names[max(0, at - 5) : at]
    if not POSSESSIVES.isdisjoint(front[-2:]):
        return False
    if "as" in front and not {"someone", "somebody"}.isdisjoint(front):
        return False
    since = next((index for index in range(len(front) - 1, -1, -1) if front[index] in SUBJECTS), 0)
    groups = (index for index in range(since, len(front)) if front[index] in GROUPS_BEFORE)
    return any(index == 0 or front[index - 1] not in POSSESSIVES for index in groups)


def _is_about_oneself(names: list[str], at: int, behind: int, term: Term) -> bool:
    """Say whether what follows a term goes on with the statement: "diabetes with", "my dialysis centre"."""
    goes_on = names[behind] in {"with", "after", "through", "when", "again", "to", "calls", "called"}
    is_owned = at > 0 and (names[at - 1] in POSSESSIVES or (names[at - 1].endswith("'s") and names[at - 1] in KIN))
    return goes_on or (
        is_owned and (names[behind] in PLACES or (term.strength == "strong" and names[behind] not in PRODUCTS))
    )
