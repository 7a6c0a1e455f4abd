"""Where a statement starts and ends inside its piece, so that what is asked beside it stays."""

from feedback.stripping.clauses import words
from feedback.stripping.persons import ADJUNCT, ARTICLES, BLOCKING, LINKS, NEXT_STATEMENT, POSSESSIVES, RELATIONS

_DOERS = words("i i've he she they you we")
_OPENING = ADJUNCT | words("with for via about by of as without")
_SAYING = LINKS | words("no that it its this the")
"""With these a statement about something owned goes on: "my court date is the 12th"."""
_PLEASE = ["por", "favor"]
MOST_BEHIND = 14
"""So many words behind a term still belong to its statement."""


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
        return first - 3 if first > 2 and names[first - 3] in ARTICLES else first - 2
    return first - 1


def last_word(names: list[str], first: int, at: int, behind: int) -> int:
    """Return the index of the last word of a statement from `first` with its term from `at` to before `behind`."""
    says_what = names[first] in POSSESSIVES and RELATIONS.isdisjoint(names[first + 1 : at])
    ending = NEXT_STATEMENT - _SAYING if says_what else NEXT_STATEMENT
    last = behind - 1
    for index in range(behind, min(len(names), behind + MOST_BEHIND)):
        if names[index] in ending or names[index : index + 2] == _PLEASE:
            break
        last = index
    return last
