"""Reads the word lists: the terms of each language, and their words as they are written with more and less care."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from unicodedata import combining, normalize

from feedback.stripping.categories import Category
from feedback.stripping.clauses import WORD
from feedback.stripping.folding import fold

_LISTS = Path(__file__).parent / "lists"
WORD_LANGUAGES = ("en", "es", "fr", "de", "pt", "id", "hi_latn")
SCRIPT_LANGUAGES = ("zh", "ar", "hi")
ANY_NUMBER, ANY_WORD = "#", "*"
_WORD = re.compile(rf"{WORD.pattern}|[#*]")
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


def terms(languages: Iterable[str] = (*WORD_LANGUAGES, *SCRIPT_LANGUAGES)) -> Iterator[Term]:
    """Yield every term of the languages."""
    for language in languages:
        for file in sorted((_LISTS / language).glob("*.tsv")):
            category = Category(file.name.split(".")[0])
            with file.open(encoding="utf-8") as lines:
                for line in filter(_has_term, lines):
                    text, strength = line.rstrip("\n").split("\t")
                    assert text.strip(), f"{file.name} has a line without a term"
                    yield Term(fold(text).text, category, strength, language)


def _has_term(line: str) -> bool:
    return "\t" in line


def common_words() -> dict[str, int]:
    """Return the words that are too frequent to tell of a term by themselves; the most frequent one is 0."""
    _, written = (_LISTS / "common.txt").read_text("utf-8").split("\n\n")
    return {word: place for place, word in enumerate(written.split())}


def spellings(text: str) -> Iterator[tuple[str, ...]]:
    """Yield the words of a term as they are written with care, without accents, and without apostrophes."""
    split = tuple(_WORD.findall(text))
    yield split
    if not text.isascii():
        plain = tuple(map(without_accent, split))
        if plain != split:
            yield plain
    if "'" in text:
        plain = tuple(map(_without_apostrophe, split))
        if plain != split:
            yield plain


def without_accent(word: str) -> str:
    """Return a word as careless writers write it; a short one means something else then, and stays."""
    if word.isascii() or len(word) < _LEAST_CARELESS:
        return word
    return "".join(letter for letter in normalize("NFD", word) if not combining(letter)).replace("ß", "ss")


def _without_apostrophe(word: str) -> str:
    return word.replace("'", "") if len(word) >= _LEAST_CARELESS else word
