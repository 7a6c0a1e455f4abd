"""Settles where each statement begins and ends, by weights that were learned from labelled messages.

The rules find a statement and say roughly how far it goes. What around its term belongs to it, rather than to what is
asked, shows in many small signs. Each has a weight in `extents.json`; together they give each possible end its chance
(a softmax), so that a word is left out when it belongs to the statement with a chance of four in ten, or a greater.
`bench/stripping/learning.py` learns the weights, from messages written for it.
"""

import json
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from itertools import pairwise
from math import exp
from pathlib import Path

from feedback.stripping import signs
from feedback.stripping.categories import SPECIAL
from feedback.stripping.clauses import WORD
from feedback.stripping.folding import Folded, fold
from feedback.stripping.signs import Side, gap_of
from feedback.stripping.texts import Span

WEIGHTS = Path(__file__).with_name("extents.json")
SCALE = 100
"""A weight is kept as whole hundredths of the logarithm of a chance."""
LEAST_CHANCE = 0.42
"""What belongs to the statement with this chance is left out with it: to keep it would be worse than to lose it."""
MOST_WORDS, MOST_LETTERS = 14, 110
"""No end lies further from the term than that."""
Range = tuple[int, int]
_SUFFIXES = tuple("%‰°+")
"""They belong to the word that they follow: "80%", "HIV+"."""
_SUMMED: dict[str, Callable[[str, str], list[str]]] = {
    "taken": lambda word, _: signs.of_taken(word),
    "inner": signs.of_inner,
    "outer": signs.of_outer,
}
_UNKNOWN = "\0"


def settled(text: str, spans: list[Span]) -> list[Span]:
    """Return the spans, which are in order and apart, with the ends that weigh most, still apart.

    A statement reaches up to the term of the next one at most. An identifier stays as it is, and what was released.
    """
    if not any(_is_open(span) for span in spans):
        return spans
    new: list[Span] = []
    for span, around in sides(text, spans):
        start, end = (side.places[_furthest(side)] for side in around) if around else (span.start, span.end)
        while around and text[end : end + 1] in _SUFFIXES:
            end += 1
        new.append(replace(span, start=max(start, new[-1].end if new else 0), end=end))
    return new


def sides(text: str, spans: list[Span]) -> Iterator[tuple[Span, tuple[Side, Side] | None]]:
    """Yield each span with what stands before and behind its term, or with None where its ends are not open."""
    folded = fold(text)
    limits = [*(span.core[0] if _is_open(span) else span.start for span in spans), len(text)][1:]
    earliest = 0
    for span, latest in zip(spans, limits, strict=True):
        if not _is_open(span):
            yield span, None
            earliest = span.end
            continue
        yield span, (_before(folded, span, earliest), _behind(folded, span, latest))
        earliest = span.core[1]


def _is_open(span: Span) -> bool:
    return span.core[1] > 0 and span.category in SPECIAL and not span.is_released


def _before(folded: Folded, span: Span, earliest: int) -> Side:
    start, end = _in_folded(folded, span.core)
    reach = max(0, start - MOST_LETTERS)
    found = [word.span() for word in WORD.finditer(folded.text, reach, start) if word.start() > reach or not reach]
    outwards = [(start, end), *reversed(found)]
    gaps = [folded.text[last:first] for (first, _), (_, last) in pairwise(outwards)]
    places = [folded.origin(*place)[0] for place in outwards[1 : MOST_WORDS + 1]]
    inside = [place for place in places if place >= earliest]
    ruled = sum(place >= span.start for place in inside)
    return _side("before", folded.text, outwards, gaps, [span.core[0], *inside], ruled, span.rule)


def _behind(folded: Folded, span: Span, latest: int) -> Side:
    start, end = _in_folded(folded, span.core)
    found = [word.span() for word in WORD.finditer(folded.text, end, end + MOST_LETTERS)]
    outwards = [(start, end), *found]
    gaps = [folded.text[last:first] for (_, last), (first, _) in pairwise(outwards)]
    places = [folded.origin(*place)[1] for place in outwards[1 : MOST_WORDS + 1]]
    inside = [place for place in places if place <= latest]
    ruled = sum(place <= span.end for place in inside)
    return _side("behind", folded.text, outwards, gaps, [span.core[1], *inside], ruled, span.rule)


