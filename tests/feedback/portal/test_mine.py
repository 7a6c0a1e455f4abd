from collections.abc import Callable

import pytest
from django.test import Client

from consent.access.actors import Actor, ActorKind
from consent.ledger.actions import Agreed
from feedback.desk.actions import answer
from feedback.intake.actions import Submission, submit_feedback
from feedback.tickets.models import Ticket
from feedback.tickets.references import token_for
from imsupport.accounts.models import User

ANSWER = "Press the three dots, then Captions. " + "And so on. " * 40


@pytest.fixture
def agent(ada: User) -> Actor:
    return Actor(ActorKind.AGENT, ada.pk)


def _written(person: Agreed, message: str, key: str = "k") -> Ticket:
    return submit_feedback(Submission(message, key), person_id=person.person.pk, policy_version=1).ticket


def test_it_lists_what_was_written_with_the_first_words_of_the_answer(
    mia: Agreed, agent: Actor, client_for: Callable[..., Client]
) -> None:
    ticket = _written(mia, "I have diabetes. The ring tone is too loud.")
    answer(ticket, "An earlier answer.", idempotency_key="a", actor=agent)
    answer(ticket, ANSWER, idempotency_key="b", actor=agent)

    page = client_for(mia).get("/feedback/mine/").content.decode()

    assert "The ring tone is too loud." in page
    assert "diabetes" not in page
    assert "Press the three dots, then Captions." in page
    assert ANSWER.strip() not in page
    assert "2 new answers" in page


def test_a_message_without_an_answer_says_so_and_others_are_not_there(
    mia: Agreed, noor: Agreed, client_for: Callable[..., Client]
) -> None:
    _written(mia, "The ring tone is too loud.")
    _written(noor, "Calls drop in the lift.", "n")

    page = client_for(mia).get("/feedback/mine/").content.decode()

    assert "nobody has read it yet" in page
    assert "Calls drop" not in page


def test_what_waits_unread_stands_first(mia: Agreed, agent: Actor, client_for: Callable[..., Client]) -> None:
    old = _written(mia, "The older matter.", "a")
    answer(old, ANSWER, idempotency_key="a", actor=agent)
    _written(mia, "The newer matter.", "b")

    page = client_for(mia).get("/feedback/mine/").content.decode()

    assert page.index("The older matter.") < page.index("The newer matter.")


def test_forgetting_this_phone_says_first_what_it_means(mia: Agreed, client_for: Callable[..., Client]) -> None:
    client = client_for(mia)
    ticket = _written(mia, "The ring tone is too loud.")

    page = client.get("/feedback/forget/").content.decode()

    assert ticket.ref in page
    assert token_for(ticket.pk, ticket.token_generation) in page
    assert client.cookies["consent"].value == mia.signed_token


def test_a_forgotten_phone_has_no_cookie_and_the_link_still_opens(
    mia: Agreed, client_for: Callable[..., Client]
) -> None:
    client = client_for(mia)
    client.cookies["app"] = "told by the app"
    ticket = _written(mia, "The ring tone is too loud.")

    response = client.post("/feedback/forget/")

    assert "This phone is forgotten" in response.content.decode()
    assert {client.cookies[name].value for name in ("consent", "app")} == {""}
    assert client.get("/feedback/mine/").status_code == 302
    assert client.get(f"/feedback/{token_for(ticket.pk, ticket.token_generation)}/").status_code == 200


def test_a_phone_we_do_not_know_has_nothing_to_forget(client: Client) -> None:
    assert "does not know" in client.get("/feedback/forget/").content.decode()
