"""Cuts a text into pieces so small that one can be left out without taking the request beside it."""

import re
from collections.abc import Callable
from dataclasses import dataclass

# A word: letters and digits with inner apostrophes, or with the signs that stand in for letters.
# "can't" -> one word; "self-harm" -> two; "sch!zo" and "g@y" -> one.
WORD = re.compile(r"[^\W_]+(?:['@!$*][^\W_]+)*")
_JOINING = (
    "and but so because bc cuz coz cos which while although though when whenever if unless until"
    " imagine suppose"
    " plus anyway hence therefore however & y pero porque aunque cuando así et mais donc car parce"
    " quand quoique"
    " und aber weil deshalb denn obwohl e mas então embora quando dan tapi karena sehingga supaya"
    " aur lekin kyunki isliye"
)


def words(written: str) -> frozenset[str]:
    """Return the words of a list that is written as one text."""
    return frozenset(written.split())


JOINING = words(_JOINING)
_JOINING_ONLY_IN = {"car": "fr", "dan": "id", "mas": "pt", "e": "pt", "y": "es"}
# Between pieces: closing punctuation not inside a word or number, brackets, quotes, dashes, symbols, new lines,
# and a joining word between spaces. "I am deaf, so I" -> "I am deaf" | "I"; "v2.1" stays whole.
_BETWEEN = re.compile(
    r"(?P<stop>[.!?…](?<![.!?…].)[.!?…]*(?![\w.!?…])|[.!?](?<![.!?].)[.!?]*(?=[\u3040-\u9fff])|[\n。！？।؟]+)"
    r"|[,;:/](?<![,;:/].)[,;:/]*(?!\w)|[,;:](?<![,;:].)[,;:]*(?=[\u3040-\u9fff])|[()\[\]{}\"“”„«»؛；，、،|•>]"
    r"|[-–—](?<=\s.)[-–—]*(?=\s)|—|[\u2600-\u27bf\U0001f000-\U0001faff]"
    r"|(?<![^\s,.!?;:()])(?<!\bsick )"
    rf"(?P<join>{'|'.join(sorted(_JOINING.split(), key=len, reverse=True))})(?=\s)",
    re.DOTALL,
)


_LONGEST_AROUND = 40


@dataclass(frozen=True, slots=True)
class Piece:
    """Half-open code points; the joining word in front; whether a sentence starts here."""

    start: int
    end: int
    lead: str
    starts_sentence: bool


def pieces(
    text: str, is_phrase: Callable[[str], bool] | None = None, language: Callable[[], str] | None = None
) -> list[Piece]:
    """Return the pieces of a lower-case text in order; they do not overlap, and none is blank.

    A joining word parts nothing inside a phrase, "search and rescue", and where it is none in the language: "a car".
    """
    found: list[Piece] = []
    at, lead, starts = 0, "", True
    for between in _BETWEEN.finditer(text):
        join = between["join"]
        if join and is_phrase is not None and _is_inside(text, *between.span("join"), is_phrase):
            continue
        if join in _JOINING_ONLY_IN and language is not None and language() != _JOINING_ONLY_IN[join]:
            continue
        if text[at : between.start()].strip():
            found.append(_trimmed(text, at, between.start(), lead, starts))
            lead, starts = "", False
        lead = between["join"] or lead
        starts = starts or between["stop"] is not None
        at = between.end()
    if text[at:].strip():
        found.append(_trimmed(text, at, len(text), lead, starts))
    return found


def _is_inside(text: str, start: int, end: int, is_phrase: Callable[[str], bool]) -> bool:
    """Say whether a joining word stands inside a phrase, which has up to four words in front of it."""
    before = WORD.findall(text[max(0, start - _LONGEST_AROUND) : start])[-4:]
    behind = WORD.search(text, end, end + _LONGEST_AROUND)
    if behind is None:
        return False
    return any(
        is_phrase(" ".join([*before[first:], text[start:end], behind[0]])) for first in range(len(before) - 1, -1, -1)
    )


def _trimmed(text: str, start: int, end: int, lead: str, starts_sentence: bool) -> Piece:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    return Piece(start + left, start + len(piece.rstrip()), lead, starts_sentence)
