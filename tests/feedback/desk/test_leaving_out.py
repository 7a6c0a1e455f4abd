from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from consent.access.actors import SYSTEM, Actor, person_actor
from consent.access.door import Look, read
from consent.access.models import AccessEvent
from consent.ledger.actions import Agreed
from consent.purposes import Purpose
from consent.sealing.envelopes import Envelope
from consent.sealing.models import Key
from feedback.desk import actions
from feedback.desk.actions import answer, note
from feedback.outbox.delivery import deliver_due
from feedback.outbox.models import OutgoingMail
from feedback.portal.actions import Reply, reply
from feedback.retention.tasks import sweep, sweep_strays
from feedback.stripping import Category, NotInWords
from feedback.tickets.erasing import erase_ticket
from feedback.tickets.leaving_out import Passage
from feedback.tickets.locking import TicketGone
from feedback.tickets.models import Event, Message, SpentKey, StripCount, Ticket
from feedback.tickets.references import token_for
from imsupport import clock
from imsupport.accounts.models import User

SAID = "Calls drop. My qanary is back, and the Qanary hurts. Please help."
VERIFIED = {"email": "mia@people.test", "is_address_verified": True}


def _words(ticket: Ticket, kind: str = "person") -> Message:
    found: Message = Message.objects.filter(ticket=ticket, kind=kind).latest("pk")
    return found


def _url(ticket: Ticket, place: object) -> str:
    return f"/desk/tickets/{ticket.ref}/leave-out/{place}/"


def _post(client: Client, ticket: Ticket, place: object, words: str = "qanary", **more: object) -> Any:
    return client.post(_url(ticket, place), {"words": words, "category": "health", **more})


def _opened(*envelopes: Envelope | None) -> list[str | None]:
    reading = read(envelopes, look=Look(SYSTEM, Purpose.PROVIDE, AccessEvent.Act.OPENED, "test"))
    return [reading.text(envelope) for envelope in envelopes]


def _letters(ticket: Ticket) -> str:
    mails = OutgoingMail.objects.filter(ticket_id=ticket.pk, letter__isnull=False)
    return " ".join(filter(None, _opened(*(mail.letter for mail in mails))))


@pytest.mark.parametrize(("who", "status"), [("ada", 302), ("max_", 403), ("root", 403), (None, 403)])
def test_only_agents_leave_out(
    who: str | None,
    status: int,
    mia: Agreed,
    write: Callable[..., Ticket],
    client_for: Callable[..., Client],
    request: pytest.FixtureRequest,
) -> None:
    ticket = write(mia, SAID)
    client = client_for(request.getfixturevalue(who) if who else None)

    response = _post(client, ticket, _words(ticket).pk)

    assert response.status_code == status
    assert Event.objects.filter(kind=Event.Kind.LEFT_OUT).exists() is (who == "ada")


def test_a_passage_goes_from_every_page_at_once(
    mia: Agreed, ada: User, write: Callable[..., Ticket], client_for: Callable[..., Client]
) -> None:
    ticket, agent, person = write(mia, SAID), client_for(ada), client_for(mia)
    link = f"/feedback/{token_for(ticket.pk, ticket.token_generation)}/"

    _post(agent, ticket, _words(ticket).pk)

    pages = {
        url: client.get(url).content.decode()
        for client, url in (
            (agent, f"/desk/tickets/{ticket.ref}/"),
            (agent, "/desk/"),
            (person, link),
            (person, f"{link}words.txt"),
            (person, "/feedback/mine/"),
        )
    }
    assert not [url for url, page in pages.items() if "qanary" in page.casefold()]
    assert all("Calls drop. My" in page for page in pages.values())
    assert pages[f"/desk/tickets/{ticket.ref}/"].count("left out: health") == 2
    assert pages[link].count("left out: health") == 2
    assert "My […] is back" in pages["/desk/"]
    assert "health" not in pages["/desk/"] + pages["/feedback/mine/"]


def test_the_history_says_by_whom_and_not_what(
    mia: Agreed, ada: User, write: Callable[..., Ticket], client_for: Callable[..., Client]
) -> None:
    ticket, client = write(mia, SAID), client_for(ada)

    _post(client, ticket, _words(ticket).pk)

    event = Event.objects.get(ticket=ticket, kind=Event.Kind.LEFT_OUT)
    assert (event.actor, event.before, event.after) == (ada, "", "")
    assert "Left out by hand" in client.get(f"/desk/tickets/{ticket.ref}/").content.decode()


