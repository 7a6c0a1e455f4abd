import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from consent.ledger.actions import Agreed
from consent.people import tokens
from consent.people.models import Person
from feedback.tickets.models import Ticket

OURS = {"Origin": "http://testserver"}
WORDS = {"message": "The ring tone is too loud.", "idempotency_key": "k1"}


class Forgetful(Client):
    """A webview that keeps no cookie, in front of a server that checks where forms come from."""

    def request(self, **request: Any) -> Any:
        self.cookies.clear()
        return super().request(**request)


@pytest.fixture
def webview() -> Client:
    return Forgetful(enforce_csrf_checks=True, headers=OURS)


def _hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))


def test_nobody_goes_in_circles(webview: Client) -> None:
    assert webview.get("/feedback/").status_code == 302

    page = webview.get("/feedback/", headers={"Referer": "http://testserver/consent/"})
    sent = webview.post("/feedback/agree/", {**_hidden(page.content.decode()), **WORDS, "decision": "agree"})
    after = webview.get(sent["Location"])

    assert page.status_code == 200
    ticket = Ticket.objects.get()
    assert ticket.ref in after.content.decode()
    link = re.search(r'href="(/feedback/[\w-]{30,}/)"', after.content.decode())
    assert link
    webview.post(f"{link[1]}reply/", {"message": "On wifi too.", "idempotency_key": "r"})
    assert ticket.messages.count() == 2


@pytest.mark.parametrize("onward", ["", "?next=/feedback/mine/"])
def test_agreeing_answers_with_the_form_and_the_form_leads_to_sent(webview: Client, onward: str) -> None:
    asked = webview.get(f"/consent/{onward}")
    form = webview.post("/consent/", {**_hidden(asked.content.decode()), "decision": "agree"})
    sent = webview.post("/feedback/", {**_hidden(form.content.decode()), **WORDS})

    assert (form.status_code, sent.status_code) == (200, 302)
    assert "What should work differently?" in form.content.decode()
    assert "Please look at this again" not in form.content.decode()
    assert webview.get(sent["Location"]).status_code == 200
    assert Person.objects.count() == Ticket.objects.count() == 1


def test_no_address_says_whose_person_a_form_belongs_to(webview: Client, mia: Agreed) -> None:
    for field in ("carried", "agreement"):
        response = webview.get("/feedback/", {field: mia.signed_token})
        assert (response.status_code, response["Location"]) == (302, "/consent/?next=/feedback/")


def test_a_page_elsewhere_brings_nobody_an_agreement_of_its_own(webview: Client) -> None:
    minted = _hidden(webview.get("/consent/").content.decode())["agreement"]

    for visitor in (Client(enforce_csrf_checks=True), webview):
        for origin in ("http://evil.test", "null", ""):
            page = visitor.post("/feedback/", {**WORDS, "agreement": minted}, headers={"Origin": origin})
            assert minted not in page.content.decode()


def test_refusing_without_a_cookie_offers_the_receipt(webview: Client) -> None:
    asked = webview.get("/consent/")
    refused = webview.post("/consent/", {**_hidden(asked.content.decode()), "decision": "refuse"})

    assert refused.status_code == 200
    assert "Your receipt" in refused.content.decode()
    assert not Person.objects.exists()


def test_the_agreement_travels_in_the_form_when_something_is_wrong(webview: Client) -> None:
    page = webview.get("/feedback/", headers={"Referer": "http://testserver/consent/"})
    hidden = _hidden(page.content.decode())

    wrong = webview.post("/feedback/agree/", {**hidden, "message": "", "decision": "agree"})
    carried = _hidden(wrong.content.decode())
    checked = webview.post("/feedback/check/", {**carried, **WORDS})
    sent = webview.post("/feedback/", {**_hidden(checked.content.decode()), **WORDS})

    assert wrong.status_code == 400
    assert tokens.read(carried["agreement"])
    assert sent.status_code == 302
    assert Ticket.objects.count() == 1


@pytest.mark.parametrize("origin", ["http://evil.test", "null", ""])
def test_a_form_from_elsewhere_is_turned_away(webview: Client, origin: str) -> None:
    response = webview.post("/feedback/agree/", {**WORDS, "decision": "agree"}, headers={"Origin": origin})

    assert response.status_code == 403
    assert not Ticket.objects.exists()


def test_a_request_with_a_cookie_needs_the_token(mia: Agreed, client_for: Callable[..., Client]) -> None:
    client = Client(enforce_csrf_checks=True, headers=OURS)
    client.cookies["consent"] = mia.signed_token

    response = client.post("/feedback/", WORDS)

    assert response.status_code == 403
    assert not Ticket.objects.exists()
