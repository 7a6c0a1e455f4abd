"""What holds of every text: an own generator draws them, and the seed is told when one fails."""

import os
import random
import re
import secrets
from collections.abc import Iterator

import pytest

from feedback.stripping import StrippedText, strip, written_out
from feedback.stripping.clauses import JOINING
from feedback.stripping.cleaning import UNWANTED
from feedback.stripping.engine import LONGEST_JOIN
from feedback.stripping.identifiers.phones import HIDDEN
from tests.feedback.stripping.oddities import odd_text

# On each engine set, though the database has no part in it.
TEXTS = 100_000 if os.environ.get("PROOF") == "1" else 10_000
PARTS = 10
DIGIT = "\U0010fffd"
_ANY_DIGIT = re.compile(r"\d")
# Also what a cut before it had left standing behind itself: the second finds both.
_CLOSING = re.compile(r"[.,;:!?。，；！？、।؟، \t]*")


@pytest.mark.parametrize("part", range(PARTS))
def test_spans_are_apart_all_else_stays_and_twice_is_once(part: int) -> None:
    seed = secrets.randbits(32)
    cut = freed = 0
    for number, raw in enumerate(_texts(seed)):
        told = f"seed {seed}, text {number}, {raw!r}"
        identifiers = number % 2 == 0
        words = strip(raw, identifiers=identifiers)
        assert not (wrong := _wrong_with(raw, words)), f"{told}: {wrong}: {words}"
        assert strip(words.text, identifiers=identifiers).text == words.text, f"{told}: not the same twice: {words}"

        released = {span.release_key for span in words.spans}
        partly = strip(raw, identifiers=identifiers, released=released)
        assert not (wrong := _wrong_with(raw, partly)), f"{told} with {released}: {wrong}: {partly}"
        again = strip(partly.text, identifiers=identifiers, released=released)
        assert again.text == partly.text, f"{told} with {released}: not the same twice: {partly}"
        cut += bool(words.spans)
        freed += any(mark.released for mark in partly.marks)

    assert cut > TEXTS // PARTS // 4
    assert freed


def test_what_lies_inside_each_other_is_looked_for_to_its_end() -> None:
    for deep in range(1, 40):
        raw = "mia@example.org"
        for _ in range(deep):
            raw = f"mia@ex+49 170({raw})1234567ample.org"
        words = strip(f"Write to {raw}, please.", identifiers=True)

        assert strip(words.text, identifiers=True).text == words.text
        assert not _wrong_with(f"Write to {raw}, please.", words)


def _texts(seed: int) -> Iterator[str]:
    chance = random.Random(seed)
    return (odd_text(chance) for _ in range(TEXTS // PARTS))


def _wrong_with(raw: str, words: StrippedText) -> str:
    ends = [0, *(span.end for span in words.spans)]
    if any(not end <= span.start < span.end <= len(raw) for end, span in zip(ends, words.spans, strict=False)):
        return "spans overlap, or are out of order or bounds"
    places = [mark.place for mark in words.marks]
    if places != sorted(places) or any(not 0 <= place <= len(words.text) for place in places):
        return "marks are out of order or bounds"
    if not _is_what_is_left(raw, words):
        return "something beside the spans was changed"
    if written_out(words.text, words.marks, lambda _: "").replace(" ", "") != words.text.replace(" ", ""):
        return "marks written out change the text"
    return ""


def _is_what_is_left(raw: str, words: StrippedText) -> bool:
    """Say whether the text is the raw one between the spans, and in phone numbers but for digits.

    What `clean` removes is left out, closing punctuation and a gap behind a cut may be, and what only joins two.
    """
    cuts = [span for span in words.spans if span.category != "phone"]
    for phone in (span for span in words.spans if span.category == "phone"):
        raw = raw[: phone.start] + _ANY_DIGIT.sub(DIGIT, raw[phone.start : phone.end]) + raw[phone.end :]
    starts = [0, *(span.end for span in cuts)]
    ends = [*(span.start for span in cuts), len(raw)]
    between = [UNWANTED.sub("", raw[start:end]) for start, end in zip(starts, ends, strict=True)]
    at = {0}
    for index, piece in enumerate(between):
        losses = list(_may_be_lost(piece, index > 0, index < len(between) - 1))
        at = {
            begin + len(piece) - lost for begin in at for lost in losses if _stands_at(begin, piece[lost:], words.text)
        }
    return len(words.text) in at


def _stands_at(place: int, piece: str, text: str) -> bool:
    """Say whether a piece stands in a text, where DIGIT is any digit, shown or hidden."""
    if DIGIT not in piece:
        return text.startswith(piece, place)
    there = text[place : place + len(piece)]
    return len(there) == len(piece) and all(
        one == other or (one == DIGIT and (other == HIDDEN or other.isdecimal()))
        for one, other in zip(piece, there, strict=True)
    )


def _may_be_lost(piece: str, is_behind_a_cut: bool, is_before_one: bool) -> Iterator[int]:
    """Yield how many letters at the start of what stands between two cuts may go with them."""
    yield 0
    if is_behind_a_cut:
        closing = _CLOSING.match(piece)
        yield from range(1, closing.end() + 1 if closing else 1)
        if is_before_one and len(piece) < LONGEST_JOIN and piece.strip(" \t,;").lower() in JOINING | {""}:
            yield len(piece)
