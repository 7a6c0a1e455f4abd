"""Finds the pieces in which a person discloses something: a term of the lists, said of a person."""

import re
from bisect import bisect_left
from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

from feedback.stripping.clause import PERSONS, Before, Clause
from feedback.stripping.clauses import WORD, Piece, pieces
from feedback.stripping.context import judge
from feedback.stripping.extents import last_word, opening
from feedback.stripping.folding import Folded, fold
from feedback.stripping.languages import language_of
from feedback.stripping.matching import match_at
from feedback.stripping.persons import KIN
from feedback.stripping.scripts import in_scripts
from feedback.stripping.spelling import forms, may_tell
from feedback.stripping.texts import Span
from feedback.stripping.vocabulary import vocabulary

# Letters set apart: "b l i n d", "g.a.y", "h-i-v".
_SPACED = re.compile(r"(?<![^\W_])[a-z](?:[ ._*-][a-z]){2,}(?![^\W_])")
_APART = re.compile(r"[ ._*-]")
QUOTES = frozenset("\"'“„«»‘")
MOST_TO_GUESS = 120
MOST_WORDS, OVERLAP = 60, 20
"""A longer piece is no statement; it is looked at in parts that overlap, which keeps the time linear."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word as it is looked up, and where it stands."""

    name: str
    start: int
    end: int


@dataclass
class _Language:
    """The language of a text, guessed when it is asked for first."""

    text: str

    @cached_property
    def name(self) -> str:
        return language_of(found.group() for found in islice(WORD.finditer(self.text), MOST_TO_GUESS))


def find(text: str, released: Container[str] = ()) -> list[Span]:
    """Return the spans that disclose, in order, apart; offsets are code points of `text`, half-open.

    Those whose release key is in `released` are marked as such, and hide nothing that stands beside them.
    """
    folded = fold(text)
    spans = [] if text.isascii() else list(in_scripts(folded.text, released))
    if _may_disclose(folded.text):
        spans += _in_words(text, folded, released)
    return apart([_in_text(folded, span) for span in spans])


def _in_text(folded: Folded, span: Span) -> Span:
    start, end = folded.origin(span.start, span.end)
    return replace(span, start=start, end=end)


def _may_disclose(folded: str) -> bool:
    return may_tell(WORD.findall(folded)) or _SPACED.search(folded) is not None


def _in_words(text: str, folded: Folded, released: Container[str]) -> Iterator[Span]:
    before, begun = Before(), 0
    language = _Language(folded.text)
    for piece in pieces(folded.text, vocabulary().is_phrase, lambda: language.name):
        is_quoted = not QUOTES.isdisjoint(folded.text[max(0, piece.start - 1) : piece.start + 1])
        if piece.starts_sentence:
            before = Before(piece.lead, is_quoted)
        else:
            before = Before(piece.lead, is_quoted, before.words, before.was_hit, before.persons)
        written = WORD.findall(folded.text, piece.start, piece.end)
        if not may_tell(written) and not _SPACED.search(folded.text, piece.start, piece.end):
            persons = before.persons or not PERSONS.isdisjoint(written)
            before, begun = Before(piece.lead, False, tuple(written[-MOST_WORDS:]), False, persons), piece.start
            continue
        tokens = _tokens(folded.text, piece)
        for at in range(0, max(1, len(tokens) - OVERLAP), MOST_WORDS - OVERLAP):
            part = tokens[at : at + MOST_WORDS]
            names = [token.name for token in part]
            was_hit = False
            if may_tell(names):
                is_name = [_is_capitalised(text, *folded.origin(token.start, token.end)) for token in part]
                for span in _in_piece(part, names, is_name, before, language):
                    if _is_of_both(names, before, at_start=span.start == piece.start):
                        span = replace(span, start=begun)
                    is_released = span.may_stay(released)
                    yield replace(span, is_released=is_released)
                    if not is_released:
                        was_hit = True
                        break
            begun = piece.start
            persons = before.persons or not PERSONS.isdisjoint(names)
            before = Before(piece.lead, False, tuple(names), was_hit, persons)


def _is_capitalised(text: str, start: int, end: int) -> bool:
    """Say whether a word is written like a name; one in capitals throughout is an abbreviation, or shouted."""
    return text[start].isupper() and (end - start < 2 or not text[start + 1].isupper())


def _is_of_both(names: list[str], before: Before, *, at_start: bool) -> bool:
    """Say whether a statement is of the piece before as well: "my girlfriend and I are ..."."""
    is_joined = before.lead == "and" and names[0] in {"i", "me"} and bool(before.words)
    return at_start and is_joined and len(before.words) <= 3 and before.words[-1] in KIN


def _in_piece(
    tokens: list[Token], names: list[str], is_name: list[bool], before: Before, language: _Language
) -> Iterator[Span]:
    at = 0
    while at < len(names):
        match = match_at(names, at)
        if match is None:
            at += 1
            continue
        term = None if match.is_never() else match.term_in(language.name)
        if term is not None and term.strength != "never":
            verdict = judge(Clause(names, is_name, at, match.behind, term, before))
            if verdict:
                last = _last(names, verdict.first, at, match.behind) if verdict.last is None else verdict.last
                start = tokens[opening(names, verdict.first)].start
                yield Span(start, tokens[last].end, term.category, verdict.rule, term.text, term.strength)
        at = match.behind


def _last(names: list[str], first: int, at: int, behind: int) -> int:
    """Return the index of the last word to cut, so that no other term of the same piece stays behind."""
    last = last_word(names, first, at, behind)
    at = last + 1
    while at < len(names):
        match = match_at(names, at)
        if match is not None and match.terms[0].strength == "strong":
            last = max(last, last_word(names, first, at, match.behind))
        at = match.behind if match else at + 1
    return last


def _tokens(folded: str, piece: Piece) -> list[Token]:
    found: list[Token] = []
    at = piece.start
    for spaced in _SPACED.finditer(folded, piece.start, piece.end):
        together = _APART.sub("", spaced.group())
        if forms(together):
            found += _plain_tokens(folded, at, spaced.start())
            found.append(Token(together, *spaced.span()))
            at = spaced.end()
    return found + _plain_tokens(folded, at, piece.end)


def _plain_tokens(folded: str, start: int, end: int) -> list[Token]:
    return [Token(found.group(), *found.span()) for found in WORD.finditer(folded, start, end)]


def apart(spans: list[Span]) -> list[Span]:
    """Return the spans in order without those that overlap an earlier one; what is released gives way."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.is_released, span.start, -span.end)):
        at = bisect_left(kept, span.start, key=lambda other: other.start)
        is_free = at == 0 or kept[at - 1].end <= span.start
        if is_free and (at == len(kept) or span.end <= kept[at].start):
            kept.insert(at, span)
    return kept
