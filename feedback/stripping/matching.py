"""Finds the terms of the lists along the words of a piece."""

from dataclasses import dataclass

from feedback.stripping.clauses import words
from feedback.stripping.spelling import Form, How, forms, is_medical
from feedback.stripping.vocabulary import ANY_NUMBER, ANY_WORD, MEDICAL, Term, vocabulary

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
    known, name = vocabulary(), names[at]
    places = [(word, at + 1, how) for word, how in _may_be(name) if known.is_phrase(word)]
    best: Match | None = None
    while places:
        begun, index, how = places.pop()
        if begun in known.phrases and (best is None or index >= best.behind):
            meant = tuple(term for term in known.terms_at(begun) if _is_meant(term, index - at, name, how))
            best = _better(best, Match(meant, index, how)) if meant else best
        if index == len(names) or begun not in known.begun:
            continue
        places += [(f"{begun} {word}", index + 1, max(how, written)) for word, written in _may_be(names[index])]
        if begun in known.before_any:
            places.append((f"{begun} {ANY_WORD}", index + 1, max(how, How.ANY)))
    if best is None and is_medical(name):
        return Match((MEDICAL,), at + 1)
    return best


def _better(best: Match | None, other: Match) -> Match:
    """Return the longer match; of two alike the one nearer to what is written, with the other languages of both."""
    if best is None or other.behind > best.behind:
        return other
    near, far = (other, best) if other.how < best.how else (best, other)
    languages = {term.language for term in near.terms}
    return Match((*near.terms, *(term for term in far.terms if term.language not in languages)), near.behind, near.how)


def _may_be(name: str) -> tuple[Form, ...]:
    """Return what a written word may stand for in a term; of a number, the sign for one too."""
    return (*forms(name), (ANY_NUMBER, How.WRITTEN)) if is_number(name) else forms(name)


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
