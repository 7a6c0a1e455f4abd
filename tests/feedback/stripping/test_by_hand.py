import pytest

from feedback.stripping import Category, Mark, NotInWords, leave_out, staff_text, strip

HEALTH = Category.HEALTH


@pytest.mark.parametrize(
    ("text", "passage", "left", "places"),
    [
        ("Calls drop. My qanary is back.", "My qanary is back.", "Calls drop. ", [12]),
        ("qanary, Qanary and QANARY", "qanary", ",  and ", [0, 2, 7]),
        ("my qanary\n of  old hurts", " qanary of old ", "my  hurts", [3]),
        ("我有糖尿病,糖尿病很重", "糖尿病", "我有,很重", [2, 3]),
        ("Qanaryhaft", "qanary", "haft", [0]),
        ("qaqanarynary", "qanary", "", [0]),
        ("a.b axb", "a.b", " axb", [0]),
    ],
)
def test_a_passage_goes_wherever_it_stands(text: str, passage: str, left: str, places: list[int]) -> None:
    rest = leave_out(text, (), passage, HEALTH)

    assert (rest.text, [mark.place for mark in rest.marks]) == (left, places)
    assert {(mark.category, mark.released) for mark in rest.marks} == {("health", False)}


@pytest.mark.parametrize("passage", ["heron", "", "  ", "\u200b", "qanary back"])
def test_what_does_not_stand_there_is_named(passage: str) -> None:
    with pytest.raises(NotInWords):
        leave_out("My qanary is back.", (), passage, HEALTH)


def test_marks_stay_where_they_were_in_what_is_left() -> None:
    marks = (Mark(0, "belief"), Mark(6, "crime"), Mark(13, "politics"), Mark(19, "belief"))

    rest = leave_out("Good, my qanary is good", marks, "my qanary", HEALTH)

    assert rest.text == "Good,  is good"
    assert rest.marks == (
        Mark(0, "belief"),
        Mark(6, "crime"),
        Mark(6, "health"),
        Mark(6, "politics"),
        Mark(10, "belief"),
    )


def test_what_was_released_and_goes_now_is_released_no_more() -> None:
    marks = (Mark(3, "health", released=True), Mark(14, "belief", released=True))

    rest = leave_out("my qanary and heron", marks, "qanary", HEALTH)

    assert rest.marks == (Mark(3, "health"), Mark(8, "belief", released=True))


def test_the_words_around_an_earlier_cut_are_one_passage() -> None:
    words = strip("The ring is too quiet. I am deaf in one ear. Please make it louder.")

    rest = leave_out(words.text, words.marks, "quiet. Please", HEALTH)

    assert rest.text == "The ring is too  make it louder."
    assert rest.marks == (Mark(16, "health"),)


def test_staffs_words_can_be_cut_too() -> None:
    rest = leave_out(staff_text("Her qanary again.").text, (), "qanary", HEALTH)

    assert (rest.text, rest.marks) == ("Her  again.", (Mark(4, "health"),))
