"""A statement is cut whole, over commas and joining words, and nothing of the request beside it."""

import pytest

from feedback.stripping import extents, strip
from feedback.stripping.detection import find


@pytest.mark.parametrize(
    ("raw", "left"),
    [
        ("I have diabetes, type 1, since I was nine, can you add a dark mode?", "can you add a dark mode?"),
        ("I'm deaf, both ears, so please add captions.", "so please add captions."),
        ("I'm bipolar and nobody knows, please hide my status.", "please hide my status."),
        ("My girlfriend and I are lesbians, so hide our names.", "so hide our names."),
        ("My dad, who has Parkinson's, can't reach the red button.", "can't reach the red button."),
        ("We're Quakers, my brother and I, so please tell me why.", "so please tell me why."),
        ("Je suis une femme trans, comment changer mon nom ?", "comment changer mon nom ?"),
        ("You took a scan of my fingerprints at your shop, please delete them.", "please delete them."),
    ],
)
def test_what_goes_on_with_a_statement_goes_with_it(raw: str, left: str) -> None:
    assert strip(raw).text.lstrip(" ,;.") == left


@pytest.mark.parametrize(
    ("raw", "asked"),
    [
        ("My parole officer calls me on here twice a day.", "calls me on here"),
        ("I am deaf and the captions come too late.", "the captions come too late"),
        ("I'm HIV positive, great app otherwise thanks.", "thanks"),
        ("My therapist is on the app, the video freezes every night.", "the video freezes every night"),
        ("I am blind, can you make the button larger?", "can you make the button larger"),
        ("My CPAP makes a hum your filter takes for speech.", "makes a hum your filter"),
        ("Soy diabético, la aplicación no me deja entrar.", "la aplicación no me deja entrar"),
    ],
)
def test_what_is_asked_beside_a_statement_stays(raw: str, asked: str) -> None:
    assert asked in strip(raw).text


def test_a_statement_does_not_grow_into_quotes_or_the_next_sentence() -> None:
    text = strip('I am deaf, "Louder" does nothing. Both invoices are wrong.').text

    assert '"Louder" does nothing. Both invoices are wrong.' in text


def test_what_is_released_does_not_grow() -> None:
    raw = "I am blind, both eyes, so read it to me."

    assert strip(raw, released={span.release_key for span in strip(raw).spans}).text == raw


def test_a_statement_grows_whatever_the_letters_around_it() -> None:
    assert strip("❤️ I have cancer, stage 3, ﬁx the app.").text == "❤️ , ﬁx the app."


@pytest.mark.parametrize(
    "text",
    [
        "I'm deaf, both ears, so please add captions.",
        "Zorbulating 17 kwelps: my dialysis runs till 4, and Qrxly - the nurse! - needs 30 minutes more.",
        "mujhe sugar hai to reminder do\nBilling took 2 payments (I was in hospital), fix it",
    ],
)
def test_sums_that_are_kept_come_to_what_the_signs_say_one_by_one(text: str) -> None:
    around = [pair for _, pair in extents.sides(text, list(find(text))) if pair]
    assert around
    for side in (side for pair in around for side in pair):
        learned = extents._learned()[side.name]
        for at in range(len(side.places)):
            assert learned.of_end(side, at) == learned.of(side.ended(at))
            if at:
                assert learned.of_taken(side.words[at]) + learned.of(side.crossed(at)) == learned.of(side.taken(at))


def test_a_message_s_own_words_are_not_kept_in_memory() -> None:
    strip("I have diabetes, as Zorbulina Quxworth of Blimpton knows.")

    kept = {word for side in ("before", "behind") for sums in extents._learned()[side]._sums.values() for word in sums}
    assert kept.isdisjoint({"zorbulina", "quxworth", "blimpton"})
