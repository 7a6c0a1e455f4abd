"""Walks the tree of terms along the words of a piece."""

from dataclasses import dataclass

from feedback.stripping.clauses import words
from feedback.stripping.spelling import How, forms, is_medical
from feedback.stripping.vocabulary import ANY_NUMBER, ANY_WORD, MEDICAL, Node, Term, step, term_of, vocabulary

NUMBERS = words("a an one two three four five six seven eight nine ten eleven twelve few several couple twenty thirty")
_LONG = 6
"""A strong word of so many letters is known in each of its inflections."""


@dataclass(frozen=True, slots=True)
class Match:
    """A term, the index of the first word behind it, and how the words are written."""

    term: Term
    behind: int
    how: How = How.WRITTEN

    def fits(self, language: str) -> bool:
        """Say whether the term may be meant in a text of this language; one that is not known takes every term."""
        if not language or self.term.language == language:
            return True
        return self.term.language == "en" and self.how == How.WRITTEN


def match_at(names: list[str], at: int) -> Match | None:
    """Return the longest term that starts with the word at `at`."""
    if not forms(names[at]) and not is_number(names[at]):
        return Match(MEDICAL, at + 1) if is_medical(names[at]) else None
    tree = vocabulary().tree
    best: Match | None = None
    places: list[tuple[Node, int, How]] = [(tree, at, How.WRITTEN)]
    while places:
        node, index, how = places.pop()
        term = term_of(node)
        is_term = term is not None and _is_meant(term, index - at, names[at], how)
        if term is not None and is_term and (best is None or (index, -how) > (best.behind, -best.how)):
            best = Match(term, index, how)
        if index == len(names):
            continue
        name = names[index]
        for word, written in forms(name):
            following = step(node, word)
            if following is not None:
                places.append((following, index + 1, max(how, written)))
        if ANY_NUMBER in node and is_number(name):
            places.append((step(node, ANY_NUMBER) or {}, index + 1, how))
        if ANY_WORD in node and index > at:
            places.append((step(node, ANY_WORD) or {}, index + 1, how))
    if best is None and is_medical(names[at]):
        return Match(MEDICAL, at + 1)
    return best


def is_number(name: str) -> bool:
    """Say whether a word is a number, in digits or letters."""
    return name.isdigit() or name in NUMBERS


def _is_meant(term: Term, length: int, name: str, how: How) -> bool:
    """Say whether a word that is not written as in the list still stands for the term."""
    if length > 1 or term.strength == "never":
        return how < How.SLIP or term.strength == "strong"
    if term.strength == "weak":
        return how == How.WRITTEN
    if term.strength == "normal" or len(name) < _LONG:
        return how <= How.PLURAL
    return True
