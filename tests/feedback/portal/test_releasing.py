"""A writer may keep words that disclose nothing, one by one, wherever they write to us."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from consent.access.actors import person_actor
from consent.ledger.actions import Agreed
from consent.sealing.actions import make_data_keys
from feedback.portal.forms import released_keys
from feedback.portal.queries import own_conversation
from feedback.stripping import Mark
from feedback.tickets.conversation import Part, parts_of
from feedback.tickets.models import Message, StripCount, Ticket
from feedback.tickets.references import token_for
from feedback.tickets.words import dump_marks

BLIND = "health:blind"
WORDS = {"message": "I am blind, so read it to me. My son has diabetes.", "idempotency_key": "k1"}
DEAF, ALLERGIES = "health:deaf", "health:allergies"
WITHIN = {"message": "I am deaf with my allergies, so write to me.", "idempotency_key": "k1"}
"""Its second statement stands within the first, so it is found only when that one is kept."""
JSON = {"Accept": "application/json"}


@pytest.fixture
def client(mia: Agreed, client_for: Callable[..., Client]) -> Client:
    return client_for(mia)


@pytest.fixture
def link(client: Client) -> str:
    client.post("/feedback/", {"message": "It is too loud.", "idempotency_key": "k0"})
    ticket = Ticket.objects.get()
    return f"/feedback/{token_for(ticket.pk, ticket.token_generation)}/"


def _text(response: Any) -> str:
    return str(response.content.decode())


def _hidden(page: str) -> list[str]:
    return re.findall(r'type="hidden" name="released" value="([^"]+)"', page)


def _buttons(page: str, name: str) -> list[str]:
    return re.findall(rf'<button[^>]*name="{name}" value="([^"]+)"', page)


def _opened(mia: Agreed) -> str:
    ticket = Ticket.objects.latest("pk")
    parts = own_conversation(ticket, person_actor(mia.person.pk)).entries[-1].parts
    return "".join(part.text or f"<{part.category}>" for part in parts)


@pytest.mark.parametrize("is_typing", [True, False])
def test_each_thing_found_is_shown_with_its_reason_and_a_strong_one_cannot_be_kept(
    client: Client, is_typing: bool
) -> None:
    response = client.post("/feedback/check/", WORDS, headers=JSON if is_typing else {})

    page = response.json()["part"] if is_typing else _text(response)
    assert '<q id="found-1">I am blind' in page
    assert '<q id="found-2">My son has diabetes</q>' in page
    assert page.count("This looks like a statement about health. We do not need it to help you.") == 2
    assert page.count("This is not about health") == 1
    assert _buttons(page, "released") == [BLIND]
    assert page.count('href="#needs"') == 2
    assert is_typing or "<details open><summary>Say what you need" in page


@pytest.mark.parametrize("is_typing", [True, False])
def test_what_is_kept_is_said_and_can_be_taken_back(client: Client, is_typing: bool) -> None:
    headers = JSON if is_typing else {}

    response = client.post("/feedback/check/", {**WORDS, "released": BLIND}, headers=headers)

    page = response.json()["part"] if is_typing else _text(response)
    assert "kept, as you said" in page
    assert _buttons(page, "released") == []
    assert _buttons(page, "taken_back") == [BLIND]
    if not is_typing:
        assert _hidden(page) == [BLIND]
        assert "We would leave out 1 thing." in page
        back = _text(client.post("/feedback/check/", {**WORDS, "released": BLIND, "taken_back": BLIND}))
        assert (_hidden(back), _buttons(back, "released")) == ([], [BLIND])


def test_the_check_without_scripts_loses_nothing_that_was_typed(client: Client) -> None:
    typed = {"subject": "Small icons", "name": "Mia", "email": "mia@example.org", "topic": "idea", "needs": "captions"}

    page = _text(client.post("/feedback/check/", {**WORDS, **typed, "released": BLIND}))

    assert WORDS["message"] in page
    for kept in (
        'value="Small icons"',
        'value="Mia"',
        'value="mia@example.org"',
        '"idea" selected',
        '"captions" checked',
    ):
        assert kept in page
    send = page.index("Send feedback")
    assert send < page.index('name="taken_back"'), "Enter presses the first button, which must be the one that sends"


def test_the_subject_and_the_name_are_checked_as_well(client: Client) -> None:
    found = client.post(
        "/feedback/check/", {"message": "Too loud.", "subject": "I am blind", "name": "I have diabetes"}, headers=JSON
    ).json()

    assert [(span["field"], span["start"], span["end"]) for span in found["spans"]] == [
        ("subject", 0, 10),
        ("name", 0, 15),
    ]


def test_kept_words_arrive_and_are_drawn_without_a_mark(client: Client, mia: Agreed) -> None:
    client.post("/feedback/", {**WORDS, "released": BLIND})

    assert _opened(mia) == "I am blind, so read it to me. <health>"
    assert Ticket.objects.count() == 1
    row = StripCount.objects.get(language="")
    assert (row.category, row.statements, row.released) == ("health", 1, 1)
    page = _text(client.get(f"/feedback/{token_for(Ticket.objects.get().pk, 1)}/"))
    assert page.count("left out: health") == 1


def test_a_strong_statement_stays_out_whatever_is_sent_along(client: Client, mia: Agreed) -> None:
    client.post("/feedback/", {**WORDS, "released": ["health:diabetes", "health:has diabetes", ""]})

    assert "diabetes" not in _opened(mia)


def test_kept_words_survive_an_error(client: Client) -> None:
    page = _text(client.post("/feedback/", {**WORDS, "released": BLIND, "email": "nobody"}))

    assert _hidden(page) == [BLIND]


def test_kept_words_survive_the_agreement_and_are_sent_by_it(client_for: Callable[..., Client]) -> None:
    stranger = client_for()

    page = stranger.post("/feedback/", {**WORDS, "released": BLIND})

    assert (page.status_code, _hidden(_text(page))) == (403, [BLIND])
    evidence = re.search(r'name="evidence" value="([^"]+)"', _text(page))
    assert evidence
    agreed = {**WORDS, "released": BLIND, "decision": "agree", "evidence": evidence[1]}
    assert _hidden(_text(stranger.post("/feedback/agree/", {**agreed, "email": "nobody"}))) == [BLIND]
    sent = stranger.post("/feedback/agree/", agreed, follow=True)
    assert "left out: health" not in _text(sent)
    assert "1 statement about health" in _text(sent)
    assert StripCount.objects.get(language="").released == 1


def test_a_reply_is_checked_and_kept_in_the_same_way(link: str, client_for: Callable[..., Client], mia: Agreed) -> None:
    bearer, reply = client_for(), {"message": WORDS["message"], "idempotency_key": "r1"}

    typing = bearer.post(f"{link}check/", reply, headers=JSON).json()
    page = _text(bearer.post(f"{link}check/", {**reply, "released": BLIND}))

    assert _buttons(typing["part"], "released") == [BLIND]
    assert "#needs" not in typing["part"] + page
    assert (_hidden(page), _buttons(page, "taken_back")) == ([BLIND], [BLIND])
    assert WORDS["message"] in page
    assert 'value="r1"' in page
    assert Message.objects.count() == 1
    wrong = bearer.post(f"{link}reply/", {**reply, "message": " ", "released": BLIND})
    assert _hidden(_text(wrong)) == [BLIND]
    bearer.post(f"{link}reply/", {**reply, "released": BLIND})
    assert _opened(mia) == "I am blind, so read it to me. <health>"


@pytest.mark.parametrize("is_typing", [True, False])
def test_of_very_much_that_would_be_left_out_the_first_fifty_are_shown(client: Client, is_typing: bool) -> None:
    words = {**WORDS, "message": "I am deaf. " * 1_800}

    response = client.post("/feedback/check/", words, headers=JSON if is_typing else {})

    page = response.json()["part"] if is_typing else _text(response)
    assert _buttons(page, "released") == [DEAF] * 50
    assert ("and 1750 more" in page, page.count('class="entry"')) == (True, 51)
    assert is_typing or "We would leave out 1800 things." in page
    assert not is_typing or len(response.json()["spans"]) == 50


def test_more_or_longer_keys_than_a_page_gives_are_ignored(client: Client) -> None:
    many = [f"health:{number}" for number in range(60)]

    page = _text(client.post("/feedback/check/", {**WORDS, "released": ["x" * 121, *many, many[0]]}))

    assert _hidden(page) == many[:50]
    assert released_keys({}) == ()


def _hand_in_again(client: Client) -> None:
    client.post("/consent/withdraw/everything/")
    evidence = client.get("/consent/withdraw/").context["notice"].evidence
    client.post("/consent/withdraw/again/", {"evidence": evidence})


def test_what_was_stopped_is_handed_in_again_with_the_kept_words(client: Client, mia: Agreed) -> None:
    client.post("/feedback/", {**WORDS, "released": BLIND})

    _hand_in_again(client)

    assert _opened(mia) == "I am blind, so read it to me.  […]"


def test_a_statement_within_a_kept_one_is_listed_and_can_be_taken_back(client: Client) -> None:
    page = _text(client.post("/feedback/check/", {**WITHIN, "released": [DEAF, ALLERGIES]}))

    assert _buttons(page, "released") == []
    assert sorted(_buttons(page, "taken_back")) == [ALLERGIES, DEAF]


def test_a_statement_within_a_kept_one_is_handed_in_again(client: Client, mia: Agreed) -> None:
    client.post("/feedback/", {**WITHIN, "released": [DEAF, ALLERGIES]})

    _hand_in_again(client)

    assert Ticket.objects.count() == 2
    assert _opened(mia) == WITHIN["message"]


def test_words_kept_in_subject_and_name_are_handed_in_again(client: Client, mia: Agreed) -> None:
    lines = {"subject": "I am blind and lost", "name": "I am deaf with my allergies"}
    client.post("/feedback/", {**WORDS, **lines, "message": "Too loud.", "released": [BLIND, DEAF, ALLERGIES]})

    _hand_in_again(client)

    told = own_conversation(Ticket.objects.latest("pk"), person_actor(mia.person.pk))
    assert (told.subject, told.sender_name) == (lines["subject"], lines["name"])


def test_what_the_engine_knows_only_since_is_not_kept_by_handing_in_again(client: Client, mia: Agreed) -> None:
    client.post("/feedback/", {**WORDS, "released": BLIND})
    message, [key] = Message.objects.get(), make_data_keys(mia.person.pk)
    text = key.seal("message.text", message.pk, "I am blind. I am deaf.")
    Message.objects.filter(pk=message.pk).update(
        text=text, marks=key.seal("message.marks", message.pk, dump_marks((Mark(0, "health", True),)))
    )

    _hand_in_again(client)

    assert _opened(mia) == "I am blind. <health>"


def test_a_mark_outside_the_released_ones_is_drawn_at_its_place() -> None:
    marks = (Mark(0, "health", True), Mark(5, "belief"), Mark(9, "health", True))

    assert parts_of("I am  blind", marks) == [Part("I am "), Part(category="belief"), Part(" blind")]
