from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from consent.access.actors import Actor, ActorKind
from consent.ledger.actions import Agreed
from consent.people.actions import verify_identifier
from consent.people.confirmation import TRIES, link_token_for
from feedback.desk.actions import answer
from feedback.tickets.actions import set_state
from feedback.tickets.models import Attachment, Event, Message, Ticket
from feedback.tickets.references import token_for
from imsupport.accounts.models import User

WORDS = {"message": "I have diabetes. The ring tone is too loud.", "idempotency_key": "k1"}
REPLY = {"message": "It happens on wifi too.", "idempotency_key": "r1"}


@pytest.fixture
def ticket(mia: Agreed, client_for: Callable[..., Client]) -> Ticket:
    client_for(mia).post("/feedback/", {**WORDS, "email": "mia@example.org"})
    found: Ticket = Ticket.objects.get()
    return found


@pytest.fixture
def url(ticket: Ticket) -> str:
    return f"/feedback/{token_for(ticket.pk, ticket.token_generation)}/"


@pytest.fixture
def mailed(ticket: Ticket) -> str:
    assert ticket.address
    return f"/feedback/address/{link_token_for(ticket.address.pk)}/"


@pytest.fixture
def agent(ada: User) -> Actor:
    return Actor(ActorKind.AGENT, ada.pk)


def test_a_reply_with_a_file_opens_the_ticket_again(ticket: Ticket, url: str, agent: Actor, client: Client) -> None:
    set_state(ticket, Ticket.State.SOLVED, actor=agent)
    log = SimpleUploadedFile("call.log", b"I have diabetes.\ncall ended\n")

    response = client.post(f"{url}reply/", {**REPLY, "attachments": [log]})

    ticket.refresh_from_db()
    assert response.status_code == 302
    assert ticket.state == Ticket.State.OPEN
    kept = Attachment.objects.get()
    assert kept.message.kind == Message.Kind.PERSON
    assert kept.collected_at == kept.message.collected_at
    assert client.get(f"{url}files/{kept.pk}/").content.count(b"diabetes") == 0


def test_the_same_reply_twice_is_one(ticket: Ticket, url: str, client: Client) -> None:
    client.post(f"{url}reply/", REPLY)
    client.post(f"{url}reply/", REPLY)

    assert ticket.messages.count() == 2
    assert ticket.events.filter(kind=Event.Kind.REPLIED).count() == 1


def test_a_closed_ticket_takes_no_reply_and_hands_the_words_back(
    ticket: Ticket, url: str, agent: Actor, client: Client
) -> None:
    set_state(ticket, Ticket.State.CLOSED, actor=agent)

    response = client.post(f"{url}reply/", REPLY)

    assert response.status_code == 409
    assert REPLY["message"] in response.content.decode()
    assert ticket.messages.count() == 1


def test_a_reply_needs_the_agreement_to_the_version_in_effect(
    ticket: Ticket, url: str, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("feedback.portal.actions.current_version", lambda: 2)

    response = client.post(f"{url}reply/", REPLY)

    assert response.status_code == 403
    assert REPLY["message"] in response.content.decode()
    assert ticket.messages.count() == 1


@pytest.mark.parametrize("message", ["", "x" * 20_001])
def test_a_bad_reply_gets_a_clear_word(url: str, client: Client, message: str) -> None:
    response = client.post(f"{url}reply/", {**REPLY, "message": message})

    assert response.status_code == 400
    assert "at most 20,000" in response.content.decode()


def test_reading_an_answer_is_a_press_not_a_look(ticket: Ticket, url: str, agent: Actor, client: Client) -> None:
    answer(ticket, "Try again, please.", idempotency_key="a", actor=agent)

    client.get(url)
    ticket.refresh_from_db()
    assert ticket.unread_answers == 1
    client.post(f"{url}read/")

    ticket.refresh_from_db()
    assert ticket.unread_answers == 0


def test_own_words_can_be_taken_away_as_text(ticket: Ticket, url: str, client: Client) -> None:
    client.post(f"{url}reply/", REPLY)

    response = client.get(f"{url}words.txt")

    text = response.content.decode()
    assert response["Content-Disposition"] == f'attachment; filename="{ticket.ref}.txt"'
    assert "[private detail left out]" in text
    assert REPLY["message"] in text
    assert "diabetes" not in text


def test_a_link_of_a_person_who_stopped_everything_opens_nothing(
    mia: Agreed, url: str, client: Client, client_for: Callable[..., Client]
) -> None:
    client_for(mia).post("/consent/withdraw/everything/")

    assert {client.get(url).status_code, client.post(f"{url}reply/", REPLY).status_code} == {404}


def test_looking_at_a_mailed_link_changes_nothing(ticket: Ticket, mailed: str, client: Client) -> None:
    page = client.get(mailed).content.decode()

    assert "Yes, this is my address" in page
    assert ticket.ref not in page
    ticket.address.refresh_from_db()
    assert not ticket.address.is_verified
    assert client.get(f"{mailed[:-2]}x/").status_code == 404


def test_not_me_forgets_the_address(ticket: Ticket, mailed: str, client: Client) -> None:
    client.post(f"{mailed}disown/")

    ticket.refresh_from_db()
    assert ticket.address is None


def test_a_confirmed_mailbox_reads_answers_and_the_words_by_reference_only(
    ticket: Ticket, mailed: str, agent: Actor, client: Client
) -> None:
    answer(ticket, "Try again, please.", idempotency_key="a", actor=agent)
    client.post(f"{mailed}confirm/")

    page = client.get(mailed).content.decode()
    assert "Try again, please." in page
    assert "ring tone" not in page
    wrong = client.post(f"{mailed}open/", {"ref": "IM-0000000"})
    right = client.post(f"{mailed}open/", {"ref": ticket.ref.lower()}, follow=True)

    assert wrong["Location"].endswith("?ref=wrong")
    assert "ring tone" in right.content.decode()


def test_the_reference_has_five_tries(ticket: Ticket, mailed: str, client: Client) -> None:
    assert ticket.address
    verify_identifier(ticket.address, opens_words=False)
    for number in range(TRIES):
        client.post(f"{mailed}open/", {"ref": f"IM-000000{number}"})

    response = client.post(f"{mailed}open/", {"ref": ticket.ref})

    assert response["Location"].endswith("?ref=wrong")