def test_it_is_counted_apart(
    mia: Agreed, ada: User, write: Callable[..., Ticket], client_for: Callable[..., Client]
) -> None:
    ticket, client = write(mia, SAID), client_for(ada)

    _post(client, ticket, _words(ticket).pk)
    _post(client, ticket, _words(ticket).pk, "help")

    row = StripCount.objects.get()
    assert (row.category, row.channel, row.statements, row.released, row.by_hand) == ("health", "web", 0, 0, 2)


@pytest.mark.parametrize(("place", "column"), [("subject", "subject"), ("name", "sender_name")])
def test_a_line_reads_as_a_cut_does_in_lists(
    place: str, column: str, mia: Agreed, ada: User, write: Callable[..., Ticket], client_for: Callable[..., Client]
) -> None:
    ticket = write(mia, SAID, subject="My qanary call", name="Mia qanary", needs=("captions",))
    message = _words(ticket)

    response = _post(client_for(ada), ticket, place)

    ticket, kept = Ticket.objects.get(), _words(ticket)
    lines = _opened(ticket.subject, ticket.sender_name, ticket.needs, kept.text)
    expected = ["My qanary call", "Mia qanary", "captions", SAID]
    expected[0 if place == "subject" else 1] = "My […] call" if place == "subject" else "Mia […]"
    assert response.status_code == 302
    assert lines == expected
    assert _opened(message.text, message.marks) == [None, None]


@pytest.mark.parametrize("kind", ["answer", "note"])
def test_staffs_words_that_quote_it_are_cut_too(
    kind: str, mia: Agreed, ada: User, agent: Actor, write: Callable[..., Ticket], client_for: Callable[..., Client]
) -> None:
    ticket, client = write(mia, SAID), client_for(ada)
    {"answer": answer, "note": note}[kind](ticket, "Sorry about the qanary.", idempotency_key="a", actor=agent)

    _post(client, ticket, _words(ticket, kind).pk)

    assert _opened(_words(ticket, kind).text, _words(ticket).text) == ["Sorry about the .", SAID]
    assert "left out: health" in client.get(f"/desk/tickets/{ticket.ref}/").content.decode()


def test_what_was_sealed_before_opens_no_more_and_the_rest_stays(
    mia: Agreed, ada: User, write: Callable[..., Ticket], client_for: Callable[..., Client]
) -> None:
    ticket = write(mia, SAID, subject="Calls", name="Mia", needs=("captions",), **VERIFIED)
    message, mail = _words(ticket), OutgoingMail.objects.get()
    old = [ticket.subject, ticket.sender_name, ticket.opening, ticket.needs, message.text, mail.letter]
    assert None not in _opened(*old)

    _post(client_for(ada), ticket, message.pk)

    ticket = Ticket.objects.get()
    assert _opened(*old) == [None] * 6
    assert not Key.objects.filter(pk=message.text.sealed.key_id).exists()
    assert _opened(ticket.subject, ticket.sender_name, ticket.needs) == ["Calls", "Mia", "captions"]
    assert not SpentKey.objects.exists()


@pytest.mark.parametrize("state", ["due", "sending", "failed"])
def test_mail_that_has_not_left_leaves_without_it(
    state: str,
    mia: Agreed,
    ada: User,
    agent: Actor,
    write: Callable[..., Ticket],
    client_for: Callable[..., Client],
    mailoutbox: list[Any],
) -> None:
    ticket = write(mia, SAID, **VERIFIED)
    deliver_due()
    answer(ticket, "Sorry about the qanary, restart.", idempotency_key="a", actor=agent)
    OutgoingMail.objects.filter(kind="answer").update(state=state, lease=1, leased_until=clock.now())
    before = OutgoingMail.objects.get(kind="answer")

    _post(client_for(ada), ticket, _words(ticket, "answer").pk)

    mail = OutgoingMail.objects.get(kind="answer")
    assert (mail.state, mail.message_id) == ("failed" if state == "failed" else "due", before.message_id)
    assert "Sorry about the [\\u2026], restart." in _letters(ticket)
    assert _opened(before.letter) == [None]
    client_for(ada).post(f"/desk/tickets/{ticket.ref}/mail/")
    deliver_due()
    sent = mailoutbox[-1]
    assert len(mailoutbox) == 2
    assert "Sorry about the […], restart." in sent.body
    assert "qanary" not in f"{sent.subject} {sent.body} {sent.alternatives}"


def test_mail_of_other_words_is_left_alone(
    mia: Agreed, ada: User, agent: Actor, write: Callable[..., Ticket], client_for: Callable[..., Client]
) -> None:
    ticket = write(mia, SAID, **VERIFIED)
    answer(ticket, "Please restart.", idempotency_key="a", actor=agent)
    before = bytes(OutgoingMail.objects.get(kind="answer").letter.sealed)

    _post(client_for(ada), ticket, _words(ticket).pk)

    assert bytes(OutgoingMail.objects.get(kind="answer").letter.sealed) == before
    assert "Thank you, it has arrived" in _letters(ticket)


