"""Where a statement ends inside its piece, so that what is asked beside it stays."""

from feedback.stripping.clauses import words
from feedback.stripping.rules.joints import DOERS, RELATIVE
from feedback.stripping.rules.persons import GIVING, LINKS, NEXT_STATEMENT, POSSESSIVES, RELATIONS

_SAYING = LINKS | words("no that it its this the")
"""With these a statement about something owned goes on: "my court date is the 12th"."""
_PLEASE = ["por", "favor"]
MOST_BEHIND = 14
"""So many words behind a term still belong to its statement."""
_MAKING = words("shares is was runs needs has goes won't lets talks makes controls keeps tells")
_TAKERS = DOERS | words("your u")
_PLACING_AT = words("on at to in")
TRAILING = words(
    "to on in at for from with of by as and or n but so that which who whom whose where when while since before"
    " after because even tho though although just now if than then the a an into onto off over via about like"
    " until till through all only still always up is are was were has have had does do did not also y e que de en"
    " para por con com em pra pour avec sur et mit und auf für zu dan di ke untuk dengan aur ki ka par pe me se ko"
)
"""Before what is asked these belong to it: "my thumbprint as | your agent asked"."""
_DOES = words(
    "calls rings phones texts messages mails emails sends uses wants does sets shows runs hosts posts shares"
    " keeps makes lets gets puts needs depends goes streams buzzes beeps relies works lives hates likes loves"
    " doesn't can't cannot won't didn't couldn't set posted called rang texted sent wrote uploads pays books"
    " checks saves reads writes types listens watches finds tries m'appelle appelle m'envoie llama liga"
)
"""What somebody named by an office does, or an aid: the office is the statement, "my parole officer | calls me"."""
_BEFORE_THINGS, _THINGS = words("the over via"), words("app call calls screen video picture sound page site update")
_ON = words("on every each")
WEEKDAYS = words(
    "monday mondays tuesday tuesdays wednesday wednesdays thursday thursdays friday fridays saturday saturdays sunday"
    " sundays weekdays weekends afternoon afternoons"
)
_PURPOSES = words("for para pour für untuk")
_PLACING, _OF_BODY = words("on from at during"), POSSESSIVES | words("both birth age")
_BARELY = words("now only still just always never often also sometimes usually keep not even both all")
_HEADS = words(
    "clinic centre center group groups meeting meetings ward unit office team room rooms nurse worker officer"
    " doctor specialist consultant counsellor counselor therapist assessor brain hands hand pump machine sensor"
    " monitor app appointments sessions session results result report lessons class classes people mates friends"
    " brothers sisters"
)
"""Behind a term these are still the noun that somebody owns: "my dialysis clinic | rings"."""
_BREAKS = words("sorry omg abeg hope hoping thx ty cheers danke grazie kak min bang")


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
            return _without_trailing(names, behind, last)
        if names[index] in _ON and not WEEKDAYS.isdisjoint(names[index + 1 : index + 3]):
            return _without_trailing(names, behind, last)
        if _is_of_the_app(names, index) or (rule == "given" and names[index] in _PURPOSES):
            return _without_trailing(names, behind, last)
        last = index
    return last


def _without_trailing(names: list[str], behind: int, last: int) -> int:
    while last >= behind and names[last] in TRAILING:
        last -= 1
    return last


def _is_of_the_app(names: list[str], index: int) -> bool:
    """Say whether the app or a part of it is spoken of here: "during my retreat | the app signed me out"."""
    return names[index] in _BEFORE_THINGS and not _THINGS.isdisjoint(names[index + 1 : index + 2])


def _before_what_it_does(names: list[str], behind: int) -> int | None:
    """Return the last word of what somebody owns, where a verb of everyday follows: "my parole officer | calls"."""
    for index in range(behind, min(len(names), behind + 4)):
        if names[index] in _DOES or names[index : index + 2] == ["has", "to"]:
            last = index - 1
            while last >= behind and names[last] in _BARELY:
                last -= 1
            return last
        if names[index] in _PLACING and names[index + 1 : index + 2] and names[index + 1] not in _OF_BODY:
            return index - 1
        if names[index] not in _HEADS and names[index] not in _BARELY:
            return None
    return None


def _goes_on(names: list[str], index: int, behind: int, rule: str) -> bool:
    """Say whether a word that mostly starts what is asked goes on with the statement: "since I was nine"."""
    name, before = names[index], names[index - 1]
    if rule == "given" and before in _PLACING_AT and name == "your" and index <= behind + 4:
        return True
    if rule == "given" and name == "that" and not _TAKERS.isdisjoint(names[index + 1 : index + 2]):
        return True
    if rule == "given" and not GIVING.isdisjoint(names[index + 1 : index + 4]) and index <= behind + 2:
        return name in _TAKERS
    if name == "that" and not _MAKING.isdisjoint(names[index + 1 : index + 2]):
        return True
    if name in DOERS and before in RELATIVE:
        return True
    return before == "on" and name in {"that", "this", "it"}
