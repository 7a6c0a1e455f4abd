"""Finds the clauses in which a person discloses something: a term of the lists, said of a person."""

import re
from collections.abc import Iterator

from feedback.stripping.clauses import WORD, Clause, clauses
from feedback.stripping.texts import Span
from feedback.stripping.vocabulary import (
    FIRST_PERSONS,
    GROUPS,
    HYPOTHETICAL,
    LINKS,
    PERSONS,
    PERSONS_OF_SCRIPT,
    SUPPRESSED,
    THING_FOLLOWS,
    Term,
    by_first_word,
    by_script,
)

_LEET = str.maketrans("0134578", "oieastb")
# A word with a digit inside letters: "d1abetes", "au7istic".
_DISGUISED = re.compile(r"[a-z]+[013457][a-z]+")
_SCRIPTS = {
    "zh": re.compile("[\u4e00-\u9fff]"),
    "ar": re.compile("[\u0600-\u06ff]"),
    "hi": re.compile("[\u0900-\u097f]"),
}
_ARABIC = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه"})
MOST_WORDS = 40
"""A longer clause is no clause: the words around the term are taken instead."""


def find(text: str) -> list[Span]:
    """Return the spans that disclose, in order, apart; offsets are code points of `text`, half-open."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
    spans = list(_in_scripts(lowered)) if not text.isascii() else []
    terms = by_first_word()
    if any(word in terms or _DISGUISED.fullmatch(word) for word in WORD.findall(lowered)):
        spans += _in_words(lowered)
    return _joined(sorted(spans, key=lambda span: (span.start, -span.end)))


def _in_words(text: str) -> Iterator[Span]:
    pieces = clauses(text)
    for index, clause in enumerate(pieces):
        words = list(WORD.finditer(text, clause.start, clause.end))
        names = [_plain(word.group()) for word in words]
        for at, name in enumerate(names):
            term = _term_at(names, at, name)
            if term is None:
                continue
            person_before = _speaks_of_a_person(pieces, index, text)
            rule = _rule(names, at, term, person_before)
            if rule and not _is_suppressed(text[clause.start : clause.end]):
                yield _span(text, clause, words, at, term, rule)
                break


def _term_at(names: list[str], at: int, name: str) -> Term | None:
    for term in by_first_word().get(name, ()):
        if tuple(names[at : at + len(term.words)]) == term.words:
            return term
    return None


def _rule(names: list[str], at: int, term: Term, person_before: bool) -> str:
    before, after = names[:at], names[at + len(term.words) :]
    if names and (names[0] in HYPOTHETICAL or GROUPS.intersection(before[-6:])):
        return ""
    has_person = bool(PERSONS.intersection(names)) or any(name.startswith("j'") for name in names)
    if term.strength == "strong":
        stands_alone = len(names) <= len(term.words) + 2 and person_before
        return "strong" if has_person or stands_alone else ""
    if term.strength == "normal":
        return "person" if PERSONS.intersection(before) else ""
    return "predicate" if _is_predicate(before, after) else ""


def _is_predicate(before: list[str], after: list[str]) -> bool:
    near = before[-4:]
    is_said_of_a_person = bool(LINKS.intersection(near)) and bool(
        FIRST_PERSONS.intersection(before[-7:]) or PERSONS.intersection(before[-7:])
    )
    return is_said_of_a_person and not (after and after[0] in THING_FOLLOWS - {"with", "and", "in", "since"})


def _speaks_of_a_person(pieces: list[Clause], index: int, text: str) -> bool:
    if index == 0:
        return len(pieces) > 1
    earlier = pieces[index - 1]
    return bool(PERSONS.intersection(WORD.findall(text, earlier.start, earlier.end)))


def _span(text: str, clause: Clause, words: list[re.Match[str]], at: int, term: Term, rule: str) -> Span:
    first, last = max(0, at - MOST_WORDS // 2), min(len(words) - 1, at + MOST_WORDS // 2)
    start = words[first].start() if first else clause.start
    end = words[last].end() if last < len(words) - 1 else clause.end
    while start < end and text[start].isspace():
        start += 1
    return Span(start, end, term.category, rule, " ".join(term.words))


def _in_scripts(text: str) -> Iterator[Span]:
    for language, script in _SCRIPTS.items():
        if script.search(text) is None:
            continue
        persons = PERSONS_OF_SCRIPT[language]
        for clause in clauses(text):
            piece = text[clause.start : clause.end]
            folded = piece.translate(_ARABIC) if language == "ar" else piece
            term = next((each for each in by_script()[language] if _occurs(each, folded, language)), None)
            if term and any(person in folded for person in persons):
                start = clause.start + len(piece) - len(piece.lstrip())
                yield Span(start, clause.end, term.category, "script", " ".join(term.words))


def _occurs(term: Term, piece: str, language: str) -> bool:
    written = " ".join(term.words)
    if language == "ar":
        written = written.translate(_ARABIC)
        return f" {written}" in f" {piece}"
    return written in piece


def _is_suppressed(clause: str) -> bool:
    return any(phrase in clause for phrase in SUPPRESSED)


def _plain(word: str) -> str:
    word = word.replace("’", "'")
    return word.translate(_LEET) if _DISGUISED.fullmatch(word) else word


def _joined(spans: list[Span]) -> list[Span]:
    apart: list[Span] = []
    for span in spans:
        if not apart or span.start >= apart[-1].end:
            apart.append(span)
    return apart