def test_mail_to_an_address_that_is_gone_is_cancelled(mia: Agreed, agent: Actor, write: Callable[..., Ticket]) -> None:
    ticket = write(mia, SAID, **VERIFIED)
    OutgoingMail.objects.update(address=None)

    actions.leave_out(ticket, Passage(str(_words(ticket).pk), "qanary", Category.HEALTH), actor=agent)

    mail = OutgoingMail.objects.get()
    assert (mail.state, mail.letter) == ("cancelled", None)


@pytest.mark.parametrize(
    ("words", "category"), [("heron", "health"), ("", "health"), ("qanary", ""), ("qanary", "weather")]
)
def test_words_that_do_not_stand_there_come_back_with_a_clear_word(
    words: str, category: str, mia: Agreed, ada: User, write: Callable[..., Ticket], client_for: Callable[..., Client]
) -> None:
    ticket = write(mia, SAID)
    place = _words(ticket).pk
    sealed = bytes(_words(ticket).text.sealed)

    response = _post(client_for(ada), ticket, place, words, category=category, drawn_with=_key(ticket))

    page = response.content.decode()
    assert response.status_code == 400
    assert ('role="alert"' in page, "Nothing typed is lost." in page) == (True, True)
    assert ("do not stand there" if words == "heron" else "Type the exact words") in page
    assert f'id="e_words_{place}"' in page
    assert f">{words}</textarea>" in page
    assert (f'value="{category}" selected' in page) is (category == "health")
    assert bytes(_words(ticket).text.sealed) == sealed
    assert not Event.objects.filter(kind=Event.Kind.LEFT_OUT).exists()


@pytest.mark.parametrize("place", ["subject", "name", "0", "9" * 40, "²", "opening", "text"])
def test_a_place_that_is_not_there_is_not_found(
    place: str, mia: Agreed, ada: User, write: Callable[..., Ticket], client_for: Callable[..., Client]
) -> None:
    assert _post(client_for(ada), write(mia, SAID), place).status_code == 404


def test_a_message_of_another_ticket_is_not_there(
    mia: Agreed, noor: Agreed, ada: User, write: Callable[..., Ticket], client_for: Callable[..., Client]
) -> None:
    other = write(noor, SAID)

    assert _post(client_for(ada), write(mia, SAID), _words(other).pk).status_code == 404
    assert _opened(_words(other).text) == [SAID]


def test_the_same_press_twice_leaves_out_once(
    mia: Agreed, ada: User, write: Callable[..., Ticket], client_for: Callable[..., Client]
) -> None:
    ticket, client = write(mia, SAID), client_for(ada)
    drawn = {"drawn_with": _key(ticket)}

    first, second = (_post(client, ticket, _words(ticket).pk, **drawn) for _ in range(2))

    assert first.status_code == second.status_code == 302
    assert Event.objects.filter(kind=Event.Kind.LEFT_OUT).count() == 1
    assert StripCount.objects.get().by_hand == 1


def test_two_agents_at_once_leave_out_both_passages(
    mia: Agreed, ada: User, grace: User, write: Callable[..., Ticket], client_for: Callable[..., Client]
) -> None:
    ticket, drawn = write(mia, SAID), {}
    place, drawn["drawn_with"] = _words(ticket).pk, _key(ticket)

    first = _post(client_for(ada), ticket, place, "My qanary is back", **drawn)
    second = _post(client_for(grace), ticket, place, "the Qanary hurts", **drawn)

    assert first.status_code == second.status_code == 302
    assert _opened(_words(ticket).text) == ["Calls drop. , and . Please help."]


def test_an_agent_with_an_old_copy_of_the_ticket_brings_nothing_back(
    mia: Agreed, agent: Actor, write: Callable[..., Ticket]
) -> None:
    one = write(mia, SAID, subject="My qanary")
    two = Ticket.objects.select_related("address").get(pk=one.pk)
    place = str(_words(one).pk)

    actions.leave_out(one, Passage(place, "qanary", Category.HEALTH), actor=agent)
    actions.leave_out(two, Passage("subject", "qanary", Category.HEALTH), actor=agent)
    answer(two, "Restart.", idempotency_key="a", actor=agent)

    fresh = Ticket.objects.get()
    opened = _opened(fresh.subject, fresh.opening, _words(fresh).text)
    assert opened[0] == "My […]"
    assert "qanary" not in " ".join(filter(None, opened)).casefold()
    assert Key.objects.filter(pk=_words(fresh).text.sealed.key_id).exists()


