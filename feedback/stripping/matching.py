"""Walks the tree of terms along the words of a piece."""

from dataclasses import dataclass

from feedback.stripping.clauses import words
from feedback.stripping.spelling import How, forms, is_medical
from feedback.stripping.vocabulary import ANY_NUMBER, ANY_WORD, MEDICAL, Node, Term, step, terms_of, vocabulary

NUMBERS = words("a an one two three four five six seven eight nine ten eleven twelve few several couple twenty thirty")
_LONG = 6
"""A strong word of so many letters is known in each of its inflections."""


@dataclass(frozen=True, slots=True)
class Match:
    """Terms that are written alike, one a language; the index of the first word behind; how the words are written."""

    terms: tuple[Term, ...]
    behind: int
    how: How = How.WRITTEN

    def is_never(self) -> bool:
        """Say whether no language has a term here that may be cut."""
        return all(term.strength == "never" for term in self.terms)

    def term_in(self, language: str) -> Term | None:
        """Return the term that is meant in a text of a language; one that is not known takes every term."""
        for term in self.terms:
            if not language or term.language == language:
                return term
        first = self.terms[0]
        return first if first.language == "en" and self.how == How.WRITTEN else None


def match_at(names: list[str], at: int) -> Match | None:
    """Return the longest terms that start with the word at `at`."""
    if not forms(names[at]) and not is_number(names[at]):
        return Match((MEDICAL,), at + 1) if is_medical(names[at]) else None
    best: Match | None = None
    places: list[tuple[Node, int, How]] = [(vocabulary().tree, at, How.WRITTEN)]
    while places:
        node, index, how = places.pop()
        terms = terms_of(node)
        if terms and (best is None or (index, -how) > (best.behind, -best.how)):
            meant = tuple(term for term in terms if _is_meant(term, index - at, names[at], how))
            best = Match(meant, index, how) if meant else best
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
        return Match((MEDICAL,), at + 1)
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
