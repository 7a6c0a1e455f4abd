"""Words that hide something: two purposes in one, recipients without a name, sentences that few can read."""

import re
from collections.abc import Iterator

from consent.policies.linting.findings import Clause, Finding, PurposeWords, Rule

_AIMS: dict[str, str] = {
    "answer": r"\b(?:respond|customer services?|solve|help you)",
    "safety": r"\b(?:safety|secur|fraud|abuse|misuse)",
    "identity": r"\bidenti(?:ty|fication)",
    "improve": r"\bimprov",
    "develop": r"\bdevelop|\bnew (?:services|features|products)\b",
    "usage": r"\bunderstand how\b|\bhow you (?:access|use)\b|\bstatistic|\bcount\b|\banaly[sz]",
    "personalise": r"\bpersonali[sz]",
    "advertise": r"\badvert|\bmarketing|\bpromot",
    "repair": r"\bcrash|\berrors?\b|\bbugs?\b",
    "train": r"\btrain(?:ing)?\b[^.]*\b(?:model|machine|AI)\b",
}
_OF_PURPOSES = re.compile(r"\bpurposes?\b|\bwhy we\b", re.I)
_ITEM = re.compile(r"^[•*-]")
_VAGUE = re.compile(
    r"\b(?:(?:our|selected|trusted|business)? ?partners|affiliates?|third[- ]part(?:y|ies)|service providers|vendors|"
    r"other companies|subcontractors)\b",
    re.I,
)
_PASSES = re.compile(r"\b(?:share|disclos|pass|transfer|give|send|provide|sell)\w*\b", re.I)
_DENIES = re.compile(r"\b(?:no|not|never|without|nor|nobody|no one)\b", re.I)
_SENTENCE = re.compile(r"(?<=[.;!?])\s+")
_WORD = re.compile(r"[A-Za-z][A-Za-z’'-]*")
LEAST_EASE = 30.0
"""Below lies what Flesch calls very difficult, the style of scientific papers."""
_FEWEST_WORDS = 20


def two_purposes(clauses: list[Clause], purposes: list[PurposeWords]) -> Iterator[Finding]:
    """Yield each purpose that has several aims: who agrees to one of them would have to take all."""
    for clause in clauses:
        if _OF_PURPOSES.search(clause.heading) and _ITEM.match(clause.text) and len(found := aims_of(clause.text)) > 1:
            yield Finding(Rule.TWO_PURPOSES, clause.anchor, ", ".join(found))
    for words in purposes:
        if len(found := aims_of(words.wording)) > 1:
            yield Finding(Rule.TWO_PURPOSES, words.purpose, ", ".join(found))


def aims_of(text: str) -> list[str]:
    """Return what a wording is about."""
    return [aim for aim, pattern in _AIMS.items() if re.search(pattern, text, re.IGNORECASE)]


def vague_recipients(clauses: list[Clause], purposes: list[PurposeWords]) -> Iterator[Finding]:
    """Yield recipients that nobody could look up, where something is passed on to them."""
    for clause in clauses:
        for sentence in _SENTENCE.split(clause.text):
            vague = _VAGUE.search(sentence)
            if vague and _PASSES.search(sentence) and not _DENIES.search(sentence):
                yield Finding(Rule.VAGUE_RECIPIENT, clause.anchor, vague[0].strip())
    for words in purposes:
        for recipient in words.recipients:
            if _VAGUE.search(recipient):
                yield Finding(Rule.VAGUE_RECIPIENT, words.purpose, recipient)


def hard_to_read(clauses: list[Clause]) -> Iterator[Finding]:
    """Yield clauses of some length whose reading ease lies below `LEAST_EASE`."""
    for clause in clauses:
        if len(_WORD.findall(clause.text)) >= _FEWEST_WORDS and (ease := reading_ease(clause.text)) < LEAST_EASE:
            yield Finding(Rule.HARD_TO_READ, clause.anchor, f"{ease:.0f}")


def reading_ease(text: str) -> float:
    """Return the Flesch reading ease of an English text: 100 is very easy, below 30 very difficult.

    R. Flesch, "A new readability yardstick", Journal of Applied Psychology 32(3), 1948, 221-233:
    206.835 - 1.015 words per sentence - 84.6 syllables per word.
    """
    words = _WORD.findall(text)
    sentences = [part for part in _SENTENCE.split(text) if _WORD.search(part)]
    if not words:
        return 100.0
    syllables = sum(_syllables(word) for word in words)
    return 206.835 - 1.015 * len(words) / len(sentences) - 84.6 * syllables / len(words)


def _syllables(word: str) -> int:
    """Count groups of vowels; a silent e at the end is none."""
    plain = word.lower()
    groups = len(re.findall(r"[aeiouy]+", plain))
    if plain.endswith("e") and not plain.endswith(("le", "ee")) and groups > 1:
        groups -= 1
    return max(groups, 1)
