"""Judges whether a term is said of a person: the rules, each with the name that a span tells."""

from feedback.stripping.categories import Category
from feedback.stripping.clause import SOMEBODY, Clause, is_kins
from feedback.stripping.clauses import words
from feedback.stripping.denials import describes_a_thing, is_of_a_job, is_of_nobody
from feedback.stripping.endings import MOST_BEHIND
from feedback.stripping.persons import (
    ARTICLES,
    BLOCKING,
    FILLERS,
    GIVING,
    GROUPS,
    JOBS,
    KIN,
    LINKS,
    PERSON_NOUNS,
    PLACES,
    POSSESSIVES,
    RELATIONS,
    SELF,
    SUBJECTS,
    THINGS,
    WRITER,
)
from feedback.stripping.subjectless import without_subject
from feedback.stripping.verdicts import (
    NEAR,
    OWN,
    Verdict,
    as_apposition,
    as_couple,
    as_greeting,
    as_self_portrait,
    in_brackets,
    is_of_two,
)

_SOON = 4
_BEFALLING = frozenset({Category.HEALTH, Category.GENETIC, Category.CRIME})
_NEGATIONS = words("not n't never isn't wasn't ain't no")
_OWN_BEHIND = words("saya kami aku gue gua gw ku suami istri ibu ayah")
_OF = words("of de del di da do")
_DONE_TO = words("was were got been")
_UNDERWENT = words("did do stared had have done looked put went through")
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
_HOLDERS = words("you they u i we you've they've i've we've he she")
_HAVING = words("have has had got hold holds")
_FAR = 8
_HANDED = _HAVING | words(
    "gave give given sent send uploaded upload took taken take scanned scan recorded record kept keep stored store"
    " made did enrolled registered attach attached submitted provided put"
)
_A = words("a an")
_SHORT_LINKS = words("i'm im he's she's we're they're soy estoy somos sou estou")
_BLOCKING_AND_GROUPS = BLOCKING | GROUPS
_THEY = words("il elle él ella er sie ele ela he she we us i dia beliau dem mir")
_HINDI_I, _HINDI_AM = words("main mai mein me hum ham"), words("hu hun hoon hoo hain")
_AM_I_BEHIND = (["i", "am"], ["i", "was"], ["we", "are"], ["bin", "ich"], ["war", "ich"], ["sind", "wir"])
_WRITERS = words("me us myself ourselves")
_US = words("us we")
_NO_PREDICATE = THINGS | words("of and on for by about without")
_DESCRIBING = (FILLERS | PERSON_NOUNS) - words("in from and or since") - LINKS
_GOING_ON = words(
    "is was has had took takes makes made means keeps kept left got runs won't doesn't can't stops stopped and"
    " with in on since for again both gave gives hit came comes needs"
)
_LEADING = words(
    "run ran lead led chair chaired sit sat attend attended go went belong belonged head headed teach taught"
    " serve served manage managed organise organised organize organized host hosted give gave use used take took"
    " have had wear wore need started founded am was belonged joined do did sing sang play preach preached"
    " volunteer volunteered coordinate coordinated represent clerk pray prayed worship worshipped"
)
"""What somebody does with an office, a practice or an aid that is named before: "the union I chair"."""
_RUNNING = words(
    "run ran lead led chair chaired attend attended head headed teach taught serve served manage managed organise"
    " organised organize organized host hosted started founded belong belonged joined am moderate preach"
)
_GATHERING = frozenset({Category.BELIEF, Category.POLITICS, Category.MEMBERSHIP})
_WHICH = words(
    "dont duquel laquelle auquel lequel où onde donde dem der denen die dessen deren qual quais cual quem que quien"
    " tempat dimana"
)
"""What a relative clause starts with: "le syndicat dont je suis délégué"."""
_TAKING = words("uso usei baixei descargué instalé assinei firmé escuto sigo doy")
_PERSONS = PERSON_NOUNS | words(
    "fella fellow chap gent gentleman gal mum mom mam mother dad father granny grandma grandad widow widower pensioner"
    " couple family household"
)
_HOMES = words("family household background home heritage descent roots stock ancestry clan line people")
_COMING = words("come comes came coming hail hails grew raised born am is was i'm he's she's we're descend descended")
_NOT_DESCRIBING = words("of for with to who that at by like about as with and or on in from than against")
_DETENTION = words("prison jail gaol probation parole offender hmp custody borstal")
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
    if like_me := _like_me(clause):
        return like_me
    if is_of_nobody(clause):
        return None
    if is_of_two(clause):
        return as_couple(clause)
    if clause.term.category == Category.BIOMETRIC:
        return _given(clause)
    if clause.term.strength == "weak":
        return _predicated(clause) or as_apposition(clause)
    is_of_an_owner = clause.is_strong and clause.names[clause.at] in POSSESSIVES and clause.next in PLACES
    if describes_a_thing(clause) and not is_of_an_owner:
        is_gathering = clause.is_strong and clause.term.category in _GATHERING
        return _relative(clause, _RUNNING) if is_gathering else None
    if clause.first is None:
        return without_subject(clause) or _with_person_behind(clause)
    if is_of_a_job(clause, clause.first):
        return None
    return _said_of(clause, clause.first) or _relative(clause)


