import pytest

from feedback.stripping import says_nothing

NOTHING = [
    "",
    " ",
    "\n\t",
    "\u200b",
    "\u200b\u200c\u200d\u2060",
    "\ufeff",
    "\u202e",
    "\u00ad",
    "\u3164",
    "\u2800",
    "\ufe0f",
    "\u034f",
]


@pytest.mark.parametrize("text", [*NOTHING, "".join(NOTHING)])
def test_what_nobody_can_see_says_nothing(text: str) -> None:
    assert says_nothing(text)


@pytest.mark.parametrize(
    "text", ["a", "?", "👍", "👨\u200d👩\u200d👧", "\u200bنعم\u200b", "क्\u200dष", "1", ".", "❤\ufe0f"]
)
def test_what_can_be_seen_says_something(text: str) -> None:
    assert not says_nothing(text)
