import smtplib
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from consent.access.actors import Actor
from consent.ledger.actions import Agreed
from feedback.desk.actions import answer
from feedback.outbox.models import OutgoingMail
from feedback.outbox.tasks import dispatch_due
from feedback.retention.tasks import sweep
from feedback.tickets.erasing import erase_ticket
from feedback.tickets.models import Ticket
from imsupport import clock
from imsupport.accounts.models import User
from tests.feedback.outbox import post_office


@pytest.fixture
def refusing(settings: Any) -> Iterator[None]:
    def refuse(_: Any) -> None:
        raise smtplib.SMTPDataError(554, b"no")

    settings.EMAIL_BACKEND = "tests.feedback.outbox.post_office.Backend"
    post_office.on_arrival = refuse
    yield
    post_office.taken.clear()
    post_office.on_arrival = None


@pytest.fixture
def failed(mia: Agreed, write: Callable[..., Ticket], agent: Actor, refusing: None) -> Ticket:
    ticket = write(mia, email="mia@people.test", is_address_verified=True)
    answer(ticket, "Please update to 4.2.", idempotency_key="one", actor=agent)
    OutgoingMail.objects.exclude(kind="answer").delete()
    dispatch_due()
    return ticket


def _events(ticket: Ticket) -> list[tuple[str, str]]:
    return list(ticket.events.filter(kind__startswith="mail").order_by("id").values_list("kind", "after"))


def _page(client: Client, ticket: Ticket) -> str:
    return client.get(f"/desk/tickets/{ticket.ref}/").content.decode()


def test_a_failed_mail_is_told_once_in_the_history_and_shown(
    failed: Ticket, ada: User, client_for: Callable[..., Client]
) -> None:
    sweep()
    sweep()

    page = _page(client_for(ada), failed)
    assert _events(failed) == [("mail failed", "smtp 554")]
    assert "A mail did not arrive" in page
    assert "smtp 554" in page


def test_an_agent_sends_it_again_with_the_same_words_and_message_id(
    failed: Ticket, ada: User, client_for: Callable[..., Client]
) -> None:
    sweep()
    mail = OutgoingMail.objects.get()
    post_office.taken.clear()
    post_office.on_arrival = None

    response = client_for(ada).post(f"/desk/tickets/{failed.ref}/mail/")
    dispatch_due()

    assert response.status_code == 302
    assert post_office.message_ids() == [mail.message_id]
    assert "Please update to 4.2." in post_office.taken[0].body
    assert OutgoingMail.objects.get().state == "sent"
    assert _events(failed)[-1] == ("mail again", "")
    assert "A mail did not arrive" not in _page(client_for(ada), failed)


def test_a_mail_that_fails_again_is_told_again(failed: Ticket, ada: User, client_for: Callable[..., Client]) -> None:
    sweep()
    client_for(ada).post(f"/desk/tickets/{failed.ref}/mail/")
    dispatch_due()
    sweep()

    assert [kind for kind, _ in _events(failed)] == ["mail failed", "mail again", "mail failed"]


def test_looking_sends_nothing(failed: Ticket, ada: User, client_for: Callable[..., Client]) -> None:
    assert client_for(ada).get(f"/desk/tickets/{failed.ref}/mail/").status_code == 405
    assert OutgoingMail.objects.get().state == "failed"


def test_the_letter_is_kept_sealed_for_thirty_days_and_then_forgotten(
    failed: Ticket, ada: User, client_for: Callable[..., Client]
) -> None:
    with clock.set_to(clock.now() + timedelta(days=29)):
        sweep()
        assert OutgoingMail.objects.get().letter is not None
    with clock.set_to(clock.now() + timedelta(days=31)):
        sweep()

    assert OutgoingMail.objects.get().letter is None
    client_for(ada).post(f"/desk/tickets/{failed.ref}/mail/")
    assert OutgoingMail.objects.get().state == "failed"


def test_erasing_the_message_forgets_the_failed_letter_too(failed: Ticket, agent: Actor) -> None:
    erase_ticket(failed, actor=agent)

    mail = OutgoingMail.objects.get()
    assert (mail.state, mail.letter) == ("cancelled", None)
