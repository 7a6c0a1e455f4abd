"""Passing a ticket on, from the agent's question to the recipient, and what calls it back."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable

import pytest
from django.test import Client

from consent.disclosures import webhooks
from consent.disclosures.actions import NOT_AGAIN_FOR
from consent.disclosures.models import Disclosure, DisclosureAct, Egress, Recipient
from consent.ledger.actions import Agreed, Shown, agree, withdraw_permissions
from consent.ledger.models import Channel, ConsentEvent, EndedDisclosing
from consent.policies.notices import Notice
from feedback.intake.actions import Submission, submit_feedback
from feedback.tickets.erasing import erase_ticket
from feedback.tickets.models import Event, Ticket
from feedback.tickets.references import token_for
from feedback.tickets.tasks import pass_on
from imsupport.accounts.models import User
from tests.laws.acting import as_agent
from tests.receiving import Receiving

WORDS = "Calls to the heron line drop. I have diabetes. Please look."


@pytest.fixture
def ticket(mia: Agreed) -> Ticket:
    return _submitted(mia, WORDS, "k")


@pytest.fixture
def person(mia: Agreed, client_for: Callable[..., Client]) -> Client:
    return client_for(mia)


@pytest.fixture
def agent(ada: User, client_for: Callable[..., Client]) -> Client:
    return client_for(ada)


def _submitted(someone: Agreed, words: str, key: str) -> Ticket:
    given = Submission(message=words, idempotency_key=key)
    return submit_feedback(given, person_id=someone.person.pk, policy_version=1).ticket


def _page(ticket: Ticket) -> str:
    return f"/feedback/{token_for(ticket.pk, ticket.token_generation)}/"


def _ask(agent: Client, ticket: Ticket) -> None:
    assert agent.post(f"/desk/tickets/{ticket.ref}/pass-on/carrier/ask/").status_code == 302


def _say(person: Client, ticket: Ticket, decision: str) -> str:
    page = person.get(_page(ticket)).content.decode()
    evidence = page.split('name="evidence" value="')[1].split('"')[0]
    given = {"decision": decision, "evidence": evidence}
    return str(person.post(f"{_page(ticket)}pass-on/carrier/", given)["Location"])


def _passed_on(agent: Client, person: Client, ticket: Ticket) -> Disclosure:
    _ask(agent, ticket)
    assert "done=allow" in _say(person, ticket, "allow")
    assert agent.post(f"/desk/tickets/{ticket.ref}/pass-on/carrier/").status_code == 302
    pass_on()
    return Disclosure.objects.get()


def test_what_the_person_allowed_arrives_signed_and_without_what_was_left_out(
    agent: Client, person: Client, ticket: Ticket, carrier: Recipient, receiving: Receiving
) -> None:
    assert "Ask whether Acme Carrier may get it" in agent.get(f"/desk/tickets/{ticket.ref}/").content.decode()
    disclosure = _passed_on(agent, person, ticket)

    [(_path, headers, body)] = receiving.came
    said = json.loads(body)
    assert said["type"] == "message.passed_on"
    assert said["data"]["id"] == str(disclosure.pk)
    assert said["data"]["messages"] == ["Calls to the heron line drop. […] Please look."]
    assert b"diabetes" not in body
    assert b"health" not in body
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    secret = base64.b64decode(webhooks.secret_of(carrier).removeprefix("whsec_"))
    expected = base64.b64encode(hmac.digest(secret, signed, hashlib.sha256)).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    acts = list(DisclosureAct.objects.order_by("pk"))
    assert [act.act for act in acts] == ["attempted", "delivered"]
    assert acts[0].payload_sha256 == hashlib.sha256(body).hexdigest()
    assert not Egress.objects.exists()


def test_its_person_sees_who_got_what_and_the_ledger_says_by_which_words(
    agent: Client, person: Client, ticket: Ticket, carrier: Recipient
) -> None:
    disclosure = _passed_on(agent, person, ticket)

    assert "Acme Carrier" in person.get("/privacy/").content.decode()
    [exported] = person.get("/privacy/export/").json()["passed_on"]
    assert (exported["to"], exported["what"]) == ("Acme Carrier", ["message", "device"])
    events = ConsentEvent.objects.filter(purpose=carrier.purpose).order_by("seq")
    assert [(event.status, event.expressed_by) for event in events] == [
        ("ConsentRequested", "agent"),
        ("ConsentGiven", "subject"),
    ]
    assert disclosure.consent_event == events[1]
    receipt = person.get(f"/consent/receipts/{events[1].act_id}.json").content.decode()
    assert "Acme Carrier" in receipt
    assert "arrived" in agent.get(f"/desk/tickets/{ticket.ref}/").content.decode()


def test_an_agent_cannot_pass_on_what_nobody_allowed(
    agent: Client, person: Client, ticket: Ticket, carrier: Recipient, receiving: Receiving
) -> None:
    assert agent.post(f"/desk/tickets/{ticket.ref}/pass-on/carrier/").status_code == 403
    _ask(agent, ticket)
    assert agent.post(f"/desk/tickets/{ticket.ref}/pass-on/carrier/").status_code == 403
    assert "done=refuse" in _say(person, ticket, "refuse")
    assert agent.post(f"/desk/tickets/{ticket.ref}/pass-on/carrier/").status_code == 403
    pass_on()

    assert receiving.came == []
    assert not Egress.objects.exists()
    assert not Event.objects.filter(kind=Event.Kind.PASSED_ON).exists()


def test_nobody_is_asked_twice_or_within_six_months_of_a_no(
    agent: Client, person: Client, ticket: Ticket, carrier: Recipient, monkeypatch: pytest.MonkeyPatch
) -> None:
    _ask(agent, ticket)
    _ask(agent, ticket)
    _say(person, ticket, "refuse")
    _ask(agent, ticket)

    asked = ConsentEvent.objects.filter(purpose=carrier.purpose, status="ConsentRequested")
    assert asked.count() == 1
    assert Event.objects.filter(kind=Event.Kind.PASS_ASKED).count() == 1

    later = asked.get().occurred_at + NOT_AGAIN_FOR * 1.01
    monkeypatch.setattr("imsupport.clock.now", lambda: later)
    _ask(agent, ticket)
    assert asked.count() == 2


def test_a_browser_that_says_gpc_has_answered_and_is_not_asked(
    ada: User, carrier: Recipient, notice: Notice, client_for: Callable[..., Client]
) -> None:
    iris = agree(Shown(notice, Channel.WEB, "button:agree", gpc=True))
    ticket = _submitted(iris, "Calls drop.", "k")
    _ask(client_for(ada), ticket)

    [event] = ConsentEvent.objects.filter(purpose=carrier.purpose)
    assert (event.status, event.indicated_by, event.gpc) == ("ConsentRefused", "signal:gpc", True)
    assert not Event.objects.filter(kind=Event.Kind.PASS_ASKED).exists()
    assert "not allowed" in client_for(ada).get(f"/desk/tickets/{ticket.ref}/").content.decode()


@pytest.mark.parametrize("way", ["the page of the message", "the page of choices", "stop the optional uses"])
def test_taking_it_back_tells_the_recipient_to_erase_it(
    way: str, agent: Client, person: Client, ticket: Ticket, carrier: Recipient, receiving: Receiving
) -> None:
    disclosure = _passed_on(agent, person, ticket)
    receiving.came.clear()

    if way == "the page of the message":
        _say(person, ticket, "refuse")
    elif way == "the page of choices":
        page = person.get("/consent/choices/").content.decode()
        evidence = page.split('/consent/recipients/carrier/"')[1].split('name="evidence" value="')[1].split('"')[0]
        person.post("/consent/recipients/carrier/", {"decision": "refuse", "evidence": evidence})
    else:
        person.post("/consent/withdraw/optional/")
    pass_on()

    [(_path, _headers, body)] = receiving.came
    assert json.loads(body)["type"] == "message.recalled"
    assert json.loads(body)["data"] == {"id": str(disclosure.pk)}
    assert [act.act for act in disclosure.acts.order_by("pk")][-1] == "recalled"
    assert not EndedDisclosing.objects.exists()
    pass_on()
    assert len(receiving.came) == 1


def test_erasing_a_message_tells_who_got_it(
    agent: Client, person: Client, ada: User, ticket: Ticket, carrier: Recipient, receiving: Receiving
) -> None:
    disclosure = _passed_on(agent, person, ticket)
    erase_ticket(ticket, actor=as_agent(ada))
    pass_on()

    assert json.loads(receiving.came[-1][2]) | {"timestamp": ""} == {
        "type": "message.recalled",
        "timestamp": "",
        "data": {"id": str(disclosure.pk)},
    }


def test_what_was_allowed_again_later_is_not_called_back(
    agent: Client, person: Client, ticket: Ticket, carrier: Recipient, receiving: Receiving, mia: Agreed, shown: Shown
) -> None:
    _passed_on(agent, person, ticket)
    withdraw_permissions(mia.person.pk, shown)
    pass_on()
    later = _submitted(mia, "Once more.", "2")
    assert "done=allow" in _say(person, later, "allow")
    agent.post(f"/desk/tickets/{later.ref}/pass-on/carrier/")
    pass_on()

    kinds = [json.loads(body)["type"] for _path, _headers, body in receiving.came]
    assert kinds == ["message.passed_on", "message.recalled", "message.passed_on"]


def test_what_does_not_arrive_is_sent_again_under_the_same_id_and_called_back_only_then(
    agent: Client,
    person: Client,
    ticket: Ticket,
    carrier: Recipient,
    receiving: Receiving,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    receiving.status = 503
    disclosure = _passed_on(agent, person, ticket)
    [waiting] = Egress.objects.all()
    assert waiting.attempts == 1
    receiving.status = 204
    monkeypatch.setattr("imsupport.clock.now", lambda at=waiting.due_at: at)
    pass_on()

    assert [headers["webhook-id"] for _path, headers, _body in receiving.came] == [f"msg_{disclosure.pk}"] * 2
    assert [act.act for act in disclosure.acts.order_by("pk")] == ["attempted", "attempted", "delivered"]


def test_what_leads_elsewhere_fails_and_is_tried_no_more(
    agent: Client, person: Client, ticket: Ticket, carrier: Recipient, receiving: Receiving
) -> None:
    receiving.status, receiving.headers = 302, {"Location": "https://elsewhere.test/"}
    disclosure = _passed_on(agent, person, ticket)

    assert [(act.act, act.code) for act in disclosure.acts.order_by("pk")] == [
        ("attempted", ""),
        ("failed", "http 302"),
    ]
    assert not Egress.objects.exists()
    assert "did not arrive" in agent.get(f"/desk/tickets/{ticket.ref}/").content.decode()


def test_pages_with_a_recipient_keep_to_their_budget(
    agent: Client, person: Client, ticket: Ticket, carrier: Recipient, statements: Callable[[], object]
) -> None:
    _passed_on(agent, person, ticket)
    agent.get(f"/desk/tickets/{ticket.ref}/")

    with statements() as said:  # type: ignore[attr-defined]
        agent.get(f"/desk/tickets/{ticket.ref}/")

    assert len(said) <= 9, said
