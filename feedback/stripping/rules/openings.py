"""Where a statement starts inside its piece: with who did it, or with the word that puts it into the sentence."""

from feedback.stripping.clauses import words
from feedback.stripping.rules.joints import ANDS, COUNTED, DOERS, SELVES, WHEN
from feedback.stripping.rules.persons import (
    ADJUNCT,
    ARTICLES,
    BLOCKING,
    FILLERS,
    GIVING,
    KIN,
    LINKS,
    POSSESSIVES,
    SUBJECTS,
)

_OPENING = (ADJUNCT | words("with for via about by as without")) - words("of")
_HANDING = words(
    "sent send sending post posted share shared sharing forwarded forward need needed answer answered slept say"
    " said says put show showed shown recorded link linked print printed scheduled schedule"
)
"""What the writer does with something in an app says nothing of it: "I sent my cousins my results"."""
_UP_TO_SUBJECT = (
    LINKS
    | FILLERS
    | words(
        "haven't hasn't going go have has had got get know think also still again de da do una um uma une der die"
        " das of the a an i've i'm im he's she's we're they're told mom dad she he you they we ada já ya habe"
        " hatte tengo tenho j'ai ai avait"
    )
) - words("and or in from since birth to")
_FRENCH = words("je j'ai")
_STARTERS = SUBJECTS | KIN | words("being they you je j'ai i who")
_QUESTIONS = words("can could may should how how's")
_BODY = words(
    "kuping telinga mata tangan kaki jantung ginjal paru kepala kulit otak hati kanan kiri lutut punggung tulang darah"
)


def opening(names: list[str], first: int, rule: str = "", at: int | None = None) -> int:
    """Return where a statement opens: with who did it, or with the word that puts it into the sentence.

    "I was expelled from my union", "since my stroke", "my girlfriend and I are", "you took a scan of my face".
    """
    if not first:
        return 0
    if rule == "given":
        return _giver(names, first)
    if at is not None and first < at and names[first - 1] in _QUESTIONS and names[first] in DOERS:
        return at - 1 if names[at - 1] in ARTICLES | POSSESSIVES else at
    if names[first - 1] in ANDS and names[first] in SELVES and first > 1 and names[first - 2] in KIN:
        return owner_of(names, first - 2)
    if names[first - 1] == "of" and first > 1 and names[first - 2] in COUNTED:
        return first - 2
    if first > 1 and (names[first] in POSSESSIVES or names[first] in KIN):
        owner = first - 1 if names[first - 1] in ARTICLES else first
        if owner > 1 and names[owner - 1] in ANDS and names[owner - 2] in SELVES:
            return owner - 2
    if names[first] in SELVES and names[first - 1] in _BODY:
        return first - 2 if first > 1 and names[first - 2] in _BODY else first - 1
    if first > 1 and names[first - 2] == "the" and names[first - 1] in WHEN:
        return first - 2
    if names[first] in POSSESSIVES:
        if first == 1 and names[0] == "of":
            return 0
        for index in range(max(0, first - 6), first):
            if names[index] in DOERS and (BLOCKING | _HANDING).isdisjoint(names[index:first]):
                return index
        if names[first - 1] in _OPENING or names[first - 1] == "both":
            return first - 1
        if names[first - 1] == "of" and first > 1 and names[first - 2] in {"because", "out", "most", "all"}:
            return first - 2
    index = first - 1
    while index >= max(0, first - 5) and names[index] in _UP_TO_SUBJECT:
        if names[index] in _STARTERS and (not index or names[index - 1] not in SUBJECTS | _FRENCH):
            return owner_of(names, index)
        index -= 1
    return owner_of(names, index) if index >= max(0, first - 5) and names[index] in _STARTERS else first


def owner_of(names: list[str], at: int) -> int:
    """Return where the owner of a relative stands, or the relative itself."""
    if names[at] not in KIN:
        return at
    for owner in range(at - 1, max(-1, at - 3), -1):
        if names[owner] in POSSESSIVES:
            return owner
    return at


def _giver(names: list[str], first: int) -> int:
    """Return where the words start that tell who gave a pattern of the body, or took it."""
    for index in range(first - 1, max(-1, first - 6), -1):
        if names[index] in GIVING:
            before = index
            while before and index - before < 4 and names[before] not in DOERS:
                before -= 1
            if _is_asked(names, before, index):
                return first
            if names[before] in DOERS or names[before] in SUBJECTS:
                return before
            return owner_of(names, index - 1) if index and names[index - 1] in KIN else index
    return first


def _is_asked(names: list[str], you: int, verb: int) -> bool:
    """Say whether it is only asked for: "can you please delete my fingerprints"."""
    asks = (you > 0 and names[you - 1] in _QUESTIONS) or "please" in names[you:verb]
    return names[you] in {"you", "u"} and asks
