"""Nobody's mailbox is flooded through us: what was disowned or just asked stays quiet, its address being forgotten."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from consent.access.actors import SYSTEM
from consent.access.asking import may_ask
from consent.centre.agreement import notice_for
from consent.ledger.actions import Agreed, Shown
from consent.people.actions import keep_identifier
from consent.people.confirmation import link_token_for
from consent.people.models import Identifier, QuietMailbox
from feedback.outbox.delivery import deliver_due
from feedback.outbox.models import OutgoingMail
from feedback.portal.actions import stop_everything
from feedback.retention.tasks import sweep
from feedback.tickets.erasing import erase_person
from imsupport import clock

WORDS = {"message": "The ring tone is too loud.", "email": "amal@example.org"}
ClientFor = Callable[..., Client]


def _sent(client: Client, key: str, **fields: str) -> str:
    return client.post("/feedback/", {**WORDS, **fields, "idempotency_key": key}, follow=True).content.decode()


def _mails() -> int:
    return OutgoingMail.objects.filter(kind="ask_if_written").count()


def _not_me(client: Client) -> str:
    address = Identifier.objects.get(kind="email")
    return client.post(f"/feedback/address/{link_token_for(address.pk)}/disown/").content.decode()


def _wrong_address(client: Client, key: str, **fields: str) -> None:
    response = client.post("/feedback/", {**WORDS, **fields, "idempotency_key": key})
    client.post("/feedback/sent/wrong-address/?" + response["Location"].partition("?")[2])


def test_after_not_me_no_mail_goes_there_for_a_year_whoever_gives_the_address(
    mia: Agreed, noor: Agreed, client: Client, client_for: ClientFor
) -> None:
    _sent(client_for(mia), "a")
    assert "for a year" in _not_me(client)

    again = [_sent(client_for(mia), "b"), _sent(client_for(noor), "c", email=" Amal@EXAMPLE.org")]
    with clock.set_to(clock.now() + timedelta(days=364)):
        again.append(_sent(client_for(noor), "d"))

    assert _mails() == 1
    for page in again:
        assert "no mail goes to a•••@" in page.lower()
        assert "Code of six digits" not in page
    with clock.set_to(clock.now() + timedelta(days=367)):
        assert "type the code we sent" in _sent(client_for(noor), "e")


def test_what_is_kept_names_neither_the_person_nor_the_mailbox(
    mia: Agreed, client: Client, client_for: ClientFor
) -> None:
    _sent(client_for(mia), "a")
    _not_me(client)

    assert {field.name for field in QuietMailbox._meta.get_fields()} == {"lookup", "until"}
    assert not Identifier.objects.filter(kind="email").exists()


def test_a_wrong_address_given_again_and_again_gets_one_mail_a_day(mia: Agreed, client_for: ClientFor) -> None:
    client = client_for(mia)
    for key in "abc":
        _wrong_address(client, key)

    assert _mails() == 1
    assert "no mail goes to a•••@" in _sent(client, "d").lower()
    with clock.set_to(clock.now() + timedelta(days=2)):
        assert "type the code we sent" in _sent(client, "e")


def test_a_wrong_address_does_not_shorten_the_year(
    mia: Agreed, noor: Agreed, client: Client, client_for: ClientFor
) -> None:
    _sent(client_for(mia), "a")
    _not_me(client)
    _wrong_address(client_for(noor), "b")

    with clock.set_to(clock.now() + timedelta(days=100)):
        _sent(client_for(noor), "c")

    assert _mails() == 1


def test_a_person_who_is_erased_after_asking_leaves_the_mailbox_a_day(
    mia: Agreed, noor: Agreed, client_for: ClientFor
) -> None:
    _sent(client_for(mia), "a")
    erase_person(mia.person.pk, actor=SYSTEM)

    _sent(client_for(noor), "b")

    assert _mails() == 1
    with clock.set_to(clock.now() + timedelta(days=2)):
        _sent(client_for(noor), "c")
    assert _mails() == 2


def test_who_was_asked_longer_ago_and_is_erased_leaves_nothing(mia: Agreed, client_for: ClientFor) -> None:
    _sent(client_for(mia), "a")
    with clock.set_to(clock.now() + timedelta(days=2)):
        erase_person(mia.person.pk, actor=SYSTEM)

    assert not QuietMailbox.objects.exists()


def test_stopping_everything_and_agreeing_again_asks_no_mailbox_twice(
    mia: Agreed, shown: Shown, client_for: ClientFor
) -> None:
    client = client_for(mia)
    _sent(client, "a")
    stop_everything(mia.person.pk, shown)
    client.post("/consent/", {"decision": "agree", "evidence": notice_for("en").evidence})

    _sent(client, "b")

    assert Identifier.objects.filter(kind="email").count() == 1
    assert _mails() == 1


def test_mail_that_waits_for_a_mailbox_that_became_quiet_does_not_leave(
    mia: Agreed, noor: Agreed, client: Client, client_for: ClientFor
) -> None:
    _sent(client_for(mia), "a")
    address = Identifier.objects.get(kind="email")
    with clock.set_to(clock.now() + timedelta(days=2)):
        _sent(client_for(noor), "b")
        client.post(f"/feedback/address/{link_token_for(address.pk)}/disown/")
        deliver_due()

    assert list(OutgoingMail.objects.filter(person_id=noor.person.pk).values_list("state", "failure")) == [
        ("cancelled", "mailbox quiet")
    ]


@pytest.mark.parametrize("known", [False, True])
def test_who_proves_that_the_mailbox_is_theirs_is_written_to(
    known: bool, mia: Agreed, noor: Agreed, client: Client, client_for: ClientFor
) -> None:
    _sent(client_for(mia), "a")
    _not_me(client)
    if known:
        _sent(client_for(noor), "b")

    keep_identifier(
        person_id=noor.person.pk,
        kind=Identifier.Kind.EMAIL,
        value=WORDS["email"],
        policy_version=1,
        verified_at=clock.now(),
        opens_words=True,
    )

    assert not QuietMailbox.objects.exists()
    _sent(client_for(mia), "c")
    assert _mails() == 2


def test_the_clock_forgets_quiet_mailboxes_when_their_time_is_over(
    mia: Agreed, client: Client, client_for: ClientFor
) -> None:
    _sent(client_for(mia), "a")
    _not_me(client)

    with clock.set_to(clock.now() + timedelta(days=365)):
        sweep()
        assert QuietMailbox.objects.count() == 1
    with clock.set_to(clock.now() + timedelta(days=366)):
        sweep()
    assert not QuietMailbox.objects.exists()


def test_asking_costs_one_statement(mia: Agreed, client_for: ClientFor) -> None:
    _sent(client_for(mia), "a")
    address = Identifier.objects.get(kind="email")

    with CaptureQueriesContext(connections["default"]) as said:
        assert not may_ask(address)

    assert len(said) == 1
