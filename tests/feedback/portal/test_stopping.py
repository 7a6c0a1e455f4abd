from collections.abc import Callable

from django.test import Client

from consent.ledger.actions import Agreed
from feedback.intake.actions import Submission, submit_feedback
from feedback.outbox.models import OutgoingMail
from feedback.tickets.models import Ticket
from feedback.tickets.queries import counts_for
from imsupport.accounts.models import User


def _ticket(mia: Agreed) -> Ticket:
    submission = Submission(
        message="Calls drop.", idempotency_key="k", email="mia@example.org", is_address_verified=True
    )
    return submit_feedback(submission, person_id=mia.person.pk, policy_version=1).ticket


def test_stopping_everything_takes_one_press_and_hides_the_ticket(
    mia: Agreed, ada: User, client_for: Callable[..., Client]
) -> None:
    ticket = _ticket(mia)
    assert counts_for(ada.pk)["open"] == 1

    client_for(mia).post("/consent/withdraw/everything/")

    assert client_for(ada).get(f"/desk/tickets/{ticket.ref}/").status_code == 404
    assert ticket.ref not in client_for(ada).get("/desk/").content.decode()
    assert counts_for(ada.pk)["open"] == 0
    assert OutgoingMail.objects.get().state == OutgoingMail.State.CANCELLED


def test_stopping_mail_leaves_the_ticket(mia: Agreed, ada: User, client_for: Callable[..., Client]) -> None:
    ticket = _ticket(mia)

    client_for(mia).post("/consent/withdraw/mail/")

    assert OutgoingMail.objects.get().state == OutgoingMail.State.CANCELLED
    assert client_for(ada).get(f"/desk/tickets/{ticket.ref}/").status_code == 200


def test_looking_at_the_page_stops_nothing(mia: Agreed, client_for: Callable[..., Client]) -> None:
    _ticket(mia)

    response = client_for(mia).get("/consent/withdraw/")

    assert "Answer it first" in response.content.decode()
    assert OutgoingMail.objects.get().state == OutgoingMail.State.DUE


def test_answer_first_keeps_the_ticket_until_then(mia: Agreed, client_for: Callable[..., Client]) -> None:
    ticket = _ticket(mia)

    client_for(mia).post("/consent/withdraw/after-answer/")

    ticket.refresh_from_db()
    assert ticket.stops_when_answered
