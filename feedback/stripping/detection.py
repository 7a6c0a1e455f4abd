"""Finds the pieces in which a person discloses something: a term of the lists, said of a person."""

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby, islice

from feedback.stripping.clauses import WORD, Piece, pieces
from feedback.stripping.folding import Folded, fold
from feedback.stripping.languages import language_of
from feedback.stripping.matching import Match, match_at
from feedback.stripping.rules.clause import PERSONS, Before, Clause
from feedback.stripping.rules.context import judge
from feedback.stripping.rules.endings import last_word
from feedback.stripping.rules.openings import opening
from feedback.stripping.rules.persons import KIN
from feedback.stripping.rules.verdicts import Verdict
from feedback.stripping.scripts import in_scripts, script_of
from feedback.stripping.spelling import forms
from feedback.stripping.telling import telling
from feedback.stripping.texts import Span
from feedback.stripping.vocabulary import vocabulary

# Letters set apart: "b l i n d", "g.a.y", "h-i-v".
_SPACED = re.compile(r"(?<![^\W_])[a-z](?:[ ._*-][a-z]){2,}(?![^\W_])")
_APART = re.compile(r"[ ._*-]")
QUOTES = frozenset("\"'“„«»‘")
# Behind it a sentence starts, whatever stands around it; `pieces` finds the other ends.
_SENTENCE_END = re.compile(r"[.!?…]\s+|\n")
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


@dataclass(frozen=True, slots=True)
class _Passage:
    """A sentence of a folded text, half-open, and where in it a term may stand, in order."""

    start: int
    end: int
    places: list[int]

    def has_place(self, start: int, end: int) -> bool:
        """Say whether a term may stand in a range."""
        at = bisect_left(self.places, start)
        return at < len(self.places) and self.places[at] < end


def find(text: str, released: Container[str] = ()) -> list[Span]:
    """Return the spans that disclose, in order, apart; offsets are code points of `text`, half-open.

    Those whose release key is in `released` are marked as such, and hide nothing that stands beside them.
    """
    folded = fold(text)
    spans = [] if text.isascii() else list(in_scripts(folded.text, released))
    language = _Language(folded.text)
    for passage in _passages(folded.text, _places(folded.text)):
        spans += _in_passage(text, folded, passage, language, released)
    return apart([_in_text(folded, span) for span in spans])


def language_in(text: str) -> str:
    """Return the language that a text seems to be in, or an empty one."""
    folded = fold(text).text
    return script_of(folded) or _Language(folded).name


def _in_text(folded: Folded, span: Span) -> Span:
    start, end = folded.origin(span.start, span.end)
    core = folded.origin(*span.core) if span.core[1] else span.core
    return replace(span, start=start, end=end, core=core)


def _places(folded: str) -> list[int]:
    """Return where in a text a term may stand, in order; mostly nowhere."""
    indices = telling(WORD.findall(folded))
    places = []
    if indices:
        starts = array("L", (word.start() for word in WORD.finditer(folded)))
        places = [starts[index] for index in indices]
    spaced = [letters.start() for letters in _SPACED.finditer(folded)]
    return sorted(places + spaced) if spaced else places


def _passages(folded: str, places: list[int]) -> Iterator[_Passage]:
    """Yield the sentences in which a term may stand; no rule looks further than to the ends of one."""
    if not places:
        return
    ends = [*(found.end() for found in _SENTENCE_END.finditer(folded)), len(folded)]
    for sentence, there in groupby(places, key=lambda place: bisect_right(ends, place)):
        yield _Passage(ends[sentence - 1] if sentence else 0, ends[sentence], list(there))


