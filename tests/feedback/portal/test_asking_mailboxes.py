from collections.abc import Callable
from datetime import timedelta

from django.test import Client

from consent.ledger.actions import Agreed
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
