"""The signs that tell where a statement ends: the words taken in, the gaps crossed, what stands at the end."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from feedback.stripping.clauses import JOINING, words
from feedback.stripping.rules.endings import TRAILING, WEEKDAYS
from feedback.stripping.rules.joints import ASKING, DOERS, STATING
from feedback.stripping.rules.persons import BLOCKING, GIVING, KIN, LINKS, NEXT_STATEMENT, POSSESSIVES, SUBJECTS

_KINDS = {
    "asks": ASKING,
    "states": STATING,
    "acts": BLOCKING,
    "does": DOERS | SUBJECTS,
    "owns": POSSESSIVES,
    "kin": KIN,
    "gives": GIVING,
    "is": LINKS,
    "when": WEEKDAYS | words("morning evening night week month year today yesterday tonight daily weekly"),
    "trails": TRAILING,
    "next": NEXT_STATEMENT,
}
KINDS_OF = {
    word: tuple(kind for kind, known in _KINDS.items() if word in known) for word in frozenset().union(*_KINDS.values())
}
_GAPS = dict.fromkeys("!?….", ".") | dict.fromkeys('"“”„«»', '"') | dict.fromkeys("–—-", "-") | dict.fromkeys("();:,")
_JOINTS = tuple("./-:'+@_&")
_FAR = 10


@dataclass(frozen=True)
class Side:
    """The words on one side of a term, outwards from it.

    name: "before" or "behind". words: the term's own nearest word, then those that may be taken in, then the one beyond
    them, or an empty one. gaps: what stands in front of each of these, in the same order. places: where the statement
    ends if none, one, two … of the words are taken in. ruled: how many the rules take in. rule: which of them did.
    """

    name: str
    words: list[str]
    gaps: list[str]
    places: list[int]
    ruled: int
    rule: str

    def taken(self, at: int) -> list[str]:
        """Return the signs of taking in the word number `at`, counted from one."""
        return [*of_taken(self.words[at]), *self.crossed(at)]

    def ended(self, at: int) -> list[str]:
        """Return the signs of ending with the word number `at`; with number 0 nothing is taken in."""
        inner, outer, gap = self.words[at], self.words[at + 1], self.gaps[at + 1]
        of_last = of_inner(inner, gap) if at else of_term(inner, gap, self.rule)
        return [*of_outer(outer, gap), *of_last, *of_length(at), *of_rule(self.rule, at - self.ruled, gap)]

    def crossed(self, at: int) -> list[str]:
        """Return the signs of going on at a word into another part of the sentence; none when it is the same."""
        return list(self._crossed(self._segments[at], self.gaps[at])) if at in self._segments else []

    @cached_property
    def _segments(self) -> dict[int, list[str]]:
        """The parts of the sentence by the number of their nearest word: words up to a comma, an "and" and the like."""
        joins = 0 if self.name == "behind" else 1
        starts = [at for at in range(1, len(self.places)) if self.gaps[at] != " " or self.words[at - joins] in JOINING]
        return {start: self.words[start:end] for start, end in pairwise([*starts, len(self.places)])}

    def _crossed(self, segment: list[str], gap: str) -> Iterator[str]:
        """Yield the signs of going on into another part of the sentence, or into another sentence."""
        first, last = (segment[0], segment[-1]) if self.name == "behind" else (segment[-1], segment[0])
        inside = {kind for word in segment for kind in kinds(word)}
        yield f"over{gap}"
        yield f"over{gap}{first}"
        yield f"from {first}"
        yield f"to {last}"
        yield f"words {min(len(segment), _FAR)}"
        yield from (f"has {kind}" for kind in _KINDS if kind in inside)
        yield from (f"from is {kind}" for kind in kinds(first))


def of_taken(word: str) -> list[str]:
    """Return the signs of taking in a word."""
    return [word, *(f"is {kind}" for kind in kinds(word))]


def of_outer(word: str, gap: str) -> list[str]:
    """Return the signs of ending before a word."""
    return [f"|{gap}", f"|{word}", f"|{gap}{word}", *(f"|is {kind}" for kind in kinds(word))]


def of_inner(word: str, gap: str) -> list[str]:
    """Return the signs of ending with a word."""
    return [f"{word}|", f"{word}|{gap}", *(f"is {kind}|{gap}" for kind in kinds(word))]


def of_term(word: str, gap: str, rule: str) -> list[str]:
    """Return the signs of ending with the term itself."""
    return [f"none|{gap}", f"none|by {rule}", *(f"is {kind}|{gap}" for kind in kinds(word))]


def of_length(taken: int) -> list[str]:
    """Return the sign of taking in so many words."""
    return [f"length {min(taken, _FAR)}"]


def of_rule(rule: str, beyond: int, gap: str) -> list[str]:
    """Return the signs of ending so many words beyond where a rule ends."""
    side = max(-1, min(1, beyond))
    return [f"rule{max(-3, min(3, beyond))}", f"rule{side}|{gap}", f"rule{side}|by {rule}"]


def kinds(word: str) -> tuple[str, ...]:
    """Return the kinds that a word is of."""
    return KINDS_OF.get(word) or (("number",) if word.isdigit() else ())


def gap_of(between: str) -> str:
    """Return the sign that tells most of what stands between two words: a line's end, a stop, a comma, or a space.

    What joins without a space, as in "3.5" and "and/or", is told by a tilde.
    """
    if between == " ":
        return between
    if between in _JOINTS:
        return "~"
    if "\n" in between:
        return "\n"
    return next((_GAPS[sign] or sign for sign in between if sign in _GAPS), "*" if between.strip() else " ")