def _in_passage(
    text: str, folded: Folded, passage: _Passage, language: _Language, released: Container[str]
) -> Iterator[Span]:
    """Yield the statements of a passage; offsets are those of the folded text."""
    said, offset = folded.text[passage.start : passage.end], passage.start
    before, begun = Before(), 0
    for piece in pieces(said, vocabulary().is_phrase, lambda: language.name):
        is_quoted = not QUOTES.isdisjoint(said[max(0, piece.start - 1) : piece.start + 1])
        if piece.starts_sentence:
            before = Before(piece.lead, is_quoted)
        else:
            before = Before(piece.lead, is_quoted, before.words, before.was_hit, before.persons)
        if not passage.has_place(offset + piece.start, offset + piece.end):
            written = WORD.findall(said, piece.start, piece.end)
            persons = before.persons or not PERSONS.isdisjoint(written)
            before, begun = Before(piece.lead, False, tuple(written[-MOST_WORDS:]), False, persons), piece.start
            continue
        tokens = _tokens(said, piece)
        for at in range(0, max(1, len(tokens) - OVERLAP), MOST_WORDS - OVERLAP):
            part = _Part(tokens[at : at + MOST_WORDS], offset, passage.places, text, folded)
            was_hit = False
            for span in part.statements(before, language):
                if _is_of_both(part.names, before, at_start=span.start == piece.start):
                    span = replace(span, start=begun)
                is_released = span.may_stay(released)
                core = (offset + span.core[0], offset + span.core[1])
                start, end = offset + span.start, offset + span.end
                yield replace(span, start=start, end=end, is_released=is_released, core=core)
                if not is_released:
                    was_hit = True
                    break
            begun = piece.start
            persons = before.persons or not PERSONS.isdisjoint(part.names)
            before = Before(piece.lead, False, tuple(part.names), was_hit, persons)


def _is_capitalised(text: str, start: int, end: int) -> bool:
    """Say whether a word is written like a name; one in capitals throughout is an abbreviation, or shouted."""
    return text[start].isupper() and (end - start < 2 or not text[start + 1].isupper())


def _is_of_both(names: list[str], before: Before, *, at_start: bool) -> bool:
    """Say whether a statement is of the piece before as well: "my girlfriend and I are ..."."""
    is_joined = before.lead == "and" and names[0] in {"i", "me"} and bool(before.words)
    return at_start and is_joined and len(before.words) <= 3 and before.words[-1] in KIN


class _Part:
    """The words of a piece, at most MOST_WORDS of them; their offsets are those of its passage."""

    def __init__(self, tokens: list[Token], offset: int, places: list[int], text: str, folded: Folded) -> None:
        self.names = [token.name for token in tokens]
        self._tokens, self._offset, self._text, self._folded = tokens, offset, text, folded
        self._may_start: set[int] = set()
        starts, longest = [token.start for token in tokens], vocabulary().longest
        first, last = offset + starts[0], offset + tokens[-1].end
        for place in places[bisect_left(places, first) : bisect_left(places, last)]:
            at = bisect_right(starts, place - offset)
            self._may_start.update(range(max(0, at - longest), at))

    def statements(self, before: Before, language: _Language) -> Iterator[Span]:
        """Yield the statements in order, whether they are released or not."""
        at = 0
        while at < len(self.names):
            match = self._match_at(at)
            if match is None:
                at += 1
                continue
            term = None if match.is_never() else match.term_in(language.name)
            if term is not None and term.strength != "never":
                verdict = judge(Clause(self.names, self._is_name, at, match.behind, term, before))
                if verdict:
                    last, behind = verdict.last, match.behind
                    if last is None:
                        last, behind = self._last(verdict, at, match.behind)
                    start = self._tokens[opening(self.names, verdict.first, verdict.rule, at)].start
                    core = (self._tokens[at].start, self._tokens[behind - 1].end)
                    yield Span(
                        start,
                        self._tokens[last].end,
                        term.category,
                        verdict.rule,
                        term.text,
                        term.strength,
                        core=core,
                    )
            at = match.behind

    def _match_at(self, at: int) -> Match | None:
        return match_at(self.names, at) if at in self._may_start else None

    @cached_property
    def _is_name(self) -> list[bool]:
        """Of each word, whether it is written like a name."""
        places = (self._folded.origin(self._offset + one.start, self._offset + one.end) for one in self._tokens)
        return [_is_capitalised(self._text, *place) for place in places]

    def _last(self, verdict: Verdict, at: int, behind: int) -> tuple[int, int]:
        """Return the index of the last word to cut, and where the last term ends, so that none of the piece stays."""
        last = last_word(self.names, verdict.first, at, behind, verdict.rule)
        at = last + 1
        while at < len(self.names):
            match = self._match_at(at)
            if match is not None and match.terms[0].strength == "strong":
                last = max(last, last_word(self.names, verdict.first, at, match.behind, verdict.rule))
                behind = match.behind
            at = match.behind if match else at + 1
        return last, behind


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
