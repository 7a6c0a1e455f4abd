"""The labelled messages: those that the lists were written beside, those held out, and ordinary ones."""

import json
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
CATEGORIES = {
    "HEA": "health",
    "REL": "belief",
    "POL": "politics",
    "ETH": "ethnicity",
    "CRI": "crime",
    "ORG": "membership",
    "SEX": "sex life",
    "GEN": "genetic",
    "BIO": "biometric",
}


@dataclass(frozen=True, slots=True)
class Statement:
    """What is sensitive in a message: half-open code points and one of the nine categories."""

    start: int
    end: int
    category: str


@dataclass(frozen=True, slots=True)
class Message:
    """A message of a set; an ordinary one has no statements."""

    id: str
    text: str
    language: str
    statements: tuple[Statement, ...]


def read(name: str) -> list[Message]:
    """Return the messages of a set: dev, ends, held or ordinary."""
    rows = map(json.loads, (HERE / f"{name}.jsonl").read_text("utf-8").splitlines())
    return [
        Message(row["id"], row["text"], row["lang"], tuple(Statement(**span) for span in row.get("spans", ())))
        for row in rows
    ]


def blocks(messages: list[Message], least: int = 1000) -> list[str]:
    """Return the messages of each language joined to texts of about a thousand characters, to measure speed with."""
    joined: list[str] = []
    for language in sorted({message.language for message in messages}):
        text = ""
        for message in messages:
            if message.language == language:
                text += message.text + "\n"
            if len(text) >= least:
                joined.append(text)
                text = ""
        joined.append(text)
    return [text for text in joined if text]
