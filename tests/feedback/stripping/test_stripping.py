import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.stripping import (
    Mark,
    StaffText,
    StrippedText,
    hardly_anything_left,
    staff_text,
    strip,
    written_out,
)


@pytest.mark.parametrize(
    ("raw", "category", "left"),
    [
        ("I am deaf, I need captions in calls.", "health", "I need captions in calls."),
        ("My son is autistic. The volume button is too small.", "health", "The volume button is too small."),
        ("Please call later, I am on probation.", "crime", "Please call later"),
        ("I'm a Muslim and I want to mute the app at prayer time.", "belief", "I want to mute"),
        ("J'ai le diabète. Les notifications arrivent en retard.", "health", "Les notifications"),
        ("Ich bin schwanger. Der Anruf bricht ab.", "health", "Der Anruf bricht ab."),
        ("我有糖尿病，通知来得太晚。", "health", "通知来得太晚"),
    ],
)
def test_a_disclosure_is_cut_and_the_request_stays(raw: str, category: str, left: str) -> None:
    words = strip(raw)

    assert [mark.category for mark in words.marks] == [category]
    assert left.strip(" .") in words.text
    assert raw[words.spans[0].start : words.spans[0].end] not in words.text


@pytest.mark.parametrize(
    "raw",
    [
        "The battery health page shows a black screen.",
        "Please add blind copy to messages.",
        "The line goes dead straight away.",
        "The party call with three people drops.",
        "If I were deaf I could not use this.",
        "Order 4111 1111 1111 1112 has not arrived.",
    ],
)
def test_figures_of_speech_and_devices_stay(raw: str) -> None:
    assert strip(raw).text == raw


def test_cards_and_passwords_are_never_kept() -> None:
    words = strip("Card 4111 1111 1111 1111, my password is hunter22.")

    assert "4111" not in words.text
    assert "hunter22" not in words.text


def test_identifiers_are_left_out_when_asked() -> None:
    raw = "Write to mia@example.org or +49 170 1234567."

    assert strip(raw).text == raw
    assert {mark.category for mark in strip(raw, identifiers=True).marks} == {"email", "phone"}


def test_a_typed_mark_stays_mere_words() -> None:
    words = strip("He wrote [left out: health] himself.")

    assert words.marks == ()


def test_marks_are_written_at_their_place() -> None:
    text = written_out("Hello. Bye.", [Mark(7, "health")], lambda category: f"[{category}]")

    assert text == "Hello. [health] Bye."


def test_only_strip_makes_stripped_text() -> None:
    with pytest.raises(TypeError):
        StrippedText("raw", (), (), object())
    with pytest.raises(TypeError):
        StaffText("raw", (), object())


def test_staff_keep_their_words_and_are_warned() -> None:
    words = staff_text("My son is autistic too.")

    assert words.text == "My son is autistic too."
    assert words.warnings == ("health",)


def test_rubble_is_called_rubble() -> None:
    assert hardly_anything_left(strip("I am pregnant."))
    assert not hardly_anything_left(strip("I am pregnant. The call button is missing on my phone."))


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_spans_are_apart_and_nothing_unwanted_is_left(raw: str) -> None:
    words = strip(raw)

    ends = [0, *(span.end for span in words.spans)]
    assert all(end <= span.start for end, span in zip(ends, words.spans, strict=False))
    assert all(0 <= mark.place <= len(words.text) for mark in words.marks)
    assert "\x00" not in words.text
    words.text.encode("utf-8")


@pytest.mark.parametrize("piece", ["a", "(", " ", "I am ", "4", "\u202e", "我"])
def test_long_input_comes_back(piece: str) -> None:
    assert isinstance(strip(piece * 100_000).text, str)


def test_the_engine_needs_no_django() -> None:
    program = "import feedback.stripping, sys; sys.exit('django' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