def _side(
    name: str, text: str, outwards: list[Range], gaps: list[str], places: list[int], ruled: int, rule: str
) -> Side:
    """Make a side of the words and gaps outwards from the term; the text's end stands for a word beyond."""
    told = [gap_of(between) for between in gaps[: len(places)]]
    # What stands in quotes is a name, a button, or somebody else's: a statement ends before it.
    places = places[: told.index('"') + 1 if '"' in told else None]
    own = WORD.findall(text, *outwards[0])
    words = [own[0 if name == "before" else -1], *(text[slice(*place)] for place in outwards[1 : len(places) + 1])]
    told = told[: len(places)]
    missing = len(places) + 1 - len(words)
    return Side(name, words + [""] * missing, ["", *told] + ["^"] * missing, places, ruled, rule)


def _in_folded(folded: Folded, place: Range) -> Range:
    if folded.starts is None:
        return place
    return bisect_left(folded.starts, place[0]), bisect_left(folded.starts, place[1])


def _furthest(side: Side) -> int:
    """Return how many words are taken in: the most that the statement reaches to with the chance asked for."""
    learned = _learned()[side.name]
    taken, weights = 0, []
    for at in range(len(side.places)):
        if at:
            crossed = side.crossed(at)
            taken += learned.of_taken(side.words[at]) + (learned.of(crossed) if crossed else 0)
        weights.append(taken + learned.of_end(side, at))
    heaviest = max(weights)
    chances = [exp((weight - heaviest) / SCALE) for weight in weights]
    left = sum(chances) * LEAST_CHANCE
    at = len(chances)
    while left > 0:
        at -= 1
        left -= chances[at]
    return at


class _Weights:
    """The weights of one side's signs, in hundredths, and the sums of those that go together for the words known here.

    Sums are kept for those words alone, so that nobody's own words stay in memory.
    """

    def __init__(self, weights: dict[str, int]) -> None:
        self._weights = weights
        named = {word for sign in weights for word in WORD.findall(sign)}
        self._known = named | signs.KINDS_OF.keys() | {"", _UNKNOWN}
        self._sums: defaultdict[tuple[str, str], dict[str, int]] = defaultdict(dict)

    def of(self, signs: Iterable[str]) -> int:
        return sum([self._weights[sign] for sign in signs if sign in self._weights])

    def of_taken(self, word: str) -> int:
        return self._sum("taken", word, "")

    def of_end(self, side: Side, at: int) -> int:
        inner, outer, gap = side.words[at], side.words[at + 1], side.gaps[at + 1]
        total = self._of_rule(side.rule, at - side.ruled, gap) + self._of_length(at) + self._sum("outer", outer, gap)
        return total + (self._sum("inner", inner, gap) if at else self.of(signs.of_term(inner, gap, side.rule)))

    @cache  # noqa: B019  (there are two of these, for as long as the process runs)
    def _of_rule(self, rule: str, beyond: int, gap: str) -> int:
        return self.of(signs.of_rule(rule, beyond, gap))

    @cache  # noqa: B019
    def _of_length(self, taken: int) -> int:
        return self.of(signs.of_length(taken))

    def _sum(self, kind: str, word: str, gap: str) -> int:
        """Return the sum for a word; all words that are not known here weigh the same, but for numbers."""
        if word not in self._known:
            word = "0" if word.isdigit() else _UNKNOWN
        sums = self._sums[kind, gap]
        if word not in sums:
            sums[word] = self.of(_SUMMED[kind](word, gap))
        return sums[word]


@cache
def _learned() -> Mapping[str, _Weights]:
    """Return the weights of each side."""
    return {name: _Weights(weights) for name, weights in json.loads(WEIGHTS.read_text("utf-8")).items()}
