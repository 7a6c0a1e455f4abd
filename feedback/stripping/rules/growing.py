"""Lets a statement grow over the pieces beside it that go on with it."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from itertools import islice

from feedback.stripping.categories import SPECIAL
from feedback.stripping.clauses import WORD, Piece, pieces, words
from feedback.stripping.folding import fold
from feedback.stripping.languages import language_of
from feedback.stripping.rules.continuing import continues, goes_on_afresh, is_tail
from feedback.stripping.rules.joints import (
    ANDS,
    ASKING,
    BRIDGED,
    COUNTED,
    DOERS,
    SELVES,
    SHORT,
    STATING,
    WHO,
)
from feedback.stripping.rules.openings import owner_of
from feedback.stripping.rules.persons import ARTICLES, BLOCKING, KIN, POSSESSIVES, SUBJECTS
from feedback.stripping.texts import Span
from feedback.stripping.vocabulary import vocabulary

_REACH = 300
"""So many characters around a statement are looked at for what goes on with it."""
_MOST_PIECES, _INSIDE = 4, 4
_PARTING = words("so if when whenever while although though but hence therefore pero mais aber mas tapi lekin")
QUOTES = frozenset('"“”„«»‘')
_LATIN = "\u0250"
_APPOSED = ARTICLES | WHO | COUNTED | words("he she he's she's himself herself being he'd she'd")
_JOINED = SELVES | ARTICLES | words("we his her their my our two three")
_LISTED = frozenset({"list", "continued", "apposition"})
_PREDICATING = words("have had has i've got am i'm is was be been he's she's can't don't do did take took on")


def grown(text: str, spans: list[Span]) -> list[Span]:
    """Return the spans, which are in order and apart, with what goes on with their statement in the pieces beside.

    They grow up to each other at most. An identifier does not grow, nor what its writer released.
    """
    if not any(_may_grow(span) for span in spans):
        return spans
    folded = fold(text)
    places = folded.starts
    wide: list[Span] = []
    around = _Around(folded.text)
    limits = [*(span.start for span in spans[1:]), len(text)]
    for span, limit in zip(spans, limits, strict=True):
        if not _may_grow(span):
            wide.append(span)
            continue
        start, end, until = span.start, span.end, limit
        if places is not None:
            start, end, until = (bisect_left(places, place) for place in (start, end, until))
        around.look_at(start, end)
        start, end = around.start_of(start, span.rule), around.end_of(end, until)
        start, end = folded.origin(start, end)
        at_least = wide[-1].end if wide else 0
        wide.append(replace(span, start=max(at_least, min(start, span.start)), end=min(limit, max(end, span.end))))
    return wide


def _may_grow(span: Span) -> bool:
    return bool(span.rule) and span.category in SPECIAL and not span.is_released


class _Around:
    """The pieces around a statement in a folded text, a stretch of it at a time."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._known_to = 0
        self._pieces: list[Piece] = []
        self._words: dict[int, list[str]] = {}
        self._language: Callable[[], str] = str

    def look_at(self, start: int, end: int) -> None:
        """Part the stretch around a statement, unless that is done."""
        if end + _REACH <= self._known_to or (self._known_to == len(self._text) and self._pieces):
            return
        begin = max(0, start - _REACH)
        while 0 < begin < start and not self._text[begin - 1].isspace():
            begin += 1
        self._known_to = min(len(self._text), end + 8 * _REACH)
        stretch = self._text[begin : self._known_to]
        language = cache(lambda: language_of(found.group() for found in islice(WORD.finditer(stretch), _REACH)))
        self._language = language
        self._words = {}
        self._pieces = [
            replace(piece, start=begin + piece.start, end=begin + piece.end)
            for piece in pieces(stretch, vocabulary().is_phrase, language)
        ]

    def _at(self, place: int) -> int:
        """Return the index of the piece that a place stands in, or behind."""
        return bisect_right(self._pieces, place, key=_piece_start) - 1

    def _of(self, index: int) -> list[str]:
        """Return the words of a piece."""
        piece = self._pieces[index]
        if index not in self._words:
            self._words[index] = WORD.findall(self._text, piece.start, piece.end)
        return self._words[index]

    def end_of(self, end: int, limit: int) -> int:
        """Return where a statement ends that ends at a place, or behind it at the limit."""
        index = self._at(end - 1)
        if index < 0:
            return end
        tail = WORD.findall(self._text, end, self._pieces[index].end)
        if tail and not is_tail(tail):
            return end
        end = max(end, min(limit, self._pieces[index].end))
        reach = min(limit, end + _REACH)
        if bridge := self._bridge(index, reach, limit):
            return bridge
        for ahead in range(index + 1, min(len(self._pieces), index + 1 + _MOST_PIECES)):
            piece = self._pieces[ahead]
            if piece.end >= reach and piece.end != len(self._text):
                break
            names = self._of(ahead)
            if self._is_apart(ahead, names):
                break
            if not (goes_on_afresh(names) if piece.starts_sentence else continues(names, piece.lead, self._is_short)):
                break
            end = piece.end
        return end

    def _is_apart(self, index: int, names: list[str]) -> bool:
        """Say whether a piece stands in quotes, or in a script without the words that are known here."""
        between = self._text[self._pieces[index - 1].end : self._pieces[index].start]
        return not QUOTES.isdisjoint(between) or any(name > _LATIN for name in names)

    def _is_short(self, names: list[str]) -> bool:
        """Say whether a piece is so short that it has no verb; in English more of them are known."""
        return len(names) <= (SHORT if self._is_english() else 2)

    def _is_english(self) -> bool:
        return self._language() in {"", "en"}

    def _bridge(self, index: int, reach: int, limit: int) -> int:
        """Return the start of the next statement, if only a few words of the same sentence stand before it."""
        if reach < limit or limit == len(self._text):
            return 0
        count = 0
        for ahead in range(index + 1, len(self._pieces)):
            piece = self._pieces[ahead]
            if piece.starts_sentence:
                return 0
            if piece.lead in _PARTING:
                return 0
            names = WORD.findall(self._text, piece.start, min(limit, piece.end))
            count += len(names)
            if piece.end > limit and len(names) > (_INSIDE if self._is_english() else 1):
                return 0
            if count > BRIDGED or self._is_apart(ahead, names) or not ASKING.isdisjoint(names):
                return 0
            if piece.end > limit or piece.start >= limit:
                return limit
        return 0

    def start_of(self, start: int, rule: str) -> int:
        """Return where a statement starts that starts at a place, or before it."""
        index = self._at(start)
        if (
            index <= 0
            or self._pieces[index].starts_sentence
            or WORD.search(self._text, self._pieces[index].start, start)
        ):
            return start
        piece = self._pieces[index]
        found = list(WORD.finditer(self._text, self._pieces[index - 1].start, self._pieces[index - 1].end))
        names = [word.group() for word in found]
        first = _begun(names, piece.lead, self._of(index), rule)
        if first is None:
            return start
        start = found[first].start()
        before = self._pieces[index - 1]
        if first == 0 and before.lead in ANDS and index > 1 and not before.starts_sentence:
            earlier = self._of(index - 2)
            if len(earlier) <= 3 and not (KIN | SELVES).isdisjoint(earlier):
                start = self._pieces[index - 2].start
        return start


