"""Agree, pressed twice below the words, is one agreement of one person with one message, cookies or not."""

import re
from typing import Any

import pytest
from django.test import Client

from consent.ledger.models import ConsentEvent
from consent.people import tokens
from consent.people.models import Person
from feedback.tickets.models import Ticket

WORDS = {"message": "The ring tone is too loud.", "idempotency_key": "k1"}


class Forgetful(Client):
    """A webview that keeps no cookie."""

    def request(self, **request: Any) -> Any:
        self.cookies.clear()
        return super().request(**request)


@pytest.fixture
def webview() -> Client:
    return Forgetful(headers={"Origin": "http://testserver"})


def _asked(client: Client) -> dict[str, str]:
    page = client.post("/feedback/", WORDS).content.decode()
    return {**dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)), **WORDS}


def test_one_after_the_other(webview: Client) -> None:
    form = _asked(webview)

    first, second = (webview.post("/feedback/agree/", {**form, "decision": "agree"}) for _press in range(2))

    assert (Person.objects.count(), Ticket.objects.count(), ConsentEvent.objects.count()) == (1, 1, 2)
    assert first.cookies["consent"].value == second.cookies["consent"].value
    assert second["Location"].startswith("/feedback/sent/")


def test_both_before_either_is_kept(webview: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    form = _asked(webview)
    first = webview.post("/feedback/agree/", {**form, "decision": "agree"})
    monkeypatch.setattr("consent.centre.agreement.person_of", lambda request: None)

    second = webview.post("/feedback/agree/", {**form, "decision": "agree"})

    assert (Person.objects.count(), Ticket.objects.count(), ConsentEvent.objects.count()) == (1, 1, 2)
    assert first.cookies["consent"].value == second.cookies["consent"].value


def test_a_browser_with_cookies_and_one_that_refused_before() -> None:
    client = Client(headers={"Origin": "http://testserver"})
    client.cookies["consent"] = tokens.REFUSED
    form = _asked(client)

    for _press in range(2):
        client.cookies["consent"] = tokens.REFUSED
        client.post("/feedback/agree/", {**form, "decision": "agree"})

    assert (Person.objects.count(), Ticket.objects.count()) == (1, 1)


def test_other_words_on_the_same_page_are_kept_for_the_same_person(webview: Client) -> None:
    form = _asked(webview)

    for message in ("The ring tone is too loud.", "The picture freezes."):
        webview.post("/feedback/agree/", {**form, "message": message, "decision": "agree"})

    assert (Person.objects.count(), Ticket.objects.count()) == (1, 2)


def test_two_people_are_two_though_they_send_the_same(webview: Client) -> None:
    for form in (_asked(webview), _asked(webview)):
        webview.post("/feedback/agree/", {**form, "decision": "agree"})

    assert (Person.objects.count(), Ticket.objects.count()) == (2, 2)


def test_a_token_of_ones_own_making_makes_nobody(webview: Client) -> None:
    form = {**_asked(webview), "agreement": "A" * 43}

    for _press in range(2):
        webview.post("/feedback/agree/", {**form, "decision": "agree"})

    assert Person.objects.count() == 2


def test_agreeing_alone_twice_is_one_person(webview: Client) -> None:
    page = webview.get("/consent/").content.decode()
    form = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))

    for _press in range(2):
        webview.post("/consent/", {**form, "decision": "agree"})

    assert Person.objects.count() == 1
