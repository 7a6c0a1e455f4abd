"""Scores answers against labels: what was found, what of it survives in the text that is left, what else was lost."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from bench.stripping.answering import Answer, Range
from bench.stripping.messages import Message

LEAST_BLOCK = 3
"""Shorter runs that two texts share tell nothing."""


@dataclass
class Score:
    """Counts over a set: statements by category, those not in English, characters without spaces, clean messages."""

    there: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    foreign: int = 0
    foreign_found: int = 0
    sensitive: int = 0
    survived: int = 0
    other: int = 0
    lost: int = 0
    clean: int = 0
    altered: int = 0

    def add(self, message: Message, answer: Answer) -> None:
        """Count a message and what a side made of it."""
        if not message.statements:
            self.clean += 1
            self.altered += answer.text.split() != message.text.split()
            return
        labelled: set[int] = set()
        for statement in message.statements:
            labelled.update(range(statement.start, statement.end))
            is_found = any(start < statement.end and statement.start < end for start, end in answer.spans)
            self.there[statement.category] += 1
            self.found[statement.category] += is_found
            if message.language != "en":
                self.foreign += 1
                self.foreign_found += is_found
        there = surviving(message.text, answer.text)
        for place, letter in enumerate(message.text):
            if letter.isspace():
                continue
            if place in labelled:
                self.sensitive += 1
                self.survived += place in there
            else:
                self.other += 1
                self.lost += place not in there


def score(messages: Iterable[Message], answers: Iterable[Answer]) -> Score:
    """Score the answers to messages, in the same order."""
    whole = Score()
    for message, answer in zip(messages, answers, strict=True):
        whole.add(message, answer)
    return whole


def surviving(raw: str, left: str) -> set[int]:
    """Return the places of the raw text that are still there, by alignment with what is left."""
    if raw == left:
        return set(range(len(raw)))
    matching = SequenceMatcher(None, raw, left, autojunk=False).get_matching_blocks()
    return {place for block in matching if block.size >= LEAST_BLOCK for place in range(block.a, block.a + block.size)}


def is_covered(text: str, whole: Range, spans: Iterable[Range]) -> bool:
    """Say whether every letter and digit of a range lies in one of the spans."""
    covered = {place for start, end in spans for place in range(start, end)}
    return all(place in covered for place in range(*whole) if text[place].isalnum())
