"""The terms of the languages that part words, as a trie in arrays: some 200,000 steps in a few megabytes."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
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
Meaning = tuple[tuple[str, str, str], ...]
"""Language, category and strength, once a language."""


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
    _grow(known, phrases.meanings)
    known.long_words = frozenset(phrases.long_words)
    for offset, found in phrases.pairs.items():
        known.pairs[offset].extend(sorted(found))
    return known


class _Phrases:
    """The phrases while the lists are read: their words as three bytes each, and what each means."""

    def __init__(self, known: Vocabulary) -> None:
        self._known = known
        self._common = common_words()
        self._numbered: dict[Meaning, int] = {(): 0}
        self.meanings: dict[bytes, int] = {}
        self.pairs: dict[int, set[int]] = {offset: set() for offset in OFFSETS}
        self.long_words: set[str] = set()

    def add(self, split: Sequence[str], term: Term) -> None:
        """Add a term as it is spelt, unless its language has one that is spelt so."""
        numbers = [self._number(word) for word in split]
        phrase = b"".join(number.to_bytes(3) for number in numbers)
        meaning = self._known.meanings[self.meanings.get(phrase, 0)]
        if all(language != term.language for language, _, _ in meaning):
            meaning = (*meaning, (term.language, str(term.category), term.strength))
            self.meanings[phrase] = self._numbered.setdefault(meaning, len(self._numbered))
            if len(self._numbered) > len(self._known.meanings):
                self._known.meanings.append(meaning)
        if term.language == "en":
            self._sign(numbers, ENGLISH)
        if term.strength != "never":
            self._tell(split, numbers)
        if term.strength == "strong" and len(split) <= 2:
            long = (word for word in split if len(word) >= LEAST_TO_MISSPELL and word not in self._common)
            self.long_words.update(self._known.words[self._known.numbers[word]] for word in long)

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
        if len({split[index] for index in plain}) == 1:
            self._sign([numbers[plain[0]]], TELLING)
            return
        near = [(first, second) for first, second in pairwise(plain) if second - first <= 2]
        if not near:
            self._sign([numbers[index] for index in plain], TELLING)
            return
        pair = max(near, key=lambda pair: self._rarity(split[pair[0]], split[pair[1]]))
        other, anchor = sorted(pair, key=lambda index: self._rarity(split[index]))
        self.pairs[other - anchor].add(numbers[anchor] << _WORD_BITS | numbers[other])
        self._sign([numbers[anchor]], ANCHOR)

    def _rarity(self, *words: str) -> tuple[int, int]:
        """Say how rare words are, as far as one can tell: of those that are not common the longer ones."""
        return sum(self._common.get(word, len(self._common)) for word in words), sum(map(len, words))


def _grow(known: Vocabulary, meanings: dict[bytes, int]) -> None:
    """Lay the trie out level by level, so that the steps of each are in order behind those of the one before."""
    growing = [(phrase, ROOT) for phrase in meanings]
    any_word = known.numbers.get(ANY_WORD)
    depth = 0
    while growing:
        at = slice(3 * depth, 3 * depth + 3)
        steps = [node << _WORD_BITS | int.from_bytes(phrase[at]) for phrase, node in growing]
        base = len(known.steps)
        known.steps.extend(sorted(set(steps)))
        known.ends.extend([0] * (len(known.steps) - base))
        depth += 1
        growing = list(_next_level(known, growing, steps, base, meanings, any_word, depth))


def _next_level(
    known: Vocabulary,
    growing: list[tuple[bytes, int]],
    steps: list[int],
    base: int,
    meanings: dict[bytes, int],
    any_word: int | None,
    depth: int,
) -> Iterator[tuple[bytes, int]]:
    for (phrase, node), step in zip(growing, steps, strict=True):
        child = bisect_left(known.steps, step, base) + 1
        if node != ROOT:
            known.ends[node] |= _GOES_ON
            if step & _WORD_MASK == any_word:
                known.ends[node] |= _GOES_ON_WITH_ANY
        if len(phrase) == 3 * depth:
            known.ends[child] |= meanings[phrase]
        else:
            yield phrase, child
