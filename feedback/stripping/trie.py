"""The terms of the languages that part words, as a trie in arrays: some 200,000 steps in a few megabytes."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from dataclasses import dataclass, field

from feedback.stripping.categories import Category
from feedback.stripping.word_lists import Term

ENGLISH, TELLING, ANCHOR = 1, 2, 4
"""What a word is: one of an English term, a term by itself, the rarer of two that tell of one together."""
OFFSETS = (-2, -1, 1, 2)
"""Where the other of the two stands: beside the anchor, or with any word or number between."""
ROOT = 0
WORD_BITS = 20
WORD_MASK = (1 << WORD_BITS) - 1
GOES_ON, GOES_ON_WITH_ANY = 0x8000, 0x4000
MEANING = 0x3FFF
Entry = tuple[str, Category, str]
"""Language, category and strength."""
Meaning = tuple[Entry, ...]
"""What is written alike, once a language."""


@dataclass
class Vocabulary:
    """A node is reached by the words in front of it; what the arrays hold at a node says what ends there.

    numbers: of each word. signs: of each word, what it is. steps: the node before and the word behind it, in order, so
    that a step's place is its node. ends: of each node its meaning, and whether longer phrases go on from it.
    pairs: at each of OFFSETS an anchor and the other word, in order.
    long_words: those in which a slip is looked for. longest: of how many words a term is at most.
    """

    numbers: dict[str, int] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    signs: bytearray = field(default_factory=bytearray)
    steps: array[int] = field(default_factory=lambda: array("Q"))
    ends: array[int] = field(default_factory=lambda: array("H", [0]))
    meanings: list[Meaning] = field(default_factory=lambda: [()])
    pairs: dict[int, array[int]] = field(default_factory=lambda: {offset: array("Q") for offset in OFFSETS})
    long_words: frozenset[str] = frozenset()
    longest: int = 0

    def is_english(self, word: str) -> bool:
        """Say whether a word is one of an English term."""
        number = self.numbers.get(word)
        return number is not None and bool(self.signs[number] & ENGLISH)

    def step(self, node: int, number: int) -> int:
        """Return the node that a word leads to, or ROOT where no term goes on so."""
        step = node << WORD_BITS | number
        place = bisect_left(self.steps, step)
        return place + 1 if place < len(self.steps) and self.steps[place] == step else ROOT

    def goes_on(self, node: int) -> bool:
        """Say whether a longer term starts so."""
        return bool(self.ends[node] & GOES_ON)

    def goes_on_with_any(self, node: int) -> bool:
        """Say whether any word may follow."""
        return bool(self.ends[node] & GOES_ON_WITH_ANY)

    def is_term(self, node: int) -> bool:
        """Say whether a term ends here."""
        return bool(self.ends[node] & MEANING)

    def terms_at(self, node: int) -> tuple[Term, ...]:
        """Return the terms that end at a node, one a language."""
        meaning = self.meanings[self.ends[node] & MEANING]
        text = " ".join(self.words_to(node)) if meaning else ""
        return tuple(Term(text, category, strength, language) for language, category, strength in meaning)

    def words_to(self, node: int) -> list[str]:
        """Return the words that lead to a node."""
        found: list[str] = []
        while node != ROOT:
            step = self.steps[node - 1]
            found.append(self.words[step & WORD_MASK])
            node = step >> WORD_BITS
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
        pairs, first = self.pairs[offset], anchor << WORD_BITS
        behind = bisect_left(pairs, first + WORD_MASK)
        return frozenset(pair & WORD_MASK for pair in pairs[bisect_left(pairs, first) : behind])
