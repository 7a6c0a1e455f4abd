from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from consent.access.actors import Actor, person_actor
from consent.ledger.actions import Agreed
from consent.sealing.models import Key
from feedback.desk import actions
from feedback.desk.actions import answer, note
from feedback.outbox.delivery import deliver_due
from feedback.outbox.models import OutgoingMail
from feedback.portal.actions import Reply, reply
from feedback.stripping import Category, NotInWords
from feedback.tickets.leaving_out import Passage
from feedback.tickets.models import Event, Message, SpentKey, StripCount, Ticket
from feedback.tickets.references import token_for
from imsupport import clock
from imsupport.accounts.models import User
from tests.feedback.desk.leaving import SAID, VERIFIED, key_of, opened, post, words_of


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

    response = post(client, ticket, words_of(ticket).pk)

    assert response.status_code == status
    assert Message.objects.filter(kind=Message.Kind.NOTE).exists() is (who == "ada")


def test_a_passage_goes_from_every_page_at_once(
    mia: Agreed, ada: User, write: Callable[..., Ticket], client_for: Callable[..., Client]
) -> None:
    ticket, agent, person = write(mia, SAID), client_for(ada), client_for(mia)
    link = f"/feedback/{token_for(ticket.pk, ticket.token_generation)}/"

    post(agent, ticket, words_of(ticket).pk)

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


def test_a_note_says_by_whom_and_nothing_in_the_clear_says_it(
    mia: Agreed, ada: User, write: Callable[..., Ticket], client_for: Callable[..., Client]
) -> None:
    ticket, client = write(mia, SAID), client_for(ada)

    post(client, ticket, words_of(ticket).pk)

    note = Message.objects.get(ticket=ticket, kind=Message.Kind.NOTE)
    assert note.author == ada
    assert opened(note.text) == ["Something was left out here by hand."]
    assert "Something was left out here by hand." in client.get(f"/desk/tickets/{ticket.ref}/").content.decode()
    assert set(Event.objects.filter(ticket=ticket).values_list("kind", "before", "after")) <= {
        ("noted", "", ""),
        ("read", "", ""),
    }


def test_it_is_counted_apart(
    mia: Agreed, ada: User, write: Callable[..., Ticket], client_for: Callable[..., Client]
) -> None:
    ticket, client = write(mia, SAID), client_for(ada)

    post(client, ticket, words_of(ticket).pk)
    post(client, ticket, words_of(ticket).pk, "help")

    row = StripCount.objects.get(language="")
    assert (row.category, row.channel, row.statements, row.released, row.by_hand) == ("health", "web", 0, 0, 2)


@pytest.mark.parametrize(("place", "column"), [("subject", "subject"), ("name", "sender_name")])
def test_a_line_reads_as_a_cut_does_in_lists(
    place: str, column: str, mia: Agreed, ada: User, write: Callable[..., Ticket], client_for: Callable[..., Client]
) -> None:
    ticket = write(mia, SAID, subject="My qanary call", name="Mia qanary", needs=("captions",))
    message = words_of(ticket)

    response = post(client_for(ada), ticket, place)

    ticket, kept = Ticket.objects.get(), words_of(ticket)
    lines = opened(ticket.subject, ticket.sender_name, ticket.needs, kept.text)
    expected = ["My qanary call", "Mia qanary", "captions", SAID]
    expected[0 if place == "subject" else 1] = "My […] call" if place == "subject" else "Mia […]"
    assert response.status_code == 302
    assert lines == expected
    assert opened(message.text, message.marks) == [None, None]


@pytest.mark.parametrize("kind", ["answer", "note"])
def test_staffs_words_that_quote_it_are_cut_too(
    kind: str, mia: Agreed, ada: User, agent: Actor, write: Callable[..., Ticket], client_for: Callable[..., Client]
) -> None:
    ticket, client = write(mia, SAID), client_for(ada)
    {"answer": answer, "note": note}[kind](ticket, "Sorry about the qanary.", idempotency_key="a", actor=agent)

    staffs = words_of(ticket, kind)

    post(client, ticket, staffs.pk)

    staffs.refresh_from_db()
    assert opened(staffs.text, words_of(ticket).text) == ["Sorry about the .", SAID]
    assert "left out: health" in client.get(f"/desk/tickets/{ticket.ref}/").content.decode()


def test_what_was_sealed_before_opens_no_more_and_the_rest_stays(
    mia: Agreed, ada: User, write: Callable[..., Ticket], client_for: Callable[..., Client]
) -> None:
    ticket = write(mia, SAID, subject="Calls", name="Mia", needs=("captions",), **VERIFIED)
    message, mail = words_of(ticket), OutgoingMail.objects.get()
    old = [ticket.subject, ticket.sender_name, ticket.opening, ticket.needs, message.text, mail.letter]
    assert None not in opened(*old)

    post(client_for(ada), ticket, message.pk)

    ticket = Ticket.objects.get()
    assert opened(*old) == [None] * 6
    assert not Key.objects.filter(pk=message.text.sealed.key_id).exists()
    assert opened(ticket.subject, ticket.sender_name, ticket.needs) == ["Calls", "Mia", "captions"]
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

    post(client_for(ada), ticket, words_of(ticket, "answer").pk)

    mail = OutgoingMail.objects.get(kind="answer")
    assert (mail.state, mail.message_id) == ("failed" if state == "failed" else "due", before.message_id)
    assert "Sorry about the [\\u2026], restart." in _letters(ticket)
    assert opened(before.letter) == [None]
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

    post(client_for(ada), ticket, words_of(ticket).pk)

    assert bytes(OutgoingMail.objects.get(kind="answer").letter.sealed) == before
    assert "Thank you, it has arrived" in _letters(ticket)


