"""Cuts a text into clauses: the pieces that can be left out without taking the request beside them."""

import re
from dataclasses import dataclass

# A word: letters, digits, inner apostrophes, hyphens and dots of abbreviations.
# "self-harm", "ver.di" -> one word each; "can't" -> one word.
WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
# A boundary between clauses: marks of punctuation, new lines, and conjunctions that start another statement.
# "I am deaf, I need captions" -> boundary at ","; "I am deaf and I need captions" -> boundary at " and i ".
BOUNDARY = re.compile(
    r"[.!?;:\n。！？；，、।؟،,()–—]+(?!\w)|(?<=[。！？；，、।؟،])|[.!?;:,]+\s"
    r"|\s(?:and|but|so|because|which|while|et|mais|donc|car|und|aber|weil|deshalb|y|pero|porque|e|mas|dan|tapi|karena"
    r"|और|लेकिन|इसलिए)\s"
    r"(?=(?:i|i'm|the|my|we|it|this|that|your|please|need|want|cannot|can't|can|now|when|je|j'ai|il|elle|la|le|ich|die|das|der"
    r"|es|yo|no|el|los|eu|o|a|saya|मुझे|ऐप)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Clause:
    """Half-open code points of the text, without the boundary behind it."""

    start: int
    end: int


def clauses(text: str) -> list[Clause]:
    """Return the clauses in order; they do not overlap."""
    found: list[Clause] = []
    at = 0
    for boundary in BOUNDARY.finditer(text):
        if boundary.start() > at:
            found.append(Clause(at, boundary.start()))
        at = boundary.end()
    if at < len(text):
        found.append(Clause(at, len(text)))
    return found
