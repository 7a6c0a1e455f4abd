import re
from html import unescape
from typing import Any

import pytest
from django.utils.html import strip_tags

from feedback.outbox import letters
from feedback.outbox.letters import Letter
from imsupport import clock

LINK = "https://help.example/feedback/abc/"


def all_letters() -> list[Letter]:
    return [
        letters.ask_if_written(code="482913", link=LINK, written_at=clock.now(), language="en"),
        letters.acknowledgement(ref="IM-7K3QX2M", link=LINK, language="en"),
        letters.answer(ref="IM-7K3QX2M", link=LINK, words="Ruf & <b>sag</b> es mir.\n\nDanke!", language="en"),
        letters.answer_waits(link=LINK, language="en"),
    ]


by_kind = pytest.mark.parametrize("at", range(4), ids=["ask_if_written", "acknowledgement", "answer", "answer_waits"])


@by_kind
def test_text_and_html_say_the_same_words(at: int) -> None:
    letter = all_letters()[at]

    body = re.sub(r"<br>|</p>", " ", letter.html.split("<body>")[1])

    assert unescape(strip_tags(body)).split() == letter.text.split()


@by_kind
def test_a_letter_loads_nothing_and_runs_nothing(at: int) -> None:
    letter = all_letters()[at]

    assert not re.search(r"<(img|link|script|style|iframe|object|video)\b|src=|url\(", letter.html)
    assert LINK in letter.text
    assert f'href="{LINK}"' in letter.html


@by_kind
def test_a_letter_never_speaks_of_tickets_categories_or_not_replying(at: int) -> None:
    letter = all_letters()[at]

    said = f"{letter.subject} {letter.text}".lower()

    forbidden = ("ticket", "do not reply", "no-reply", "health", "belief", "politic", "left out")
    assert not [word for word in forbidden if word in said]
    assert "/policy/" in said
    assert "/consent/choices/" in said


@pytest.mark.parametrize("at", [0, 3], ids=["ask_if_written", "answer_waits"])
def test_what_goes_to_an_unconfirmed_address_has_no_reference(at: int) -> None:
    letter = all_letters()[at]

    assert not re.search(r"IM-[2-9A-Z]", f"{letter.subject} {letter.text}")


@pytest.mark.parametrize("letter", [letters.acknowledgement, letters.answer])
def test_without_a_reference_the_letter_says_where_the_message_opens(letter: Any) -> None:
    more = {"words": "Update, please."} if letter is letters.answer else {}

    written = letter(ref="", link=LINK, language="en", **more)

    assert "()" not in written.subject
    assert "device that wrote it" in written.text


def test_an_answer_is_shown_as_written_and_never_as_markup() -> None:
    letter = letters.answer(ref="IM-7K3QX2M", link=LINK, words="<script>alert(1)</script> & {{ link }}", language="en")

    assert "<script>alert(1)</script> & {{ link }}" in letter.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; {{ link }}" in letter.html
    assert "<script" not in letter.html


def test_a_subject_is_one_line() -> None:
    letter = letters.acknowledgement(ref="IM-7K3QX2M\r\nBcc: eve@example.org", link=LINK, language="en")

    assert "\n" not in letter.subject
    assert "\r" not in letter.subject
