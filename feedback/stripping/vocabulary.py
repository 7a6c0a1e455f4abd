"""The word lists, read once: phrases for the languages that part words, and terms by script for the others."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from re import findall
from sys import intern
from unicodedata import combining, normalize

from feedback.stripping.categories import Category
from feedback.stripping.clauses import WORD, words
from feedback.stripping.folding import fold

_LISTS = Path(__file__).parent / "lists"
WORD_LANGUAGES = ("en", "es", "fr", "de", "pt", "id", "hi_latn")
SCRIPT_LANGUAGES = ("zh", "ar", "hi")
ANY_NUMBER, ANY_WORD = "#", "*"
_LEAST_CARELESS = 5
"""Shorter words mean something else without it."""


@dataclass(frozen=True, slots=True)
class Term:
    """An entry of a word list.

    strength: strong, normal, weak, or never for a phrase that looks like a term and is none.
    """

    text: str
    category: Category
    strength: str
    language: str


MEDICAL = Term("(a medical ending)", Category.HEALTH, "strong", "en")
"""What a word is that no list has, and whose ending makes it a disease, an operation or a drug."""


@dataclass(frozen=True)
class Vocabulary:
    """The terms of all languages that part words; nothing but texts, which no garbage collection has to walk.

    phrases: the terms by their words, each `language category strength`, several with commas between.
    begun: what phrases of more words start with; before_any: what any word may follow.
    words: every word of one. english: those that are inflected. telling: the terms of one word that may be cut;
    pairs: of those of more, the rarest word with one other. A text with neither has no term.
    long_words: those in which a slip is looked for.
    """

    phrases: dict[str, str]
    begun: frozenset[str]
    before_any: frozenset[str]
    words: frozenset[str]
    english: frozenset[str]
    telling: frozenset[str]
    pairs: dict[str, tuple[str, ...]]
    long_words: frozenset[str]

    def is_phrase(self, words_around: str) -> bool:
        """Say whether a term is written so, or starts so."""
        return words_around in self.phrases or words_around in self.begun

    def terms_at(self, phrase: str) -> tuple[Term, ...]:
        """Return the terms that are written so, one a language."""
        written = self.phrases.get(phrase, "")
        rows = (kind.split(" ") for kind in written.split(",") if kind)
        return tuple(Term(phrase, Category(category), strength, language) for language, category, strength in rows)


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """Read the lists."""
    phrases: dict[str, str] = {}
    begun: set[str] = set()
    before_any: set[str] = set()
    known: set[str] = set()
    english: set[str] = set()
    telling: set[str] = set()
    long_words: set[str] = set()
    pairs: defaultdict[str, set[str]] = defaultdict(set)
    common = words((_LISTS / "common.txt").read_text("utf-8"))
    for language in WORD_LANGUAGES:
        for term in _read(language):
            for split in _spellings(term.text):
                known.update(split)
                _add(phrases, " ".join(split), term)
                begun.update(" ".join(split[:count]) for count in range(1, len(split)))
                before_any.update(" ".join(split[:at]) for at, word in enumerate(split) if word == ANY_WORD)
                if language == "en":
                    english.update(split)
                if term.strength != "never":
                    rarest, *others = sorted(
                        set(split) - {ANY_NUMBER, ANY_WORD}, key=lambda word: (word in common, -len(word))
                    )
                    if others:
                        pairs[rarest].add(others[0])
                    else:
                        telling.add(rarest)
                if term.strength == "strong" and len(split) <= 2:
                    long_words.update(word for word in split if len(word) >= LEAST_TO_MISSPELL and word not in common)
    return Vocabulary(
        phrases=phrases,
        begun=frozenset(begun),
        before_any=frozenset(before_any),
        words=frozenset(known),
        english=frozenset(english),
        telling=frozenset(telling),
        pairs={word: tuple(others) for word, others in pairs.items()},
        long_words=frozenset(long_words),
    )


def _add(phrases: dict[str, str], phrase: str, term: Term) -> None:
    kind = f"{term.language} {term.category} {term.strength}"
    here = phrases.get(phrase)
    if here is None:
        phrases[phrase] = intern(kind)
    elif all(not other.startswith(f"{term.language} ") for other in here.split(",")):
        phrases[phrase] = intern(f"{here},{kind}")


LEAST_TO_MISSPELL = 7
"""Shorter words have too many honest neighbours."""


def terms(languages: Iterable[str] = (*WORD_LANGUAGES, *SCRIPT_LANGUAGES)) -> Iterator[Term]:
    """Yield every term of the languages."""
    for language in languages:
        yield from _read(language)


def _read(language: str) -> Iterator[Term]:
    for file in sorted((_LISTS / language).glob("*.tsv")):
        category = Category(file.name.split(".")[0])
        for line in file.read_text("utf-8").splitlines():
            if "\t" in line:
                text, strength = line.split("\t")
                assert text.strip(), f"{file.name} has a line without a term"
                yield Term(fold(text).text, category, strength, language)


def _spellings(text: str) -> Iterator[tuple[str, ...]]:
    """Yield the words of a term as they are written with care, without accents, and without apostrophes."""
    split = tuple(map(intern, findall(rf"{WORD.pattern}|[#*]", text)))
    yield split
    for careless in (tuple(map(without_accent, split)), tuple(map(_without_apostrophe, split))):
        if careless != split:
            yield tuple(map(intern, careless))


def without_accent(word: str) -> str:
    """Return a word as careless writers write it; a short one means something else then, and stays."""
    if word.isascii() or len(word) < _LEAST_CARELESS:
        return word
    return "".join(letter for letter in normalize("NFD", word) if not combining(letter)).replace("ß", "ss")


def _without_apostrophe(word: str) -> str:
    return word.replace("'", "") if len(word) >= _LEAST_CARELESS else word
