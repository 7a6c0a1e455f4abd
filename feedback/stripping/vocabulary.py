"""The word lists, read once and indexed by first word."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from unicodedata import combining, normalize

from feedback.stripping.categories import Category
from feedback.stripping.clauses import WORD, words

_LISTS = Path(__file__).parent / "lists"
WHOLE_WORD_LANGUAGES = ("en", "es", "fr", "de", "pt", "id")
SCRIPT_LANGUAGES = ("zh", "ar", "hi")
LEAST_TO_MISSPELL = 7
"""Shorter words have too many honest neighbours."""

# Endings that make a word medical. "pancreatitis", "laryngectomy", "neuropathy" -> health; not "diagnosis", "empathy".
_MEDICAL = re.compile(
    r".{2,}(?:itis|ectomy|ostomy|plasty|plegia|plegic|aemia|emia|opathy|algia|phrenia|phobia|blastoma|carcinoma|sarcoma"
    r"|fibrosis|sclerosis|thrombosis|cirrhosis|stenosis|scoliosis|psychosis|pression"
    r"|azepam|azolam|oxetine|statin|olol|cillin|gliptin|prazole|ectomie|itida|ectomía|patía|emía|algie|pathie|ämie)"
)
_ENDINGS = words(
    "itis tomy asty egia egic emia athy lgia enia obia toma noma coma osis epam olam tine atin olol llin ptin zole"
    " omie omía atía emía lgie thie ämie"
)
_NOT_MEDICAL = words(
    "sympathy empathy telepathy apathy nostalgia academia bohemia antipathy anatomy compression "
    "impression expression suppression oppression prostatin fraternitis nostalgie sympathie"
)
_NOT_MISSPELT = words("addition parole delgado")


@dataclass(frozen=True, slots=True)
class Term:
    """An entry of a word list: its words, folded; `#` stands for a number, `*` for any word.

    strength: strong, normal, weak, or never for a phrase that looks like a term and is none.
    """

    words: tuple[str, ...]
    category: Category
    strength: str
    language: str

    def stands_at(self, names: list[str], at: int) -> bool:
        """Say whether the words from `at` on are this term."""
        if at + len(self.words) > len(names):
            return False
        return all(_fits(word, names[at + step]) for step, word in enumerate(self.words))


def _fits(word: str, name: str) -> bool:
    return word == name or word == "*" or (word == "#" and (name.isdigit() or name in _NUMBERS))


# Too frequent in ordinary messages to tell of a term by themselves.
_COMMON = words(
    "have has had with since same problem problems years months weeks from that this when what without time times"
    " days back after member members using health number both issues issue want like very good make"
    " work free hear"
    " see good well going goes went call card data date code update my his her the in of to is on"
    " out not was are"
    " off first again your their shows not one can't service transfer user at as by an a just love"
    " bad been life works"
    " branch i'm done check people long take unable got right cannot support did multiple found"
    " person having come proud"
    " choice self due into doing print section exchange took lost office face release released left"
    " matter failure"
    " language leave care weak line app call use send change full running three two open"
)
_NUMBERS = words("a one two three four five six seven eight nine ten eleven twelve few several couple")


def is_medical(word: str) -> bool:
    """Say whether the ending of a word makes it a disease, an operation or a drug."""
    return word[-4:] in _ENDINGS and word not in _NOT_MEDICAL and _MEDICAL.fullmatch(word) is not None


def by_ending(word: str) -> Term:
    """Return the term that a medical word is, though no list has it."""
    return Term((word,), Category.HEALTH, "strong", "en")


@lru_cache(maxsize=1)
def by_first_word() -> dict[str, tuple[Term, ...]]:
    """Return the terms of languages with spaces, longest first, by their first word and its near spellings."""
    found: defaultdict[str, list[Term]] = defaultdict(list)
    for term in _all_of(WHOLE_WORD_LANGUAGES):
        found[term.words[0]].append(term)
    for term in _all_of(WHOLE_WORD_LANGUAGES):
        if term.strength != "never" and len(term.words) <= 2:
            for spelling in _near(term):
                if spelling not in found and spelling not in _NOT_MISSPELT:
                    found[spelling] = [Term((spelling, *term.words[1:]), term.category, term.strength, term.language)]
    return {word: tuple(sorted(terms, key=lambda term: -len(term.words))) for word, terms in found.items()}


@lru_cache(maxsize=1)
def telling_words() -> frozenset[str]:
    """Return one word of each term, its longest: a text that has none of them has no term."""
    terms = (term for of_word in by_first_word().values() for term in of_word if term.strength != "never")
    return frozenset(max(term.words, key=lambda word: (word not in _COMMON, len(word))) for term in terms)


@lru_cache(maxsize=1)
def by_script() -> dict[str, tuple[Term, ...]]:
    """Return the terms that are looked for anywhere in a piece, longest first, by language."""
    return {
        language: tuple(sorted(_read(language), key=lambda term: -len(" ".join(term.words))))
        for language in SCRIPT_LANGUAGES
    }


def _all_of(languages: tuple[str, ...]) -> Iterator[Term]:
    for language in languages:
        yield from _read(language)


@lru_cache(maxsize=16)
def _read(language: str) -> tuple[Term, ...]:
    return tuple(
        Term(_split(text, language), Category(file.name.split(".")[0]), strength, language)
        for file in sorted((_LISTS / language).glob("*.tsv"))
        for text, strength in _rows(file)
    )


def _rows(file: Path) -> Iterator[tuple[str, str]]:
    for line in file.read_text("utf-8").splitlines():
        if "\t" in line:
            text, strength = line.split("\t")
            yield text.lower(), strength


def _split(text: str, language: str) -> tuple[str, ...]:
    if language in SCRIPT_LANGUAGES:
        return tuple(text.split())
    return tuple(re.findall(rf"{WORD.pattern}|[#*]", text))


def _near(term: Term) -> Iterator[str]:
    """Yield spellings of the first word without accents, and of a long one with one slip inside it."""
    word = term.words[0]
    bare = "".join(letter for letter in normalize("NFD", word) if not combining(letter))
    if bare != word and len(word) > 4:
        yield bare
    if len(word) < LEAST_TO_MISSPELL or term.strength != "strong":
        return
    for at in range(1, len(word) - 1):
        yield word[:at] + word[at + 1 :]
        yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        yield word[:at] + word[at] + word[at:]
