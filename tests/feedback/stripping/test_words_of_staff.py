import pytest

from feedback.stripping import staff_text


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("Sorry to hear that you have diabetes.", ("health",)),
        ("You’re deaf, so switch on captions.", ("health",)),
        ("Is your depression better?", ("health",)),
        ("The customer is HIV positive.", ("health",)),
        ("The customer's epilepsy again.", ("health",)),
        ("Since you are a trade union member, call us.", ("membership",)),
        ("You were convicted of theft.", ("crime",)),
        ("Du hast Diabetes.", ("health",)),
        ("Vous avez le diabète.", ("health",)),
        ("Usted tiene diabetes.", ("health",)),
        ("She has schizophrenia. You are a Muslim.", ("belief", "health")),
    ],
)
def test_staffs_words_about_whom_they_speak_to_warn(said: str, named: tuple[str, ...]) -> None:
    words = staff_text(said)

    assert (words.text, words.warnings) == (said, named)


@pytest.mark.parametrize(
    "said",
    [
        "Do you have the newest version?",
        "You are right, the sound is too quiet.",
        "Could you tell us your phone's model?",
        "Your subscription ends in May; the user is on Android 14.",
        "Sie haben recht, Ihre Anrufe fallen aus.",
    ],
)
def test_ordinary_answers_warn_of_nothing(said: str) -> None:
    assert staff_text(said).warnings == ()
