"""What nobody can see is no message; what is left of one that was mostly private is kept, and its page says so."""

from collections.abc import Callable

import pytest
from django.test import Client

from consent.ledger.actions import Agreed
from feedback.intake.actions import Submission, submit_feedback
from feedback.tickets.models import Message, Ticket
from feedback.tickets.references import token_for
from imsupport.accounts.models import User

UNSEEN = "\u200b\u2060\u202e \ufeff"
LITTLE = "so little is left for us to work with"


@pytest.fixture
def ticket(mia: Agreed) -> Ticket:
    given = Submission(message="The heron button stays grey.", idempotency_key="k")
    return submit_feedback(given, person_id=mia.person.pk, policy_version=1).ticket


def test_a_message_nobody_can_see_is_asked_for_again(mia: Agreed, client_for: Callable[..., Client]) -> None:
    response = client_for(mia).post("/feedback/", {"message": UNSEEN, "idempotency_key": "k"})

    assert response.status_code == 400
    assert "One sentence is enough." in response.content.decode()
    assert not Ticket.objects.exists()


def test_a_reply_nobody_can_see_is_asked_for_again(ticket: Ticket, client: Client) -> None:
    url = f"/feedback/{token_for(ticket.pk, ticket.token_generation)}/reply/"

    response = client.post(url, {"message": UNSEEN, "idempotency_key": "r"})

    assert response.status_code == 400
    assert "Write one sentence" in response.content.decode()
    assert Message.objects.count() == 1


@pytest.mark.parametrize("kind", ["answer", "note"])
def test_neither_does_staff_say_nothing(
    kind: str, ticket: Ticket, ada: User, client_for: Callable[..., Client]
) -> None:
    given = {"words": UNSEEN, "idempotency_key": "a"}

    assert client_for(ada).post(f"/desk/tickets/{ticket.ref}/{kind}/", given).status_code == 400
    assert Message.objects.count() == 1


@pytest.mark.parametrize(
    ("message", "is_little"),
    [("I have diabetes.", True), ("I have diabetes. The ring tone is too loud.", False), ("Louder.", False)],
)
def test_the_page_after_sending_says_when_little_is_left(
    message: str, is_little: bool, mia: Agreed, client_for: Callable[..., Client]
) -> None:
    page = client_for(mia).post("/feedback/", {"message": message, "idempotency_key": "k"}, follow=True)

    assert Ticket.objects.count() == 1
    assert (LITTLE in page.content.decode()) is is_little
