"""Finds the terms of the lists along the words of a piece."""

from dataclasses import dataclass
from functools import lru_cache

from feedback.stripping.categories import Category
from feedback.stripping.clauses import words
from feedback.stripping.spelling import CACHED, How, forms, is_medical
from feedback.stripping.trie import ROOT
from feedback.stripping.vocabulary import vocabulary
from feedback.stripping.word_lists import ANY_NUMBER, ANY_WORD, Term

MEDICAL = Term("(a medical ending)", Category.HEALTH, "strong", "en")
"""What a word is that no list has, and whose ending makes it a disease, an operation or a drug."""

NUMBERS = words("a an one two three four five six seven eight nine ten eleven twelve few several couple twenty thirty")
_LONG = 6
"""An English word of so many letters is known in each of its inflections, and in texts of other languages."""


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
        is_shared = first.language == "en" and self.how == How.WRITTEN and len(first.text) >= _LONG
        return first if is_shared else None


def match_at(names: list[str], at: int) -> Match | None:
    """Return the longest terms that start with the word at `at`."""
    name = names[at]
    places = [(node, at + 1, how) for node, how in _starts(name)]
    known, best = vocabulary(), None
    while places:
        node, index, how = places.pop()
        if known.is_term(node) and (best is None or index >= best.behind):
            meant = tuple(term for term in known.terms_at(node) if _is_meant(term, index - at, name, how))
            best = _better(best, Match(meant, index, how)) if meant else best
        if index == len(names) or not known.goes_on(node):
            continue
        for number, written in _may_be(names[index]):
            if step := known.step(node, number):
                places.append((step, index + 1, max(how, written)))
        if known.goes_on_with_any(node):
            places.append((known.step(node, known.numbers[ANY_WORD]), index + 1, max(how, How.ANY)))
    if best is None and is_medical(name):
        return Match((MEDICAL,), at + 1)
    return best


@lru_cache(maxsize=CACHED)
def _starts(name: str) -> tuple[tuple[int, How], ...]:
    """Return where the terms begin that may start with a written word."""
    nodes = ((vocabulary().step(ROOT, number), how) for number, how in _may_be(name))
    return tuple((node, how) for node, how in nodes if node != ROOT)


def _better(best: Match | None, other: Match) -> Match:
    """Return the longer match; of two alike the one nearer to what is written, with the other languages of both."""
    if best is None or other.behind > best.behind:
        return other
    near, far = (other, best) if other.how < best.how else (best, other)
    languages = {term.language for term in near.terms}
    return Match((*near.terms, *(term for term in far.terms if term.language not in languages)), near.behind, near.how)


@lru_cache(maxsize=CACHED)
def _may_be(name: str) -> tuple[tuple[int, How], ...]:
    """Return the numbers of the words that a written word may stand for; of a number, the sign for one too."""
    numbers = vocabulary().numbers
    found = [(numbers[base], how) for base, how in forms(name)]
    if is_number(name):
        found.append((numbers[ANY_NUMBER], How.WRITTEN))
    return tuple(found)


def is_number(name: str) -> bool:
    """Say whether a word is a number, in digits or letters."""
    return name.isdigit() or name in NUMBERS


def _is_meant(term: Term, length: int, name: str, how: How) -> bool:
    """Say whether a word that is not written as in the list still stands for the term."""
    if term.strength == "never":
        return how != How.INFLECTED and how != How.SLIP
    if length > 1:
        return how < How.SLIP or term.strength == "strong"
    if term.strength != "strong" or len(name) < _LONG:
        return how <= How.PLURAL
    return True
