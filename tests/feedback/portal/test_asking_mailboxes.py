from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from consent.ledger.actions import Agreed
from consent.people.actions import verify_identifier
from consent.people.models import Identifier
from feedback.outbox.models import OutgoingMail
from feedback.retention.actions import drop_unconfirmed_addresses
from imsupport import clock

WORDS = {"message": "The ring tone is too loud.", "email": "amal@example.org"}


def _sent(client: Client, key: str) -> str:
    return client.post("/feedback/", {**WORDS, "idempotency_key": key}, follow=True).content.decode()


def test_a_mailbox_is_asked_once_a_day_and_no_code_is_promised_that_is_not_sent(
    mia: Agreed, noor: Agreed, client_for: Callable[..., Client]
) -> None:
    first, second = _sent(client_for(mia), "a"), _sent(client_for(noor), "b")

    assert OutgoingMail.objects.count() == 1
    assert "type the code we sent" in first
    assert "the code we sent" not in second
    assert "Code of six digits" not in second
    assert "one such mail a day" in second
    assert "Wrong address?" in second


def test_the_next_day_the_same_mailbox_is_asked_for_the_other_person(
    mia: Agreed, noor: Agreed, client_for: Callable[..., Client]
) -> None:
    _sent(client_for(mia), "a")
    _sent(client_for(noor), "b")

    with clock.set_to(clock.now() + timedelta(hours=25)):
        assert "type the code we sent" in _sent(client_for(noor), "c")

    assert OutgoingMail.objects.count() == 2


def test_an_address_that_was_never_asked_is_dropped_after_seven_days_all_the_same(
    mia: Agreed, noor: Agreed, client_for: Callable[..., Client]
) -> None:
    _sent(client_for(mia), "a")
    _sent(client_for(noor), "b")

    with clock.set_to(clock.now() + timedelta(days=8)):
        drop_unconfirmed_addresses()

    assert not Identifier.objects.filter(kind="email").exists()


def _state(state: str) -> None:
    OutgoingMail.objects.update(state=state)


def test_after_stopping_e_mails_the_page_promises_none_and_none_is_written(
    mia: Agreed, noor: Agreed, client_for: Callable[..., Client]
) -> None:
    client = client_for(mia)
    client.post("/consent/withdraw/mail/")

    page = _sent(client, "a")

    assert "you stopped e-mails" in page
    assert "Code of six digits" not in page
    assert not OutgoingMail.objects.exists()
    assert "type the code we sent" in _sent(client_for(noor), "b")


def test_after_stopping_e_mails_a_confirmed_address_is_promised_none_either(
    mia: Agreed, client_for: Callable[..., Client]
) -> None:
    client = client_for(mia)
    _sent(client, "a")
    verify_identifier(Identifier.objects.get(kind="email"), opens_words=True)
    assert "and by e-mail to a•••@example.org" in _sent(client, "b")
    client.post("/consent/withdraw/mail/")

    page = _sent(client, "c")

    assert "you stopped e-mails" in page
    assert "and by e-mail to" not in page


@pytest.mark.parametrize("state", ["due", "sending", "sent"])
def test_a_second_message_of_a_day_is_told_of_the_code_of_the_first(
    state: str, mia: Agreed, client_for: Callable[..., Client]
) -> None:
    client = client_for(mia)
    _sent(client, "a")
    _state(state)

    assert "type the code we sent" in _sent(client, "b")
    assert OutgoingMail.objects.count() == 1


@pytest.mark.parametrize(
    ("state", "said"), [("cancelled", "one such mail a day"), ("failed", "could not be delivered")]
)
def test_a_mail_that_did_not_leave_is_not_promised(
    state: str, said: str, mia: Agreed, client_for: Callable[..., Client]
) -> None:
    client = client_for(mia)
    _sent(client, "a")
    _state(state)

    page = _sent(client, "b")

    assert said in page
    assert "Code of six digits" not in page
