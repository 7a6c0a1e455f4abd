"""Where a statement starts and ends: inside its piece, and over the pieces beside it that go on with it."""

from feedback.stripping.clauses import words
from feedback.stripping.persons import (
    ADJUNCT,
    BLOCKING,
    FILLERS,
    GIVING,
    KIN,
    LINKS,
    NEXT_STATEMENT,
    POSSESSIVES,
    RELATIONS,
    SUBJECTS,
)

_DOERS = words("i i've i'd he she they you we")
_OPENING = (ADJUNCT | words("with for via about by as without")) - words("of")
_SAYING = LINKS | words("no that it its this the")
"""With these a statement about something owned goes on: "my court date is the 12th"."""
_PLEASE = ["por", "favor"]
MOST_BEHIND = 14
"""So many words behind a term still belong to its statement."""

_ANDS = words("and y e et und dan aur plus n")
_SELVES = words("me myself i yo moi ich eu saya aku main mai")
_COUNTED = words("both all two three some most one half each many none")
_HANDING = words(
    "sent send sending post posted share shared sharing forwarded forward need needed answer answered slept say"
    " said says put show showed shown recorded link linked print printed scheduled schedule"
)
"""What the writer does with something in an app says nothing of it: "I sent my cousins my results"."""
_UP_TO_SUBJECT = (
    LINKS
    | FILLERS
    | words(
        "have has had got get know think also still again de da do una um uma une der die das of the a an i've i'm"
        " im he's she's we're they're told mom dad she he you they we ada já ya habe hatte tengo tenho j'ai ai avait"
    )
) - words("and or in from since birth to")
_STARTERS = SUBJECTS | words("being being they you je j'ai i")

_RELATIVE = words("since where until from when")
_TAKERS = _DOERS | words("your u")
_PLACING_AT = words("on at to in")
_TRAILING = words(
    "to on in at for from with of by as and or n but so that which who whom whose where when while since before after"
    " because even tho though although just now if than then the a an into onto off over via about like until till"
    " through all only still always up is are was were has have had does do did not also y e que de en para por con"
    " com em pra pour avec sur et mit und auf für zu dan di ke untuk dengan aur ki ka ke par pe me se ko"
)
"""Before what is asked these belong to it: "my thumbprint as | your agent asked"."""
_DOES = words(
    "calls rings phones texts messages mails emails sends uses wants does sets shows runs hosts posts"
    " shares keeps makes lets gets puts needs depends goes streams buzzes beeps relies works lives hates likes"
    " loves doesn't can't cannot won't didn't couldn't set posted called rang texted sent wrote"
    " uploads pays books checks saves streams reads writes types listens watches finds tries"
    " m'appelle appelle m'envoie llama liga"
)
"""What somebody named by an office does, or an aid: the office is the statement, "my parole officer | calls me"."""
_BARELY = words("now only still just always never often also sometimes usually keep not even both all")
_HEADS = words(
    "clinic centre center group groups meeting meetings ward unit office team room rooms nurse worker officer doctor"
    " specialist consultant counsellor counselor therapist assessor brain hands hand pump machine sensor monitor app"
    " appointments sessions session results result report lessons class classes people mates friends brothers sisters"
)
"""Behind a term these are still the noun that somebody owns: "my dialysis clinic | rings"."""
_BREAKS = words("sorry omg abeg hope hoping thx ty cheers danke grazie kak min bang")


def opening(names: list[str], first: int, rule: str = "") -> int:
    """Return where a statement opens: with who did it, or with the word that puts it into the sentence.

    "I was expelled from my union", "since my stroke", "my girlfriend and I are", "you took a scan of my face".
    """
    if not first:
        return 0
    if rule == "given":
        return _giver(names, first)
    if names[first - 1] in _ANDS and names[first] in _SELVES and first > 1 and names[first - 2] in KIN:
        return _of_kin(names, first - 2)
    if names[first - 1] == "of" and first > 1 and names[first - 2] in _COUNTED:
        return first - 2
    if names[first] in POSSESSIVES:
        for index in range(max(0, first - 4), first):
            if names[index] in _DOERS and (BLOCKING | _HANDING).isdisjoint(names[index:first]):
                return index
        if names[first - 1] in _OPENING or names[first - 1] == "both":
            return first - 1
        if names[first - 1] == "of" and first > 1 and names[first - 2] in {"because", "out", "most", "all"}:
            return first - 2
    index = first - 1
    while index >= max(0, first - 5) and names[index] in _UP_TO_SUBJECT:
        if names[index] in _STARTERS:
            return index
        index -= 1
    return index if index >= max(0, first - 5) and names[index] in _STARTERS and index < first - 1 else first


def _of_kin(names: list[str], at: int) -> int:
    """Return where the owner of a relative stands, or the relative itself."""
    for owner in range(at - 1, max(-1, at - 3), -1):
        if names[owner] in POSSESSIVES:
            return owner
    return at


def _giver(names: list[str], first: int) -> int:
    """Return where the words start that tell who gave a pattern of the body, or took it."""
    for index in range(first - 1, max(-1, first - 6), -1):
        if names[index] in GIVING:
            before = index
            while before and index - before < 4 and names[before] not in _DOERS:
                before -= 1
            return before if names[before] in _DOERS or names[before] in SUBJECTS else index
    return first


def last_word(names: list[str], first: int, at: int, behind: int, rule: str = "") -> int:
    """Return the index of the last word of a statement from `first` with its term from `at` to before `behind`."""
    says_what = names[first] in POSSESSIVES and RELATIONS.isdisjoint(names[first + 1 : at])
    if says_what and rule != "given":
        done = _before_what_it_does(names, behind)
        if done is not None:
            return done
    ending = (NEXT_STATEMENT - _SAYING if says_what else NEXT_STATEMENT) | _BREAKS
    last = behind - 1
    for index in range(behind, min(len(names), behind + MOST_BEHIND)):
        if names[index] in ending or names[index : index + 2] == _PLEASE:
            if _goes_on(names, index, behind, rule):
                last = index
                continue
            while last >= behind and names[last] in _TRAILING:
                last -= 1
            break
        last = index
    return last


def _before_what_it_does(names: list[str], behind: int) -> int | None:
    """Return the last word of what somebody owns, where a verb of everyday follows: "my parole officer | calls"."""
    for index in range(behind, min(len(names), behind + 4)):
        if names[index] in _DOES:
            last = index - 1
            while last >= behind and names[last] in _BARELY:
                last -= 1
            return last
        if names[index] not in _HEADS and names[index] not in _BARELY:
            return None
    return None


def _goes_on(names: list[str], index: int, behind: int, rule: str) -> bool:
    """Say whether a word that mostly starts what is asked goes on with the statement: "since I was nine"."""
    name, before = names[index], names[index - 1]
    if rule == "given" and before in _PLACING_AT and name == "your" and index <= behind + 2:
        return True
    if rule == "given" and not GIVING.isdisjoint(names[index + 1 : index + 4]) and index <= behind + 1:
        return name in _TAKERS
    if name in _DOERS and before in _RELATIVE:
        return True
    return before == "on" and name in {"that", "this", "it"}
