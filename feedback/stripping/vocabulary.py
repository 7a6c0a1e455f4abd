"""The terms of the languages that part words, as a trie in arrays: some 200,000 steps in a few megabytes."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from feedback.stripping.categories import Category
from feedback.stripping.word_lists import ANY_NUMBER, ANY_WORD, WORD_LANGUAGES, Term, common_words, spellings, terms

ENGLISH, TELLING, ANCHOR = 1, 2, 4
"""What a word is: one of an English term, a term by itself, the rarer of two that tell of one together."""
OFFSETS = (-2, -1, 1, 2)
"""Where the other of the two stands: beside the anchor, or with any word or number between."""
ROOT = 0
_WORD_BITS = 20
_WORD_MASK = (1 << _WORD_BITS) - 1
_GOES_ON, _GOES_ON_WITH_ANY = 0x8000, 0x4000
_MEANING = 0x3FFF
LEAST_TO_MISSPELL = 7
"""Shorter words have too many honest neighbours."""
Entry = tuple[str, str, str]
"""Language, category and strength."""
Meaning = tuple[Entry, ...]
"""What is written alike, once a language."""


@dataclass
class Vocabulary:
    """A node is reached by the words in front of it; what the arrays hold at a node says what ends there.

    numbers: of each word. signs: of each word, what it is. steps: the node before and the word behind it, in order, so
    that a step's place is its node. ends: of each node its meaning, and whether longer phrases go on from it.
    pairs: at each of OFFSETS an anchor and the other word, in order.
    long_words: those in which a slip is looked for.
    """

    numbers: dict[str, int] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    signs: bytearray = field(default_factory=bytearray)
    steps: array[int] = field(default_factory=lambda: array("Q"))
    ends: array[int] = field(default_factory=lambda: array("H", [0]))
    meanings: list[Meaning] = field(default_factory=lambda: [()])
    pairs: dict[int, array[int]] = field(default_factory=lambda: {offset: array("Q") for offset in OFFSETS})
    long_words: frozenset[str] = frozenset()

    def is_english(self, word: str) -> bool:
        """Say whether a word is one of an English term."""
        number = self.numbers.get(word)
        return number is not None and bool(self.signs[number] & ENGLISH)

    def step(self, node: int, number: int) -> int:
        """Return the node that a word leads to, or ROOT where no term goes on so."""
        step = node << _WORD_BITS | number
        place = bisect_left(self.steps, step)
        return place + 1 if place < len(self.steps) and self.steps[place] == step else ROOT

    def goes_on(self, node: int) -> bool:
        """Say whether a longer term starts so."""
        return bool(self.ends[node] & _GOES_ON)

    def goes_on_with_any(self, node: int) -> bool:
        """Say whether any word may follow."""
        return bool(self.ends[node] & _GOES_ON_WITH_ANY)

    def is_term(self, node: int) -> bool:
        """Say whether a term ends here."""
        return bool(self.ends[node] & _MEANING)

    def terms_at(self, node: int) -> tuple[Term, ...]:
        """Return the terms that end at a node, one a language."""
        meaning = self.meanings[self.ends[node] & _MEANING]
        text = " ".join(self.words_to(node)) if meaning else ""
        return tuple(Term(text, Category(category), strength, language) for language, category, strength in meaning)

    def words_to(self, node: int) -> list[str]:
        """Return the words that lead to a node."""
        found: list[str] = []
        while node != ROOT:
            step = self.steps[node - 1]
            found.append(self.words[step & _WORD_MASK])
            node = step >> _WORD_BITS
        return found[::-1]

    def is_phrase(self, words_around: str) -> bool:
        """Say whether a term is written so, or starts so."""
        node = ROOT
        for word in words_around.split(" "):
            number = self.numbers.get(word)
            node = ROOT if number is None else self.step(node, number)
            if node == ROOT:
                return False
        return True

    def partners(self, anchor: int, offset: int) -> frozenset[int]:
        """Return the words of which one at an offset from an anchor tells of a term."""
        pairs, first = self.pairs[offset], anchor << _WORD_BITS
        behind = bisect_left(pairs, first + _WORD_MASK)
        return frozenset(pair & _WORD_MASK for pair in pairs[bisect_left(pairs, first) : behind])


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
    strength of each, by their place in `told`.
    """

    def __init__(self, known: Vocabulary) -> None:
        self._known = known
        self._common = common_words()
        self._numbers, self._begins, self._entries = array("I"), array("I"), array("H")
        self._told: list[Entry] = []
        self._pairs: dict[int, set[int]] = {offset: set() for offset in OFFSETS}
        self._long_words: set[str] = set()

    def add(self, split: Sequence[str], term: Term) -> None:
        """Add a term as it is spelt."""
        numbers = [self._number(word) for word in split]
        entry = (term.language, str(term.category), term.strength)
        if entry not in self._told:
            self._told.append(entry)
        self._begins.append(len(self._numbers))
        self._numbers.extend(numbers)
        self._entries.append(self._told.index(entry))
        if term.language == "en":
            self._sign(numbers, ENGLISH)
        if term.strength != "never":
            self._tell(split, numbers)
        if term.strength == "strong" and len(split) <= 2:
            long = (word for word in split if len(word) >= LEAST_TO_MISSPELL and word not in self._common)
            self._long_words.update(self._known.words[self._known.numbers[word]] for word in long)

    def grow(self) -> None:
        """Lay the trie out level by level, so that the steps of each are in order behind those of the one before."""
        known, nodes = self._known, array("I", bytes(4 * len(self._begins)))
        ends = array("I", [*self._begins[1:], len(self._numbers)])
        growing = array("I", range(len(nodes)))
        any_word = known.numbers.get(ANY_WORD)
        depth = 0
        while growing:
            steps = array("Q", (nodes[row] << _WORD_BITS | self._numbers[self._begins[row] + depth] for row in growing))
            first = len(known.steps)
            known.steps.extend(sorted(set(steps)))
            known.ends.extend([0] * (len(known.steps) - first))
            for row, step in zip(growing, steps, strict=True):
                known.ends[nodes[row]] |= _GOES_ON | (_GOES_ON_WITH_ANY if step & _WORD_MASK == any_word else 0)
                nodes[row] = bisect_left(known.steps, step, first) + 1
            depth += 1
            growing = array("I", (row for row in growing if self._begins[row] + depth < ends[row]))
        self._mean(nodes)
        known.long_words = frozenset(self._long_words)
        for offset, found in self._pairs.items():
            known.pairs[offset].extend(sorted(found))

    def _mean(self, nodes: array[int]) -> None:
        """Say at the last node of each phrase what it means; of two alike in a language the first counts."""
        known = self._known
        numbered: dict[Meaning, int] = {(): 0}
        for node, place in zip(nodes, self._entries, strict=True):
            meaning, entry = known.meanings[known.ends[node] & _MEANING], self._told[place]
            if all(language != entry[0] for language, _, _ in meaning):
                number = numbered.setdefault((*meaning, entry), len(numbered))
                if number == len(known.meanings):
                    known.meanings.append((*meaning, entry))
                known.ends[node] = known.ends[node] & ~_MEANING | number

    def _number(self, word: str) -> int:
        known = self._known
        number = known.numbers.setdefault(word, len(known.words))
        if number == len(known.words):
            known.words.append(word)
            known.signs.append(0)
        return number

    def _sign(self, numbers: Sequence[int], sign: int) -> None:
        for number in numbers:
            self._known.signs[number] |= sign

    def _tell(self, split: Sequence[str], numbers: Sequence[int]) -> None:
        """Note by which words a text that has this term is known."""
        plain = [index for index, word in enumerate(split) if word not in (ANY_NUMBER, ANY_WORD)]
        near = [(first, second) for first, second in pairwise(plain) if second - first <= 2]
        if not near or len({split[index] for index in plain}) == 1:
            self._sign([numbers[index] for index in plain], TELLING)
            return
        pair = max(near, key=lambda pair: self._rarity(split[pair[0]], split[pair[1]]))
        other, anchor = sorted(pair, key=lambda index: self._rarity(split[index]))
        self._pairs[other - anchor].add(numbers[anchor] << _WORD_BITS | numbers[other])
        self._sign([numbers[anchor]], ANCHOR)

    def _rarity(self, *words: str) -> tuple[int, int]:
        """Say how rare words are, as far as one can tell: of those that are not common the longer ones."""
        return sum(self._common.get(word, len(self._common)) for word in words), sum(map(len, words))