def _like_me(clause: Clause) -> Verdict | None:
    """Find that the writer is one of those of whom something is said: "people with epilepsy like me"."""
    names, behind = clause.names, clause.behind
    like = next((index for index in range(behind, min(len(names) - 1, behind + 4)) if names[index] == "like"), None)
    if like is None or names[like + 1] not in _WRITERS:
        return None
    group = next(
        (at for at in range(max(0, clause.at - 3), clause.at) if names[at] in GROUPS | PERSON_NOUNS), clause.at
    )
    return Verdict("like me", group, like + 1)


def _given(clause: Clause) -> Verdict | None:
    """Find who gave a pattern of the body away; a feature that is named after one is nobody's."""
    names, at, behind = clause.names, clause.at, clause.behind
    owners = names[max(0, at - 2) : behind]
    is_owned = not POSSESSIVES.isdisjoint(owners) or not OWN.isdisjoint(names[at + 1 : behind + 7])
    is_given = not GIVING.isdisjoint(names) and not (OWN | POSSESSIVES).isdisjoint(names)
    was_taken = not SUBJECTS.isdisjoint(clause.front) and not (GIVING | _UNDERWENT).isdisjoint(names[: behind + 2])
    was_taken = was_taken or (behind - at > 2 and not (SUBJECTS | OWN).isdisjoint(clause.front))
    was_taken = was_taken or (clause.previous in _DONE_TO and not SUBJECTS.isdisjoint(clause.front))
    is_held = not _HOLDERS.isdisjoint(clause.front) and not _HAVING.isdisjoint(clause.front[-3:]) and clause.is_owned
    if not (is_given or is_held or (clause.is_strong and (is_owned or was_taken))):
        return None
    first = at if names[at] in POSSESSIVES else clause.possessed(at)
    if first == at and clause.previous in ARTICLES:
        first = at - 1
    for index in range(at - 1, max(-1, at - _FAR), -1):
        if names[index] in _HOLDERS | SUBJECTS and not _HANDED.isdisjoint(names[index + 1 : at]):
            return Verdict("given", index)
    return Verdict("given", first)


def _said_of(clause: Clause, first: int) -> Verdict | None:
    """Judge a term behind the person of whom something is said."""
    names, at, between = clause.names, clause.at, clause.names[first + 1 : clause.at]
    if "being" in between[-3:]:
        return Verdict("being", at - 1 - names[at - 1 :: -1].index("being"))
    is_owned = clause.is_owned or (names[max(first, at - 2)] in POSSESSIVES and clause.previous not in KIN)
    is_plain = names[first] in SELF and between[:1] in (["a"], ["an"]) and at - first <= 4
    if not is_owned and not is_plain and not _blocking(clause, between).isdisjoint(between):
        return _blocked(clause, first, between)
    if clause.previous == "about" and first != at:
        return None
    if clause.is_strong:
        return Verdict("strong", first)
    if names[first] in _HINDI_I and clause.next in _HINDI_AM:
        return Verdict("related", first, clause.behind)
    return Verdict("related", first) if is_owned or _relates(clause, first, between) else None


