"""The two kinds of words a message accepts, and how they are written into sealed columns."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from consent.sealing.envelopes import DataKey, Sealed
from consent.sealing.lookups import exact_lookup
from feedback.stripping import Mark, StaffText, StrippedText, written_out

OPENING_CHARACTERS = 120
_BLOCK = 128
Words = StrippedText | StaffText


class NotWords(TypeError):
    """A message was given something that is neither stripped text nor staff's words."""


@dataclass(frozen=True)
class SealedWords:
    """Text and marks as they go into a message's columns."""

    text: Sealed
    marks: Sealed


def seal_words(words: Words, *, key: DataKey, message_id: int) -> SealedWords:
    """Seal the words of a message; raise NotWords for anything that did not come out of `strip` or `staff_text`.

    Marks are sealed where there are none, too: a stolen dump must not tell that something was left out.
    """
    if not isinstance(words, StrippedText | StaffText):
        raise NotWords
    marks = words.marks if isinstance(words, StrippedText) else ()
    sealed_marks = key.seal("message.marks", message_id, dump_marks(marks))
    return SealedWords(key.seal("message.text", message_id, words.text), sealed_marks)


def seal_line(words: StrippedText | None, *, key: DataKey, label: str, row_id: int) -> Sealed | None:
    """Seal a one-line field, a cut in it written as `[…]`; nothing for an empty one."""
    if words is None or not (line := elided(words).strip()):
        return None
    return key.seal(label, row_id, line)


def repeat_hash(kind: str, place: int, key: str, said: Iterable[str]) -> bytes:
    """Return the keyed hash by which the same words sent again under the same key are known as a repeat.

    Other words have another hash, so that none are taken for a repeat and lost. The key is random and kept nowhere:
    without it nobody can try out words against the hash, not even with our own keys.
    """
    return exact_lookup(kind, json.dumps([place, key, *said]).encode())


def elided(words: StrippedText) -> str:
    """Return the text with each cut as `[…]`, as it reads outside the conversation."""
    return written_out(words.text, words.marks, lambda category: "[…]")


def opening_of(words: StrippedText) -> str:
    """Return the first characters of a message on one line, for lists."""
    return " ".join(elided(words).split())[:OPENING_CHARACTERS]


def categories_of(*texts: StrippedText | None) -> tuple[str, ...]:
    """Return the category of each cut in the texts, one for each."""
    return tuple(str(mark.category) for words in texts if words for mark in words.marks if not mark.released)


def seal_categories(categories: Iterable[str], *, key: DataKey, label: str, row_id: int) -> Sealed:
    """Seal what was left out of words that keep no marks, so that their writer may be told; nothing is sealed, too."""
    return key.seal(label, row_id, _padded(",".join(categories)))


def load_categories(written: str | None) -> tuple[str, ...]:
    """Return the categories of an unsealed column."""
    return tuple(filter(None, (written or "").strip().split(",")))


def dump_marks(marks: tuple[Mark, ...]) -> str:
    """Return marks as JSON: place, category, released; never the rule or the term."""
    return _padded(json.dumps([[mark.place, mark.category, mark.released] for mark in marks]))


def _padded(written: str) -> str:
    """Return what is written with spaces behind it, so that a few cuts are sealed as long as none."""
    return written.ljust(-(-max(len(written), 1) // _BLOCK) * _BLOCK)


def load_marks(written: str | None) -> tuple[Mark, ...]:
    """Return the marks of an unsealed column."""
    return tuple(Mark(*entry) for entry in json.loads(written)) if written else ()
