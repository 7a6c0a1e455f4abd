"""A writer may say that a word discloses nothing; what is beyond doubt stays out all the same."""

from feedback.stripping import hardly_anything_left, strip, written_out


def _keys(raw: str) -> set[str]:
    return {span.release_key for span in strip(raw).spans}


def test_a_released_term_stays_and_is_marked_as_such() -> None:
    words = strip("I am blind, so read it to me.", released=_keys("I am blind, so read it to me."))

    assert words.text == "I am blind, so read it to me."
    assert [mark.released for mark in words.marks] == [True]
    assert written_out(words.text, words.marks, lambda kind: f"<{kind}>") == words.text
    assert not hardly_anything_left(strip("I am blind", released=_keys("I am blind")))


def test_a_strong_term_is_never_released() -> None:
    raw = "I am HIV positive, please hide my photo."

    assert _keys(raw) == {""}
    assert strip(raw, released={"", "health:hiv positive", "health:hiv"}).text == strip(raw).text != raw


def test_what_is_released_hides_nothing_beside_it() -> None:
    raw = "I am blind with HIV and cannot see the icons."

    assert "HIV" not in strip(raw, released=_keys("I am blind")).text


def test_only_the_named_term_is_released() -> None:
    raw = "I am blind. My mother is deaf. Please add sounds and captions."

    words = strip(raw, released={"health:blind"})

    assert words.text.startswith("I am blind.")
    assert "deaf" not in words.text
    assert [mark.released for mark in words.marks] == [True, False]
