from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from consent.access.actors import SYSTEM, Actor, person_actor
from consent.access.door import Look, read
from consent.access.models import AccessEvent
from consent.ledger.actions import Agreed
from consent.purposes import Purpose
from consent.sealing.envelopes import Envelope
from feedback.desk import actions
from feedback.intake.words import NEEDS
from feedback.outbox.delivery import deliver_due
from feedback.outbox.models import OutgoingMail
from feedback.portal.actions import NotAgreed, say_needs
from feedback.stripping import staff_text
from feedback.tickets.actions import TicketClosed, set_state
from feedback.tickets.erasing import erase_ticket
from feedback.tickets.models import Event, Message, SpentKey, Ticket
from feedback.tickets.references import token_for
from imsupport.accounts.models import User

VERIFIED = {"email": "mia@people.test", "is_address_verified": True}
ASKED = "What do you need so that our help suits you?"


def _link(ticket: Ticket) -> str:
    return f"/feedback/{token_for(ticket.pk, ticket.token_generation)}/"


def _desk(ticket: Ticket) -> str:
    return f"/desk/tickets/{ticket.ref}/"


def _fresh(ticket: Ticket) -> Ticket:
    found: Ticket = Ticket.objects.select_related("address").get(pk=ticket.pk)
    return found


def _opened(envelope: Envelope | None) -> str | None:
    return read([envelope], look=Look(SYSTEM, Purpose.PROVIDE, AccessEvent.Act.OPENED, "test")).text(envelope)


@pytest.mark.parametrize(("who", "status"), [("ada", 302), ("max_", 403), ("root", 403)])
def test_only_agents_ask(
    who: str,
    status: int,
    mia: Agreed,
    write: Callable[..., Ticket],
    client_for: Callable[..., Client],
    request: pytest.FixtureRequest,
) -> None:
    ticket = write(mia)

    response = client_for(request.getfixturevalue(who)).post(f"{_desk(ticket)}needs/")

    assert response.status_code == status
    assert Message.objects.filter(kind="answer").exists() is (status == 302)


def test_asking_and_answering_by_switches(
    mia: Agreed, ada: User, write: Callable[..., Ticket], client_for: Callable[..., Client]
) -> None:
    ticket, agent, person = write(mia), client_for(ada), client_for(mia)
    assert "What do you need?" not in person.get(_link(ticket)).content.decode()

    agent.post(f"{_desk(ticket)}needs/")
    asked = person.get(_link(ticket)).content.decode()
    waiting, beside = _fresh(ticket), agent.get(_desk(ticket)).content.decode()
    answered = person.post(f"{_link(ticket)}needs/", {"needs": ["captions", "simpler_words"]})
    page = agent.get(_desk(ticket)).content.decode()

    assert ASKED in asked
    assert all(str(label) in asked for _need, label in NEEDS)
    assert (waiting.state, waiting.assignee, waiting.unread_answers) == ("waiting", ada, 1)
    assert ("Asked what they need on" in beside, 'id="ask_needs"' in beside) == (True, False)
    assert answered.status_code == 302
    assert "I need captions<br>Please use simpler words" in page
    assert 'id="ask_needs"' in page
    told = _fresh(ticket)
    assert (told.state, told.unread_answers, told.needs_asked_at) == ("open", 0, None)
    after = person.get(f"{_link(ticket)}?done=needs").content.decode()
    assert ("We will keep to what you need" in after, "What do you need?" in after) == (True, False)


def test_what_is_needed_is_sealed_with_the_ticket_and_erased_with_it(
    mia: Agreed, agent: Actor, write: Callable[..., Ticket]
) -> None:
    ticket = write(mia)
    actions.ask_what_they_need(ticket, actor=agent)
    drawn = _fresh(ticket)

    say_needs(_fresh(ticket), ["captions"], actor=person_actor(mia.person.pk))
    said = _fresh(ticket)

    assert b"captions" not in said.needs.sealed
    assert _opened(said.needs) == "captions"
    erase_ticket(drawn, actor=SYSTEM)
    assert _opened(said.needs) is None


def test_what_was_needed_before_goes_when_other_needs_are_said(
    mia: Agreed, agent: Actor, write: Callable[..., Ticket]
) -> None:
    ticket, person = write(mia, needs=("captions",)), person_actor(mia.person.pk)
    for needs in (["bigger_text"], []):
        actions.ask_what_they_need(_fresh(ticket), actor=agent)
        before = _fresh(ticket).needs
        say_needs(_fresh(ticket), needs, actor=person)

    assert _fresh(ticket).needs is None
    assert _opened(before) is None
    assert _opened(_fresh(ticket).opening)
    assert not SpentKey.objects.exists()


def test_asking_again_while_the_question_is_open_makes_no_second_one(
    mia: Agreed, ada: User, agent: Actor, write: Callable[..., Ticket], client_for: Callable[..., Client]
) -> None:
    ticket, client = write(mia, **VERIFIED), client_for(ada)
    drawn = _fresh(ticket)

    statuses = [client.post(f"{_desk(ticket)}needs/").status_code for _ in range(2)]

    assert statuses == [302, 302]
    assert actions.ask_what_they_need(drawn, actor=agent) is False
    assert Message.objects.filter(kind="answer").count() == OutgoingMail.objects.filter(kind="answer").count() == 1
    assert Event.objects.filter(kind=Event.Kind.NEEDS_ASKED).count() == 1


