"""Our side, and its word lists as a bare keyword list: `python -m bench.stripping.ours strip`."""

import re
import sys
from collections import defaultdict
from functools import lru_cache

from bench.stripping.answering import Range, Side, answer, without
from feedback.stripping import strip
from feedback.stripping.clauses import WORD
from feedback.stripping.folding import fold
from feedback.stripping.word_lists import ANY_NUMBER, ANY_WORD, SCRIPT_LANGUAGES, terms


def stripped(text: str) -> tuple[list[Range], str]:
    """Strip statements, and what is never kept."""
    words = strip(text)
    return [(span.start, span.end) for span in words.spans], words.text


def with_identifiers(text: str) -> tuple[list[Range], str]:
    """Strip identifiers too."""
    words = strip(text, identifiers=True)
    return [(span.start, span.end) for span in words.spans], words.text


def keywords(text: str) -> tuple[list[Range], str]:
    """Cut every term of the lists wherever it stands, whatever is said."""
    folded = fold(text)
    tokens = [(found.group(), *found.span()) for found in WORD.finditer(folded.text)]
    spans = [folded.origin(*found.span()) for found in _in_scripts().finditer(folded.text)]
    at = 0
    while at < len(tokens):
        names = [name for name, _, _ in tokens[at : at + 12]]
        fitting = [len(term) for term in _by_word().get(names[0], ()) if _fits(term, names)]
        if fitting:
            spans.append(folded.origin(tokens[at][1], tokens[at + max(fitting) - 1][2]))
        at += max(fitting, default=1)
    return spans, without(text, spans)


def _fits(term: list[str], names: list[str]) -> bool:
    return len(term) <= len(names) and all(
        meant in (name, ANY_WORD) or (meant == ANY_NUMBER and name.isdigit())
        for meant, name in zip(term, names, strict=False)
    )


@lru_cache(maxsize=1)
def _by_word() -> dict[str, list[list[str]]]:
    found: defaultdict[str, list[list[str]]] = defaultdict(list)
    for term in terms():
        if term.strength != "never" and term.language not in SCRIPT_LANGUAGES:
            split = re.findall(rf"{WORD.pattern}|[#*]", term.text)
            found[split[0]].append(split)
    return dict(found)


@lru_cache(maxsize=1)
def _in_scripts() -> re.Pattern[str]:
    found = {term.text for term in terms() if term.strength != "never" and term.language in SCRIPT_LANGUAGES}
    return re.compile("|".join(map(re.escape, sorted(found, key=len, reverse=True))))


SIDES: dict[str, Side] = {"strip": stripped, "identifiers": with_identifiers, "keywords": keywords}

if __name__ == "__main__":
    answer(SIDES[sys.argv[1]])
