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

Node = dict[str, "Node | Term"]
"""A place in the tree: what may follow by word, and at `_END` the term that ends here."""


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
    "have has had having with since same problem problems years months weeks from that this when what without time"
    " times days back after member members using health number both issue issues want like very good make work free"
    " hear see well going goes went go gone call card data date code update my his her the in of to is on off out not"
    " was are first again your their shows one can't service transfer user at as by an a just love bad been life works"
    " branch i'm done check people long take unable got get right cannot support did multiple found person come proud"
    " choice self due into doing print section exchange took lost office face release released left matter failure"
    " language leave care weak line app use send change full running three two open do make give put keep be am for"
    " up it no and i me we our don't who all or"
)


@dataclass(frozen=True)
class Vocabulary:
    """The terms of all languages that part words.

    tree: the terms, word by word. words: every word of one. telling: of each term that may be cut one word, its
    rarest by guess; a text with none of them has no term. long_words: those in which a slip is looked for.
    """

    tree: Node
    words: frozenset[str]
    telling: frozenset[str]
    long_words: frozenset[str]


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """Read the lists; where two languages share a phrase, the first has it."""
    tree: Node = {}
    known: set[str] = set()
    telling: set[str] = set()
    long_words: set[str] = set()
    for language in WORD_LANGUAGES:
        for term in _read(language):
            for split in _spellings(term.text):
                known.update(split)
                _plant(tree, split, term)
                if term.strength != "never":
                    telling.add(max(split, key=lambda word: (word not in COMMON, len(word))))
                if term.strength == "strong" and len(split) <= 2:
                    long_words.update(word for word in split if len(word) >= LEAST_TO_MISSPELL and word not in COMMON)
    return Vocabulary(tree, frozenset(known), frozenset(telling), frozenset(long_words))


LEAST_TO_MISSPELL = 7
"""Shorter words have too many honest neighbours."""


def term_of(node: Node) -> Term | None:
    """Return the term that ends at a place of the tree."""
    found = node.get(_END)
    return found if isinstance(found, Term) else None


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
    node.setdefault(_END, term)


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