def test_once_answered_it_can_be_asked_again(mia: Agreed, agent: Actor, write: Callable[..., Ticket]) -> None:
    ticket = write(mia)

    for _ in range(2):
        assert actions.ask_what_they_need(_fresh(ticket), actor=agent)
        say_needs(_fresh(ticket), [], actor=person_actor(mia.person.pk))

    assert Message.objects.filter(kind="answer").count() == 2


def test_a_confirmed_address_gets_the_question_with_the_link(
    mia: Agreed, agent: Actor, write: Callable[..., Ticket], mailoutbox: list[Any]
) -> None:
    ticket = write(mia, **VERIFIED)
    deliver_due()

    actions.ask_what_they_need(_fresh(ticket), actor=agent)
    deliver_due()

    [_thanks, mail] = mailoutbox
    assert ASKED in mail.body
    assert _link(ticket) in mail.body


def test_an_unconfirmed_address_hears_that_an_answer_waits_and_nothing_else(
    mia: Agreed, agent: Actor, write: Callable[..., Ticket], mailoutbox: list[Any]
) -> None:
    ticket = write(mia, email="mia@people.test")
    deliver_due()

    actions.ask_what_they_need(_fresh(ticket), actor=agent)
    deliver_due()

    mail = mailoutbox[-1]
    assert "An answer from" in mail.body
    assert not any(word in mail.body for word in (ASKED, "need", ticket.ref, _link(ticket)))


def test_the_question_is_asked_in_the_persons_language(
    mia: Agreed, agent: Actor, write: Callable[..., Ticket], monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket = write(mia, language="de")
    monkeypatch.setattr(actions, "gettext", lambda words: f"{translation.get_language()}: {words}")

    actions.ask_what_they_need(_fresh(ticket), actor=agent)

    assert (_opened(Message.objects.get(kind="answer").text) or "").startswith("de: What do you need")
    assert translation.get_language() == "en"


def test_the_question_itself_names_nothing_private(mia: Agreed, agent: Actor, write: Callable[..., Ticket]) -> None:
    ticket = write(mia)

    actions.ask_what_they_need(ticket, actor=agent)

    assert staff_text(_opened(Message.objects.get(kind="answer").text) or "").warnings == ()


def test_needs_that_nobody_asked_for_are_not_kept(
    mia: Agreed, write: Callable[..., Ticket], client_for: Callable[..., Client]
) -> None:
    ticket = write(mia)

    response = client_for(mia).post(f"{_link(ticket)}needs/", {"needs": ["captions"]})

    assert response.status_code == 302
    assert _fresh(ticket).needs is None
    assert not Event.objects.filter(kind=Event.Kind.NEEDS_SAID).exists()


def test_only_words_of_the_list_are_kept_and_a_double_press_keeps_them_once(
    mia: Agreed, agent: Actor, write: Callable[..., Ticket], client_for: Callable[..., Client]
) -> None:
    ticket, person = write(mia), client_for(mia)
    actions.ask_what_they_need(ticket, actor=agent)

    for _ in range(2):
        person.post(f"{_link(ticket)}needs/", {"needs": ["captions", "I have schizophrenia"]})

    assert _opened(_fresh(ticket).needs) == "captions"
    assert Event.objects.filter(kind=Event.Kind.NEEDS_SAID).count() == 1


def test_a_closed_message_takes_no_needs_and_shows_no_switches(
    mia: Agreed, agent: Actor, write: Callable[..., Ticket], client_for: Callable[..., Client]
) -> None:
    ticket = write(mia)
    actions.ask_what_they_need(ticket, actor=agent)
    set_state(_fresh(ticket), Ticket.State.CLOSED, actor=agent)

    page = client_for(mia).get(_link(ticket)).content.decode()
    with pytest.raises(TicketClosed):
        say_needs(_fresh(ticket), ["captions"], actor=person_actor(mia.person.pk))

    assert "What do you need?" not in page
    assert client_for(mia).post(f"{_link(ticket)}needs/", {"needs": ["captions"]}).status_code == 302
    assert _fresh(ticket).needs is None


def test_under_a_new_policy_nothing_is_kept_before_it_is_agreed_to(
    mia: Agreed,
    agent: Actor,
    write: Callable[..., Ticket],
    client_for: Callable[..., Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ticket = write(mia)
    actions.ask_what_they_need(ticket, actor=agent)
    monkeypatch.setattr("feedback.portal.actions.current_version", lambda: 2)

    with pytest.raises(NotAgreed):
        say_needs(_fresh(ticket), ["captions"], actor=person_actor(mia.person.pk))
    response = client_for(mia).post(f"{_link(ticket)}needs/", {"needs": ["captions"]})

    assert response.status_code == 302
    assert response["Location"].startswith("/consent/?next=%2Ffeedback%2F")
    assert (_fresh(ticket).needs, _fresh(ticket).needs_asked_at is None) == (None, False)


def test_a_stranger_to_the_link_says_nothing(mia: Agreed, agent: Actor, write: Callable[..., Ticket]) -> None:
    ticket = write(mia)
    actions.ask_what_they_need(ticket, actor=agent)

    response = Client().post("/feedback/no-such-token/needs/", {"needs": ["captions"]})

    assert response.status_code == 404
    assert _fresh(ticket).needs is None
