"""Texts that are nasty to look through, and how the time grows when they get ten times as long."""

import random
import time
from itertools import cycle, islice

from feedback.stripping import strip
from feedback.stripping.vocabulary import vocabulary
from feedback.stripping.word_lists import terms

LENGTH, TIMES = 10_000, 10
_SEED = 7
_BEGUN_IDENTIFIERS = (
    *"4@.:-+0/(aé",
    "4 ",
    "1.1.",
    "a@a.",
    "a@",
    "::1 ",
    "+49 170 1234567 ",
    "4111 1111 1111 1111 ",
    "DE89 ",
    "AB12 34 ",
    "12-34-",
    "password is ",
    "otp code ",
    "code 123456 ",
    "ssn 123-45-6789 ",
    "id number 1234567890 ",
    "RSSMRA85T10A562S ",
    "eyJa.eyJ",
    "sk-",
    "-----BEGIN PRIVATE KEY-----",
    "key=" + "a1" * 9,
    "12 Main Street, ",
    "Rua das Flores, 1, ",
    "Hauptstraße 1 ",
    "12 rue de ",
    "Jl. A ",
    "Flat 12, ",
    "市区路",
    "شارع ",
    "-- \n",
    "Best regards,\n",
    "Regards, Mia Ab, ",
    "call me on ",
    "٤١",
    "1\u200b",
)
"""What identifiers begin with, again and again."""


def growth() -> dict[str, float]:
    """Return, for each text, the time of ten times the length over the time; best of several."""
    short, long = nasty_texts(LENGTH), nasty_texts(LENGTH * TIMES)
    return {name: _ratio(text, long[name]) for name, text in short.items()}


def _ratio(short: str, long: str) -> float:
    return min(_seconds(long) for _ in range(3)) / min(_seconds(short) for _ in range(9))


def _seconds(text: str) -> float:
    before = time.process_time()
    strip(text, identifiers=True)
    return time.process_time() - before


def nasty_texts(length: int) -> dict[str, str]:
    """Return texts of a length in code points, by name."""
    chance = random.Random(_SEED)
    listed = [term.text for term in terms() if term.strength != "never"]
    known = vocabulary()
    any_word = sorted(" ".join(known.words_to(node)) for node in range(len(known.ends)) if known.goes_on_with_any(node))
    repeated = {
        "nested quotes": "“I said «my son ‘is (deaf” ",
        "repeated prefixes": "my my husband has i am my ",
        "no end to it": "i have my i am on ",
        "wishes": "want deaf ",
        "owners": "my ",
        "groups of digits": "4111 1111-1111 1112 ",
        "e-mail look-alikes": "a.b+c-d_e@x.y-",
        "IBAN look-alikes": "DE89 3704 0044 0532 0130 01 GB82 WEST ",
        "IP look-alikes": "1.1.1.1.fe80::1:2:",
        "phone look-alikes": "+1 (4) 1-5.",
        "password look-alikes": "password is my pin code: otp ",
        "address look-alikes": "12 Main Street, Apt 4, 90210 \n-- \nBest regards, ",
        "spaced letters": "b l i n d ",
        "look-alike letters": "і а\u200bm dе\u0301аf ",
        "the same term": "deaf ",
        "the same statement": "i am deaf, ",
        "Chinese without a stop": "我有糖尿病",
        "Arabic without a stop": "انا مصاب بالسكري ",
    }
    repeated |= {repr(piece): piece for piece in _BEGUN_IDENTIFIERS}
    # Whole pieces alone: a cut one may be found where the others are not, and the text looked through once more.
    texts = {name: piece * (length // len(piece)) for name, piece in repeated.items()}
    within = {
        "statements inside each other": ("I [ ", "I am deaf", " ] am deaf"),
        "identifiers inside each other": ("mia@ex+49 170(", "mia@example.org", ")1234567ample.org"),
    }
    for name, (before, innermost, behind) in within.items():
        depth = length // len(before + behind)
        texts[name] = before * depth + innermost + behind * depth
    return texts | {
        "digits": "".join(chance.choices("0123456789", k=length)),
        "one word without end": "a" * length,
        "all terms in a row": " ".join(chance.sample(listed, len(listed)))[:length],
        "wildcards": " ".join(islice(cycle(any_word), length // 4))[:length],
    }
