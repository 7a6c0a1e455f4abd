"""Finds the pieces in which a person discloses something: a term of the lists, said of a person."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from feedback.stripping.clauses import WORD, Piece, pieces
from feedback.stripping.context import judge, last_word
from feedback.stripping.scripts import in_scripts
from feedback.stripping.texts import Span
from feedback.stripping.vocabulary import Term, by_ending, by_first_word, is_medical, telling_words

_LEET = str.maketrans("01345789@!$", "oieastbgais")
# A sign or digit inside letters: "d1abetes", "g@y", "sch!zophrenic".
_DISGUISED = re.compile(r"[a-z]+(?:[0134579@!$*][a-z]+)+")
_MAY_BE_DISGUISED = re.compile(r"[0134579@!$](?<=[a-z].)[a-z]")
# Letters set apart: "b l i n d".
_SPACED = re.compile(r"(?<!\S)[a-z](?: [a-z]){3,}(?!\S)")
MOST_WORDS = 60
"""A longer piece is no statement; it is looked at in parts, which keeps the time linear."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word as it is looked up, and where it stands."""

    name: str
    start: int
    end: int


def find(text: str) -> list[Span]:
    """Return the spans that disclose, in order, apart; offsets are code points of `text`, half-open."""
    folded = _folded(text)
    spans = [] if text.isascii() else list(in_scripts(folded))
    if _may_disclose(folded):
        spans += _in_words(text, folded)
    return _apart(spans)


def _folded(text: str) -> str:
    """Return the text in lower case, letter for letter."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
    return lowered if text.isascii() else lowered.replace("’", "'")


def _may_disclose(folded: str) -> bool:
    words = WORD.findall(folded)
    return (
        not telling_words().isdisjoint(words)
        or any(map(is_medical, words))
        or _MAY_BE_DISGUISED.search(folded) is not None
        or _SPACED.search(folded) is not None
    )


def _in_words(text: str, folded: str) -> Iterator[Span]:
    was_hit = False
    earlier: list[str] = []
    for piece in pieces(folded):
        if piece.starts_sentence:
            was_hit, earlier = False, []
        tokens = _tokens(folded, piece)
        for at in range(0, len(tokens), MOST_WORDS):
            part = tokens[at : at + MOST_WORDS]
            span = _in_piece(text, piece, part, earlier, was_hit)
            if span:
                yield span
            was_hit = span is not None
            earlier = [token.name for token in part]


def _in_piece(text: str, piece: Piece, tokens: list[Token], earlier: list[str], was_hit: bool) -> Span | None:
    names = [token.name for token in tokens]
    at = 0
    while at < len(names):
        term = _term_at(names, at)
        if term is None:
            at += 1
            continue
        behind = at + len(term.words)
        if term.strength != "never":
            is_name = [text[token.start].isupper() for token in tokens]
            verdict = judge(names, is_name, at, term, piece.lead, earlier, was_hit)
            if verdict:
                start = tokens[verdict.first].start
                end = tokens[_last(names, verdict.first, at, behind)].end
                return Span(start, end, term.category, verdict.rule, " ".join(term.words))
        at = behind
    return None


def _last(names: list[str], first: int, at: int, behind: int) -> int:
    """Return the index of the last word to cut, so that no other term of the same piece stays behind."""
    last = last_word(names, first, at, behind)
    at = last + 1
    while at < len(names):
        term = _term_at(names, at)
        if term is not None and term.strength == "strong":
            last = max(last, last_word(names, first, at, at + len(term.words)))
        at += len(term.words) if term else 1
    return last


def _term_at(names: list[str], at: int) -> Term | None:
    name = names[at]
    for term in by_first_word().get(name, ()):
        if term.stands_at(names, at):
            return term
    return by_ending(name) if is_medical(name) else None


def _tokens(folded: str, piece: Piece) -> list[Token]:
    found: list[Token] = []
    at = piece.start
    for spaced in _SPACED.finditer(folded, piece.start, piece.end):
        found += _plain_tokens(folded, at, spaced.start())
        found += _set_together(spaced)
        at = spaced.end()
    return found + _plain_tokens(folded, at, piece.end)


def _set_together(spaced: re.Match[str]) -> list[Token]:
    word = spaced.group().replace(" ", "")
    return [Token(word, *spaced.span())]


def _plain_tokens(folded: str, start: int, end: int) -> list[Token]:
    return [Token(_plain(found.group()), *found.span()) for found in WORD.finditer(folded, start, end)]


def _plain(word: str) -> str:
    return word.translate(_LEET) if not word.isalpha() and _DISGUISED.fullmatch(word) else word


def _apart(spans: list[Span]) -> list[Span]:
    apart: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if not apart or span.start >= apart[-1].end:
            apart.append(span)
    return apart
