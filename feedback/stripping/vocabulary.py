"""Reads the lists of the languages that part words into a trie."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from feedback.stripping.trie import (
    ANCHOR,
    ENGLISH,
    GOES_ON,
    GOES_ON_WITH_ANY,
    MEANING,
    OFFSETS,
    TELLING,
    WORD_BITS,
    WORD_MASK,
    Entry,
    Meaning,
    Vocabulary,
)
from feedback.stripping.word_lists import ANY_NUMBER, ANY_WORD, WORD_LANGUAGES, Term, common_words, spellings, terms

LEAST_TO_MISSPELL = 7
"""Shorter words have too many honest neighbours."""
_LONGEST = 32


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """Read the lists."""
    known = Vocabulary()
    phrases = _Phrases(known)
    for term in terms(WORD_LANGUAGES):
        for split in spellings(term.text):
            phrases.add(split, term)
    phrases.grow()
    return known


class _Phrases:
    """The phrases while the lists are read, in arrays: what is short-lived in small objects leaves holes in the memory.

    numbers: the words of all, one phrase behind the other. begins: where each starts. entries: language, category and
    strength of each, by their place in `told`. rarities: of each word, as far as one can tell; what is long is rare.
    """

    def __init__(self, known: Vocabulary) -> None:
        self._known = known
        self._common = common_words()
        self._numbers, self._begins, self._entries = array("I"), array("I"), array("H")
        self._rarities = array("I")
        self._told: dict[Entry, int] = {}
        self._pairs: dict[int, set[int]] = {offset: set() for offset in OFFSETS}
        self._long_words: set[str] = set()
        self._any_word = self._number(ANY_WORD)
        self._wild = {self._any_word, self._number(ANY_NUMBER)}

    def add(self, split: Sequence[str], term: Term) -> None:
        """Add a term as it is spelt."""
        numbers = [self._number(word) for word in split]
        entry = (term.language, term.category, term.strength)
        self._begins.append(len(self._numbers))
        self._numbers.extend(numbers)
        self._entries.append(self._told.setdefault(entry, len(self._told)))
        if term.language == "en":
            self._sign(numbers, ENGLISH)
        if term.strength != "never":
            self._tell(numbers)
        if term.strength == "strong" and len(split) <= 2:
            long = (word for word in split if len(word) >= LEAST_TO_MISSPELL and word not in self._common)
            self._long_words.update(self._known.words[self._known.numbers[word]] for word in long)

    def grow(self) -> None:
        """Lay the trie out level by level, so that the steps of each are in order behind those of the one before."""
        known, nodes = self._known, array("I", bytes(4 * len(self._begins)))
        ends = array("I", [*self._begins[1:], len(self._numbers)])
        growing = array("I", range(len(nodes)))
        depth = 0
        while growing:
            steps = array("Q", (nodes[row] << WORD_BITS | self._numbers[self._begins[row] + depth] for row in growing))
            first = len(known.steps)
            known.steps.extend(sorted(set(steps)))
            known.ends.extend([0] * (len(known.steps) - first))
            for row, step in zip(growing, steps, strict=True):
                known.ends[nodes[row]] |= GOES_ON | (GOES_ON_WITH_ANY if step & WORD_MASK == self._any_word else 0)
                nodes[row] = bisect_left(known.steps, step, first) + 1
            depth += 1
            growing = array("I", (row for row in growing if self._begins[row] + depth < ends[row]))
        known.longest = depth
        self._mean(nodes)
        known.long_words = frozenset(self._long_words)
        for offset, found in self._pairs.items():
            known.pairs[offset].extend(sorted(found))

    def _mean(self, nodes: array[int]) -> None:
        """Say at the last node of each phrase what it means; of two alike in a language the first counts."""
        known, told = self._known, list(self._told)
        numbered: dict[Meaning, int] = {(): 0}
        for node, place in zip(nodes, self._entries, strict=True):
            meaning, entry = known.meanings[known.ends[node] & MEANING], told[place]
            if not meaning or all(language != entry[0] for language, _, _ in meaning):
                number = numbered.setdefault((*meaning, entry), len(numbered))
                if number == len(known.meanings):
                    known.meanings.append((*meaning, entry))
                known.ends[node] = known.ends[node] & ~MEANING | number

    def _number(self, word: str) -> int:
        number = self._known.numbers.get(word)
        if number is None:
            number = self._known.numbers[word] = len(self._known.words)
            self._known.words.append(word)
            self._known.signs.append(0)
            self._rarities.append(self._common.get(word, len(self._common)) * _LONGEST + min(len(word), _LONGEST - 1))
        return number

    def _sign(self, numbers: Sequence[int], sign: int) -> None:
        for number in numbers:
            self._known.signs[number] |= sign

    def _tell(self, numbers: Sequence[int]) -> None:
        """Note by which words a text that has this term is known."""
        plain = [index for index, number in enumerate(numbers) if number not in self._wild]
        near = [(first, second) for first, second in pairwise(plain) if second - first <= 2]
        if not near or len({numbers[index] for index in plain}) == 1:
            self._sign([numbers[index] for index in plain], TELLING)
            return
        first, second = max(near, key=lambda pair: self._rarities[numbers[pair[0]]] + self._rarities[numbers[pair[1]]])
        is_first = self._rarities[numbers[first]] > self._rarities[numbers[second]]
        anchor, other = (first, second) if is_first else (second, first)
        self._pairs[other - anchor].add(numbers[anchor] << WORD_BITS | numbers[other])
        self._sign([numbers[anchor]], ANCHOR)
