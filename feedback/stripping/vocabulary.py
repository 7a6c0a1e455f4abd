"""The word lists, read once: a tree of words for the languages that part them, and terms by script for the others."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from re import findall
from unicodedata import combining, normalize

from feedback.stripping.categories import Category
from feedback.stripping.clauses import WORD, words
from feedback.stripping.folding import fold

_LISTS = Path(__file__).parent / "lists"
WORD_LANGUAGES = ("en", "es", "fr", "de", "pt", "id", "hi_latn")
SCRIPT_LANGUAGES = ("zh", "ar", "hi")
ANY_NUMBER, ANY_WORD = "#", "*"
_END = ""
_LEAST_WITHOUT_ACCENT = 5
"""Shorter words mean something else without it."""

Node = dict[str, "Node | tuple[Term, ...]"]
"""A place in the tree: what may follow by word, and at `_END` the terms that end here, one a language."""


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

# Too frequent in ordinary messages to tell of a term by themselves.
COMMON = words(
    "a accept access accessing action active activities advanced africa after again all almost am an and any"
    " anymore app are areas as at authorization back bad balance balances bank bank's banks be because been before"
    " believe big both branch branches bring bug bugs business button by call came can can't cannot card care case"
    " center change check checking choice clean clear closed code come commercial company completely confirmation"
    " connect constantly country critical customer customers daily data date day days device devices did didn't"
    " difficult disable do doesn't doesnt doing don't done dont double due during each effective encountered end"
    " essential every exchange face facing failure far fast file filled finance fine finger first fix fixed fixing"
    " following for forward found free friends from full future gave general get give given go goes going gone"
    " good got great guys had half hard has hate have having head health hear hell help helped helps her high his"
    " history home hope hours i i'm in installation international into is issue issues it just keep keeps kept"
    " language last leave left life light like limited line live living local long longer lost love low make"
    " making man manager many matter me member members mini modern month months multiple my name needs never new"
    " night no not number of off office old on once one online only open opened opening operate or order organized"
    " other others our out own packed password pay paying people perfect perform person phone phones physical"
    " place platform platforms plus poor print pro problem problems professional proud put receive received"
    " recipient recommend recommended register release released rely remove removed request response right run"
    " running same saved saying screen second section sector secure secured see seeing self send serious server"
    " service services share shopping short shows side sign since single small smart someone special staff"
    " standing start started starting step steps stop stopped stops supper support supports switch system take"
    " taken takes taking tanks team terms terrible text that the their this thought three through time times to"
    " tomorrow took totally track transfer true trust trying turn turned two type unable up update urgent use"
    " useful user users using very visit wait waiting want was water we weak week weeks well went what when who"
    " will with withdrawal without won't word work working works year years your"
)


@dataclass(frozen=True)
class Vocabulary:
    """The terms of all languages that part words.

    tree: the terms, word by word. words: every word of one. english: those that are
    inflected. telling: of each term that may be cut one word, its
    rarest by guess; a text with none of them has no term. long_words: those in which a slip is looked for.
    """

    tree: Node
    words: frozenset[str]
    english: frozenset[str]
    telling: frozenset[str]
    long_words: frozenset[str]


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """Read the lists."""
    tree: Node = {}
    known: set[str] = set()
    english: set[str] = set()
    telling: set[str] = set()
    long_words: set[str] = set()
    for language in WORD_LANGUAGES:
        for term in _read(language):
            for split in _spellings(term.text):
                known.update(split)
                if language == "en":
                    english.update(split)
                _plant(tree, split, term)
                if term.strength != "never":
                    telling.add(max(split, key=lambda word: (word not in COMMON, len(word))))
                if term.strength == "strong" and len(split) <= 2:
                    long_words.update(word for word in split if len(word) >= LEAST_TO_MISSPELL and word not in COMMON)
    return Vocabulary(tree, frozenset(known), frozenset(english), frozenset(telling), frozenset(long_words))


LEAST_TO_MISSPELL = 7
"""Shorter words have too many honest neighbours."""


def terms_of(node: Node) -> tuple[Term, ...]:
    """Return the terms that end at a place of the tree."""
    found = node.get(_END)
    return found if isinstance(found, tuple) else ()


def step(node: Node, word: str) -> Node | None:
    """Return the place behind a word."""
    found = node.get(word) if word else None
    return found if isinstance(found, dict) else None


@lru_cache(maxsize=1)
def by_script() -> dict[str, tuple[Term, ...]]:
    """Return the terms that are looked for anywhere in a piece, longest first, by language."""
    return {language: tuple(sorted(_read(language), key=lambda term: -len(term.text))) for language in SCRIPT_LANGUAGES}


def terms() -> Iterator[Term]:
    """Yield every term of every language."""
    for language in (*WORD_LANGUAGES, *SCRIPT_LANGUAGES):
        yield from _read(language)


def _read(language: str) -> Iterator[Term]:
    for file in sorted((_LISTS / language).glob("*.tsv")):
        category = Category(file.name.split(".")[0])
        for line in file.read_text("utf-8").splitlines():
            if "\t" in line:
                text, strength = line.split("\t")
                yield Term(fold(text).text, category, strength, language)


def _plant(tree: Node, split: tuple[str, ...], term: Term) -> None:
    node = tree
    for word in split:
        following = node.setdefault(word, {})
        assert isinstance(following, dict)
        node = following
    here = terms_of(node)
    if all(term.language != other.language for other in here):
        node[_END] = (*here, term)


def _spellings(text: str) -> Iterator[tuple[str, ...]]:
    """Yield the words of a term as they are written with care, without accents, and without apostrophes."""
    split = tuple(findall(rf"{WORD.pattern}|[#*]", text))
    yield split
    for careless in (tuple(map(_without_accent, split)), tuple(map(_without_apostrophe, split))):
        if careless != split:
            yield careless


def _without_accent(word: str) -> str:
    if word.isascii() or len(word) < _LEAST_WITHOUT_ACCENT:
        return word
    return "".join(letter for letter in normalize("NFD", word) if not combining(letter)).replace("ß", "ss")


def _without_apostrophe(word: str) -> str:
    return word.replace("'", "") if len(word) > _LEAST_WITHOUT_ACCENT else word
