import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse

from consent.centre.agreement import notice_for
from consent.centre.receipts import read_receipt
from consent.ledger.actions import Agreed
from consent.ledger.models import ConsentEvent
from consent.people.models import Identifier, Person
from consent.people.tokens import REFUSED
from consent.policies.models import Notice, NoticesServed, OperatorFacts
from imsupport import clock

COOKIE = django_settings.CONSENT_COOKIE
URL = "/consent/"


def _answer(client: Client, decision: str, **more: str) -> Any:
    evidence = notice_for("en").evidence
    return client.post(URL, {"decision": decision, "evidence": evidence, **more})


def test_the_page_shows_five_lines_two_equal_buttons_and_no_box(client: Client) -> None:
    page = client.get(URL).content.decode()

    assert page.count("<li><b>") == 5
    assert re.findall(r'<button name="decision" value="(\w+)">([^<]+)', page) == [
        ("agree", "Agree"),
        ("refuse", "Do not agree"),
    ]
    assert "checkbox" not in page
    assert "<details>" in page


def test_looking_writes_a_count_and_no_row_of_the_ledger(client: Client) -> None:
    client.get(URL)
    client.get(URL)

    assert ConsentEvent.objects.count() == Person.objects.count() == Notice.objects.count() == 0
    assert list(NoticesServed.objects.values_list("version", "language", "channel", "served")) == [(1, "en", "web", 2)]


def test_agreeing_writes_events_that_follow_each_other_and_sets_the_cookie(client: Client) -> None:
    response = _answer(client, "agree")

    events = list(ConsentEvent.objects.order_by("seq"))
    assert (response.status_code, response["Location"]) == (302, "/feedback/")
    assert [(event.purpose, event.status) for event in events] == [
        ("agreement", "ConsentGiven"),
        ("p1.mail", "ConsentGiven"),
    ]
    assert bytes(events[1].prev_hash) == bytes(events[0].hash)
    assert {event.notice_sha256 for event in events} == {notice_for("en").sha256}
    cookie = response.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert cookie["max-age"] == 180 * 24 * 3600
    assert cookie["domain"] == ""


def test_what_was_shown_is_kept_byte_for_byte(client: Client) -> None:
    _answer(client, "agree")

    kept = Notice.objects.get()
    assert bytes(kept.body) == notice_for("en").body
    assert kept.body.decode() in client.get(URL).content.decode()


def test_the_cookie_opens_the_form(client: Client) -> None:
    before = client.get("/feedback/").status_code

    _answer(client, "agree")

    assert (before, client.get("/feedback/").status_code) == (302, 200)


def test_refusing_keeps_that_someone_refused_and_no_pointer(client: Client) -> None:
    response = _answer(client, "refuse")

    event = ConsentEvent.objects.get()
    assert (event.purpose, event.status) == ("agreement", "ConsentRefused")
    assert (Person.objects.count(), Identifier.objects.count()) == (0, 0)
    assert response.cookies[COOKIE].value == REFUSED
    assert "You did not agree" in response.content.decode()
    assert str(event.person_id) not in response.content.decode()


def test_a_refusal_offers_its_receipt_once(client: Client) -> None:
    page = _answer(client, "refuse").content.decode()

    written = re.search(r"<pre[^>]*>(.*?)</pre>", page, re.S)
    assert written is not None
    said = read_receipt(html.unescape(written[1]).encode())
    assert [entry["dpv:hasConsentStatus"] for entry in said["dpv:hasRecordOfActivity"]] == ["dpv:ConsentRefused"]
    assert client.get(f"/consent/receipts/{said['dct:identifier']}.json").status_code == 404


def test_two_refusals_share_the_cookie_value(client_for: Callable[..., Client]) -> None:
    values = {_answer(client_for(), "refuse").cookies[COOKIE].value for _ in range(2)}

    assert values == {REFUSED}


def test_who_agreed_before_does_not_lose_their_messages_by_refusing(
    mia: Agreed, client_for: Callable[..., Client]
) -> None:
    response = _answer(client_for(mia), "refuse")

    assert COOKIE not in response.cookies


def test_agreeing_again_is_a_renewal_of_the_same_person(mia: Agreed, client_for: Callable[..., Client]) -> None:
    response = _answer(client_for(mia), "agree")

    assert Person.objects.count() == 1
    assert ConsentEvent.objects.filter(status="RenewedConsentGiven").count() == 2
    assert response.cookies[COOKIE].value == mia.signed_token


@pytest.mark.parametrize("evidence", ["", "made:up", "x" * 500])
def test_an_answer_to_something_that_was_not_shown_is_asked_again(client: Client, evidence: str) -> None:
    response = client.post(URL, {"decision": "agree", "evidence": evidence})

    assert response.status_code == 400
    assert ConsentEvent.objects.count() == 0
    assert COOKIE not in response.cookies


def test_an_answer_to_earlier_facts_is_asked_again(client: Client) -> None:
    evidence = notice_for("en").evidence
    _facts()

    response = client.post(URL, {"decision": "agree", "evidence": evidence})

    assert (response.status_code, ConsentEvent.objects.count()) == (400, 0)


def test_the_facts_of_the_operator_are_in_what_is_hashed() -> None:
    before = notice_for("en").sha256

    _facts()

    assert notice_for("en").sha256 != before
    assert b"12 Harbour Street" in notice_for("en").body
    assert b"Added by the operator, not part of the policy text" in notice_for("en").body


@pytest.mark.parametrize("onward", ["https://evil.test/", "//evil.test/", "/\\evil.test", "javascript:alert(1)"])
def test_no_other_site_is_led_to(client: Client, onward: str) -> None:
    assert _answer(client, "agree", next=onward)["Location"] == "/feedback/"


def test_a_page_of_this_site_is_led_to(client: Client) -> None:
    assert _answer(client, "agree", next="/feedback/?topic=calls")["Location"] == "/feedback/?topic=calls"


def test_outside_the_demo_nothing_opens_without_the_operators_facts(client: Client, settings: Any) -> None:
    settings.DEMO = False

    asked, answered = client.get(URL), _answer(client, "agree")

    assert (asked.status_code, answered.status_code) == (503, 503)
    assert "not open yet" in asked.content.decode()
    assert ConsentEvent.objects.count() == 0


def test_outside_the_demo_the_form_opens_with_the_facts(client: Client, settings: Any) -> None:
    settings.DEMO = False
    _facts()

    assert client.get(URL).status_code == 200


def test_the_agreement_needs_its_csrf_token() -> None:
    client = Client(enforce_csrf_checks=True)

    response = client.post(reverse("centre:agreement"), {"decision": "agree"})

    assert (response.status_code, ConsentEvent.objects.count()) == (403, 0)


def _facts() -> OperatorFacts:
    return OperatorFacts.objects.create(
        app_name="IM Calling",
        name="IM Calling Ltd",
        postal_address="12 Harbour Street",
        contact="privacy@im.example",
        authority="The commissioner",
        storage_place="Germany",
        processors="Nobody.",
        entered_by="user 1",
        entered_at=clock.now(),
        effective_from=clock.now(),
    )