def _blocked(clause: Clause, first: int, between: list[str]) -> Verdict | None:
    """Judge a term behind a verb that would block it: whence somebody writes, or since when somebody cannot speak."""
    names, at = clause.names, clause.at
    if "from" in names[at - 2 : at] and clause.term.category in _BEFALLING:
        is_inside = not _DETENTION.isdisjoint(names[at : clause.behind]) and between[0] not in _HAVING
        if is_inside and not _WRITING.isdisjoint(between[:2]) and clause.next in _AT_ITS_END:
            return Verdict("related", first)
        return Verdict("adjunct", at - 2 + names[at - 2 : at].index("from")) if clause.is_strong else None
    if clause.term.category in _ILL and clause.next in _AT_ITS_END:
        for index in range(at, max(first, at - 4), -1):
            if names[index] in _SINCE:
                return Verdict("adjunct", index)
    return None


def _blocking(clause: Clause, between: list[str]) -> frozenset[str]:
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
    if clause.term.category in _GATHERING and clause.is_strong:
        if "as" in between[:-1] and not _WORKING.isdisjoint(between):
            blocking -= _WORKING
        if between[-1:] == ["to"]:
            blocking -= _LIKING
    if clause.term.category in _BEFALLING and clause.is_strong:
        done = next((at for at in range(len(between) - 1, -1, -1) if between[at] in _BUYING), None)
        if done is not None and _NEW.issuperset(between[done + 1 :]):
            blocking -= _BUYING
    return blocking if _REFLEXIVE.isdisjoint(between) else blocking - _CALLING


def _relates(clause: Clause, first: int, between: list[str]) -> bool:
    """Say whether a verb ties the term to the person: having, being, going to."""
    names, at = clause.names, clause.at
    if names[first] in SELF or not RELATIONS.isdisjoint(between[-NEAR:]) or clause.term.language != "en":
        return True
    if clause.behind - at > 1 and at - first <= 2:  # the verb is the term's own
        return True
    is_verb = at - first == 1 and names[at].endswith("ed")
    return is_verb or clause.previous in _US or (at > 1 and clause.previous in ARTICLES and is_kins(names[at - 2]))


def _predicated(clause: Clause) -> Verdict | None:
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
    if index < 0 and names[behind : behind + 2] in _AM_I_BEHIND:
        return Verdict("predicate", 0, behind + 1)
    if index < 0 and (here := as_greeting(clause) or as_self_portrait(clause) or in_brackets(clause)):
        return here
    if names[index] in _HINDI_I and clause.next in _HINDI_AM:
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
    if names[index] in _US and at - index == 1:
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


def _ordered_about(clause: Clause) -> Verdict | None:
    """Find the one whom a prison or its service orders about: "the probation service wants proof that I ..."."""
    names, behind = clause.names, clause.behind
    is_law = clause.term.category == Category.CRIME and not _DETENTION.isdisjoint(names[clause.at : behind])
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
    if names[behind : behind + 2] in _AM_I_BEHIND:
        return Verdict("predicate", start, behind + 1)
    if found := _relative(clause) or _ordered_about(clause):
        return found
    is_near_the_start = clause.is_strong and at <= 3 and BLOCKING.isdisjoint(clause.front)
    return _befallen(clause, start) if is_near_the_start and clause.term.category in _BEFALLING else None


def _relative(clause: Clause, leading: frozenset[str] = _LEADING) -> Verdict | None:
    """Find the writer behind an office, a practice or an aid: "the meeting I chair", "the lodge where I'm a member"."""
    names, at, behind = clause.names, clause.at, clause.behind
    start = at - 1 if clause.previous in ARTICLES | POSSESSIVES else at
    if "as" in clause.front:
        return None
    is_gathering = clause.term.category in _GATHERING and clause.term.language != "en"
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