def test_killed_before_the_rows_are_written_all_is_as_it_was(
    mia: Agreed, agent: Actor, write: Callable[..., Ticket], monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket = write(mia, SAID, **VERIFIED)
    monkeypatch.setattr("feedback.tickets.actions.record_event", _killed)

    with pytest.raises(KeyboardInterrupt):
        actions.leave_out(ticket, Passage(str(_words(ticket).pk), "qanary", Category.HEALTH), actor=agent)

    assert _opened(_words(ticket).text) == [SAID]
    assert not SpentKey.objects.exists()
    with clock.set_to(clock.now() + timedelta(hours=25)):
        sweep_strays()
    assert _opened(_words(ticket).text) == [SAID]


@pytest.mark.parametrize("again", ["the sweep", "the next press"])
def test_killed_before_the_old_key_is_destroyed_it_is_destroyed_next(
    again: str, mia: Agreed, agent: Actor, write: Callable[..., Ticket], monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket = write(mia, SAID)
    old, passage = _words(ticket), Passage(str(_words(ticket).pk), "qanary", Category.HEALTH, _key(ticket))
    with monkeypatch.context() as patched:
        patched.setattr("feedback.tickets.keys.destroy_keys", _killed)
        with pytest.raises(KeyboardInterrupt):
            actions.leave_out(ticket, passage, actor=agent)
    assert _opened(old.text) == [SAID]

    if again == "the sweep":
        sweep()
    else:
        actions.leave_out(ticket, passage, actor=agent)

    assert _opened(old.text) == [None]
    assert "qanary" not in (_opened(_words(ticket).text)[0] or "qanary").casefold()
    assert not SpentKey.objects.exists()


def test_erasing_by_a_page_drawn_before_destroys_the_new_keys(
    mia: Agreed, agent: Actor, write: Callable[..., Ticket]
) -> None:
    ticket = write(mia, SAID, subject="My qanary", needs=("captions",))
    drawn = Ticket.objects.get(pk=ticket.pk)
    actions.leave_out(ticket, Passage("subject", "qanary", Category.HEALTH), actor=agent)
    kept = Ticket.objects.get()

    erase_ticket(drawn, actor=SYSTEM)

    assert _opened(kept.subject, kept.opening, kept.needs) == [None] * 3


def test_nothing_is_left_out_of_what_was_erased(mia: Agreed, agent: Actor, write: Callable[..., Ticket]) -> None:
    ticket = write(mia, SAID)
    place = str(_words(ticket).pk)
    erase_ticket(Ticket.objects.get(), actor=SYSTEM)

    with pytest.raises(TicketGone):
        actions.leave_out(ticket, Passage(place, "qanary", Category.HEALTH), actor=agent)


def test_words_that_never_stood_there_are_refused_whatever_the_page_knew(
    mia: Agreed, agent: Actor, write: Callable[..., Ticket]
) -> None:
    ticket = write(mia, SAID)

    for drawn_with in (None, _key(ticket)):
        with pytest.raises(NotInWords):
            actions.leave_out(
                ticket, Passage(str(_words(ticket).pk), "heron", Category.HEALTH, drawn_with), actor=agent
            )


def test_a_later_message_leaves_the_line_of_the_queue_as_it_is(
    mia: Agreed, agent: Actor, write: Callable[..., Ticket]
) -> None:
    ticket = write(mia, "Calls drop.")
    reply(ticket, Reply("My qanary is back.", "r"), actor=person_actor(mia.person.pk))

    actions.leave_out(ticket, Passage(str(_words(ticket).pk), "qanary", Category.HEALTH), actor=agent)

    assert _opened(Ticket.objects.get().opening, _words(ticket).text) == ["Calls drop.", "My  is back."]


def test_a_page_that_looks_on_learns_of_it(
    mia: Agreed, ada: User, grace: User, write: Callable[..., Ticket], client_for: Callable[..., Client]
) -> None:
    ticket, since = write(mia, SAID), clock.now().timestamp()
    looking = client_for(grace)
    url = f"/desk/changes/?ref={ticket.ref}&since={since}"
    assert looking.get(url).status_code == 204

    _post(client_for(ada), ticket, _words(ticket).pk)

    assert looking.get(url).status_code == 200


def _key(ticket: Ticket) -> int:
    return int(_words(ticket).text.sealed.key_id)


def _killed(*_args: object, **_kwargs: object) -> None:
    raise KeyboardInterrupt