def test_mail_to_an_address_that_is_gone_is_cancelled(mia: Agreed, agent: Actor, write: Callable[..., Ticket]) -> None:
    ticket = write(mia, SAID, **VERIFIED)
    OutgoingMail.objects.update(address=None)

    actions.leave_out(ticket, Passage(str(words_of(ticket).pk), "qanary", Category.HEALTH), actor=agent)

    mail = OutgoingMail.objects.get()
    assert (mail.state, mail.letter) == ("cancelled", None)


@pytest.mark.parametrize(
    ("words", "category"), [("heron", "health"), ("", "health"), ("qanary", ""), ("qanary", "weather")]
)
def test_words_that_do_not_stand_there_come_back_with_a_clear_word(
    words: str, category: str, mia: Agreed, ada: User, write: Callable[..., Ticket], client_for: Callable[..., Client]
) -> None:
    ticket = write(mia, SAID)
    place = words_of(ticket).pk
    sealed = bytes(words_of(ticket).text.sealed)

    response = post(client_for(ada), ticket, place, words, category=category, drawn_with=key_of(ticket))

    page = response.content.decode()
    assert response.status_code == 400
    assert ('role="alert"' in page, "Nothing typed is lost." in page) == (True, True)
    assert ("do not stand there" if words == "heron" else "Type the exact words") in page
    assert f'id="e_words_{place}"' in page
    assert f">{words}</textarea>" in page
    assert (f'value="{category}" selected' in page) is (category == "health")
    assert bytes(words_of(ticket).text.sealed) == sealed
    assert not Message.objects.filter(kind=Message.Kind.NOTE).exists()


@pytest.mark.parametrize("place", ["subject", "name", "0", "9" * 40, "²", "opening", "text"])
def test_a_place_that_is_not_there_is_not_found(
    place: str, mia: Agreed, ada: User, write: Callable[..., Ticket], client_for: Callable[..., Client]
) -> None:
    assert post(client_for(ada), write(mia, SAID), place).status_code == 404


def test_a_message_of_another_ticket_is_not_there(
    mia: Agreed, noor: Agreed, ada: User, write: Callable[..., Ticket], client_for: Callable[..., Client]
) -> None:
    other = write(noor, SAID)

    assert post(client_for(ada), write(mia, SAID), words_of(other).pk).status_code == 404
    assert opened(words_of(other).text) == [SAID]


def test_words_that_never_stood_there_are_refused_whatever_the_page_knew(
    mia: Agreed, agent: Actor, write: Callable[..., Ticket]
) -> None:
    ticket = write(mia, SAID)

    for drawn_with in (None, key_of(ticket)):
        with pytest.raises(NotInWords):
            actions.leave_out(
                ticket, Passage(str(words_of(ticket).pk), "heron", Category.HEALTH, drawn_with), actor=agent
            )


def test_a_later_message_leaves_the_line_of_the_queue_as_it_is(
    mia: Agreed, agent: Actor, write: Callable[..., Ticket]
) -> None:
    ticket = write(mia, "Calls drop.")
    reply(ticket, Reply("My qanary is back.", "r"), actor=person_actor(mia.person.pk))

    actions.leave_out(ticket, Passage(str(words_of(ticket).pk), "qanary", Category.HEALTH), actor=agent)

    assert opened(Ticket.objects.get().opening, words_of(ticket).text) == ["Calls drop.", "My  is back."]


def test_a_page_that_looks_on_learns_of_it(
    mia: Agreed, ada: User, grace: User, write: Callable[..., Ticket], client_for: Callable[..., Client]
) -> None:
    ticket, since = write(mia, SAID), clock.now().timestamp()
    looking = client_for(grace)
    url = f"/desk/changes/?ref={ticket.ref}&since={since}"
    assert looking.get(url).status_code == 204

    post(client_for(ada), ticket, words_of(ticket).pk)

    assert looking.get(url).status_code == 200


def _letters(ticket: Ticket) -> str:
    mails = OutgoingMail.objects.filter(ticket_id=ticket.pk, letter__isnull=False)
    return " ".join(filter(None, opened(*(mail.letter for mail in mails))))


def test_the_page_promises_no_more_than_is_done(
    mia: Agreed, ada: User, write: Callable[..., Ticket], client_for: Callable[..., Client]
) -> None:
    ticket, client = write(mia, SAID, subject="My qanary call"), client_for(ada)

    page = client.get(f"/desk/tickets/{ticket.ref}/").content.decode()
    post(client, ticket, words_of(ticket).pk)

    assert "They go from this message" in page
    assert "Other messages, lines and files stay as they are." in page
    assert "They go from this line" in page
    assert opened(Ticket.objects.get().subject) == ["My qanary call"]
    assert "qanary" not in str(opened(words_of(ticket).text)).casefold()
