import sys
from collections import Counter
from pathlib import Path

import pytest

from feedback import stripping
from feedback.stripping import strip, written_out
from feedback.stripping.categories import SPECIAL

LISTS = sorted((Path(stripping.__file__).parent / "lists").glob("*/*.tsv"))


@pytest.mark.parametrize(
    ("raw", "category", "left"),
    [
        (
            "My husband has early onset dementia, please make the buttons bigger.",
            "health",
            "please make the buttons bigger.",
        ),
        ("Since the update my daughter's leukaemia reminder and the calls are late.", "health", "Since the update"),
        ("I'm undergoing chemo and can't sit at a desk for long.", "health", "can't sit at a desk for long."),
        ("We go to the mosque on Fridays, so mute the app then.", "belief", "so mute the app then."),
        ("I am not religious, remove the prayers from the calendar.", "belief", "remove the prayers"),
        ("I voted for Macron and my uncle spams me.", "politics", "my uncle spams me."),
        ("Being Roma, I get insulted in public rooms.", "ethnicity", "I get insulted in public rooms."),
        ("My son was convicted of assault and may only call at 6 pm.", "crime", "may only call at 6 pm."),
        ("I'm a shop steward and need to record meetings.", "membership", "need to record meetings."),
        ("My brother is gay and is being bullied in the group.", "sex_life", "is being bullied in the group."),
        ("I carry the BRCA1 mutation, add a reminder.", "genetic", "add a reminder."),
        ("I attach my fingerprint so you can verify me.", "biometric", "so you can verify me."),
        ("Mein Bruder sitzt im Gefängnis und kann nicht anrufen.", "crime", "kann nicht anrufen."),
        ("Mon frère est en prison, il ne reçoit pas mes appels.", "crime", "il ne reçoit pas mes appels."),
        ("Tengo esclerosis múltiple y no puedo escribir rápido.", "health", "no puedo escribir rápido."),
        ("Sou evangélica e não quero anúncios de cerveja.", "belief", "não quero anúncios de cerveja."),
        ("Saya penderita diabetes, tolong perbesar huruf.", "health", "tolong perbesar huruf."),
        ("我妈妈得了癌症，需要大字体。", "health", "需要大字体。"),
        ("زوجتي حامل والتطبيق لا يعمل.", "health", "والتطبيق لا يعمل."),
        ("मेरे पिता को कैंसर है और कॉल कट जाती है।", "health", "कॉल कट जाती है।"),
    ],
)
def test_each_category_is_found_in_each_language(raw: str, category: str, left: str) -> None:
    words = strip(raw)

    assert {mark.category for mark in words.marks} == {category}
    assert left in words.text


@pytest.mark.parametrize(
    "raw",
    [
        "im d1abetic and need alarms",
        "i'm g@y and want to hide my profile",
        "im b l i n d so label the buttons",
        "My wife has diabtes and needs alarms.",
        "I HAVE EPILEPSY AND NEED THE FLASHING OFF",
    ],
)
def test_disguises_and_slips_do_not_help(raw: str) -> None:
    assert len(strip(raw).marks) == 1


@pytest.mark.parametrize(
    "raw",
    [
        "I work as a nurse and the queue drops calls.",
        "My phone had a stroke, the screen is full of lines.",
        "I called the cancer charity and the line dropped.",
        "I speak Kurdish and Turkish, please add both.",
        "I voted for dark mode in your forum.",
        "My surname is Black and your app shows White.",
        "My son Christian cannot log in.",
        "I'm sick and tired of the ads.",
        "I cannot hear anything since the update.",
        "I was charged twice for one month.",
        "I'm straight up disappointed.",
        "The app is useless for blind users.",
        "我听不见对方的声音。",
        "मुझे आवाज नहीं आ रही है।",
    ],
)
def test_ordinary_messages_stay_whole(raw: str) -> None:
    assert strip(raw).text == raw


def test_a_list_of_conditions_is_cut_to_its_end() -> None:
    words = strip("I have diabetes, epilepsy and asthma. The call button is too small.")

    assert words.text == "The call button is too small."


def test_a_second_statement_in_one_piece_does_not_stay_behind() -> None:
    assert "Communist" not in strip("My father was a member of the Communist Party, is that why?").text


@pytest.mark.parametrize(
    ("raw", "hidden"),
    [
        ("my password is Tr0ub4dor, let me in", "Tr0ub4dor"),
        ("Passwort: hunter2 geht nicht", "hunter2"),
        ("My PIN is 4821 and it fails", "4821"),
        ("the verification code 774201 came late", "774201"),
        ("card 4111-1111-1111-1111 was charged", "4111"),
    ],
)
def test_secrets_and_cards_are_masked(raw: str, hidden: str) -> None:
    assert hidden not in strip(raw).text


@pytest.mark.parametrize(
    "raw",
    ["my password is incorrect", "error code 1234 again", "my postal code 90210", "order 4111111111111112 is late"],
)
def test_what_is_no_secret_stays(raw: str) -> None:
    assert strip(raw).text == raw


@pytest.mark.parametrize(
    "raw", ["+999 1234 5678", "+0123456789", "::", "1.2.3.4.5", "999.1.1.1", "GB00 TEST 1234 5678 90"]
)
def test_what_only_looks_like_an_identifier_is_no_error(raw: str) -> None:
    assert strip(raw, identifiers=True).text == raw


@pytest.mark.parametrize(
    "raw",
    [
        "I am deaf, I am gay. The app crashes, my son is autistic and the card 4111 1111 1111 1111 fails.",
        "I [I am deaf] am deaf, I a\x00m de\u202eaf.",
        "I'm, I have diabetes, diabetic. asthma, epilepsy",
    ],
)
def test_stripping_twice_changes_nothing(raw: str) -> None:
    once = strip(raw, identifiers=True)

    assert strip(once.text, identifiers=True).text == once.text
    assert [mark.place for mark in once.marks] == sorted(mark.place for mark in once.marks)


def test_marks_stand_where_the_cut_was() -> None:
    words = strip("Hello. I am deaf, please add captions.")

    assert written_out(words.text, words.marks, lambda kind: f"<{kind}>") == "Hello. <health> please add captions."


@pytest.mark.parametrize(
    "piece", ["deaf ", "i am deaf ", "i [ ", "x@x.", "password is ", "my ", "b l i n d ", "::", "want deaf ", "我有"]
)
def test_the_work_grows_with_the_length_and_no_faster(piece: str) -> None:
    short, long = (_calls_to_strip(piece * (length // len(piece))) for length in (3_000, 30_000))

    assert long <= 12 * short


def _calls_to_strip(raw: str) -> int:
    """Return how many functions were called; unlike time it is the same on every machine."""
    count = 0

    def add(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(add)
    try:
        strip(raw, identifiers=True)
    finally:
        sys.setprofile(None)
    return count


def test_no_line_of_the_lists_is_unreadable_repeated_or_starts_with_any_word() -> None:
    lines = [(file.parent.name, file.name, line) for file in LISTS for line in file.read_text("utf-8").splitlines()]
    rows = [(language, name.split(".")[0], *line.split("\t")) for language, name, line in lines if "\t" in line]

    assert all(len(row) == 4 and row[3] in {"strong", "normal", "weak", "never"} for row in rows)
    assert {category for _, category, *_ in rows} <= set(SPECIAL)
    assert [row for row in rows if row[2] != row[2].strip().lower() or row[2].startswith("*")] == []
    assert [row for row, times in Counter((row[0], row[2]) for row in rows).items() if times > 1] == []