def _piece_start(piece: Piece) -> int:
    return piece.start


def _begun(names: list[str], lead: str, said: list[str], rule: str) -> int | None:
    """Return where in the piece before a statement it begins: "my dad | , a lifelong Labour man"."""
    for at in range(len(names) - 1, max(-1, len(names) - 3), -1):
        if names[at] in KIN and (at == len(names) - 1 or names[at + 1] not in STATING):
            if (not lead and said[0] in _APPOSED) or (lead in ANDS and said[0] in _JOINED):
                return owner_of(names, at)
            break
    if not names or not (lead in ANDS or rule in _LISTED):
        return None
    is_short = len(names) <= 4 and ASKING.isdisjoint(names)
    if is_short and lead in ANDS and (names[0] in POSSESSIVES or names[0] in SELVES) and STATING.isdisjoint(names[1:]):
        return 0
    if rule in _LISTED or (said[0] not in SUBJECTS | POSSESSIVES | DOERS | KIN and lead in ANDS):
        for at in range(max(0, len(names) - BRIDGED), len(names)):
            if names[at] in DOERS | SUBJECTS | KIN and not _PREDICATING.isdisjoint(names[at : at + 3]):
                at = owner_of(names, at)
                return at if ASKING.isdisjoint(names[at:]) and BLOCKING.isdisjoint(names[at:]) else None
    return None
