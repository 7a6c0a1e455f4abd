"""Law 5: a row is stamped, for good, with the version it was collected under; nothing widens it afterwards."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from consent.access.actors import SYSTEM
from consent.access.predicates import may_use, states_of
from consent.ledger import triggers
from consent.ledger.actions import Agreed, Shown, agree_again, allow, withdraw_everything
from consent.ledger.models import Channel
from consent.policies.models import PolicyText, PolicyVersion
from consent.policies.notices import Notice
from consent.purposes import ON_CONSENT, Purpose
from feedback.outbox.models import OutgoingMail
from feedback.tickets.models import Attachment, Message, Ticket
from imsupport import clock

COLUMNS = ("policy_version", "person_id", "collected_at")
STAMPED = (Ticket, Message, Attachment, OutgoingMail)


@pytest.fixture
def second_version() -> Shown:
    """Publish version 2, in effect from now, and return what agreeing to it shows."""
    now = clock.now()
    first = PolicyText.objects.get(version_id=1, language="en")
    PolicyVersion.objects.create(number=2, effective_from=now, announced_at=now - timedelta(days=15))
    PolicyText.objects.create(version_id=2, language="en", body=first.body, sha256=first.sha256)
    return Shown(Notice(version=2, language="en", body=b"<p>version 2</p>"), Channel.WEB, "button:agree")


@pytest.mark.parametrize("model", STAMPED)
@pytest.mark.parametrize("column", COLUMNS)
def test_the_database_keeps_the_stamp_of_every_row(
    model: type[Ticket], column: str, mia: Agreed, noor: Agreed, submitted: Callable[..., Ticket]
) -> None:
    submitted(mia, email="mia@people.test")
    changed = {"policy_version": 2, "person_id": noor.person.pk, "collected_at": clock.now() + timedelta(days=1)}

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        model._base_manager.update(**{column: changed[column]})

    row = model._base_manager.get()
    assert (row.policy_version, row.person_id) == (1, mia.person.pk)


def test_every_model_with_a_stamp_has_the_trigger() -> None:
    tables = {model._meta.db_table for model in STAMPED}

    assert triggers.missing(connection, sorted(tables)) == []


def test_a_new_version_asks_again_before_it_takes_words(
    mia: Agreed, second_version: Shown, client_for: Callable[..., Client]
) -> None:
    client = client_for(mia)

    form = client.get("/feedback/")
    sent = client.post("/feedback/", {"message": "The heron is grey.", "idempotency_key": "k"})

    assert form.status_code == 302
    assert form["Location"].startswith("/consent/")
    assert sent.status_code == 403
    assert b"The heron is grey." in sent.content
    assert not Ticket.objects.exists()


def test_after_agreeing_again_new_rows_carry_the_new_version_and_old_ones_the_old(
    mia: Agreed, second_version: Shown, submitted: Callable[..., Ticket], client_for: Callable[..., Client]
) -> None:
    old = submitted(mia)
    agree_again(mia.person.pk, second_version)

    sent = client_for(mia).post("/feedback/", {"message": "The heron is grey.", "idempotency_key": "n"})

    assert sent.status_code == 302
    assert Ticket.objects.get(pk=old.pk).policy_version == 1
    assert Ticket.objects.exclude(pk=old.pk).get().policy_version == 2


def test_what_was_collected_before_may_still_be_answered_after_agreeing_again(
    mia: Agreed, second_version: Shown, submitted: Callable[..., Ticket]
) -> None:
    old = submitted(mia)

    agree_again(mia.person.pk, second_version)

    assert Ticket.objects.for_purpose(Purpose.PROVIDE, actor=SYSTEM).get() == old


@pytest.mark.parametrize("purpose", sorted(ON_CONSENT))
def test_an_optional_use_allowed_under_a_newer_version_reaches_no_older_row(
    purpose: Purpose, mia: Agreed, second_version: Shown, submitted: Callable[..., Ticket]
) -> None:
    old = submitted(mia)
    agree_again(mia.person.pk, second_version)
    allow(mia.person.pk, [purpose], second_version)
    new = submitted(mia, version=2, key="n")

    usable = Ticket.objects.for_purpose(purpose, actor=SYSTEM)

    states = states_of([mia.person.pk], purpose)
    assert list(usable) == [new]
    assert not may_use(old.stamp, purpose, states)
    assert may_use(new.stamp, purpose, states)


def test_agreeing_again_after_stopping_everything_revives_nothing(
    mia: Agreed, shown: Shown, submitted: Callable[..., Ticket]
) -> None:
    submitted(mia)
    withdraw_everything(mia.person.pk, shown)

    agree_again(mia.person.pk, shown)

    assert not Ticket.objects.for_purpose(Purpose.PROVIDE, actor=SYSTEM).exists()
