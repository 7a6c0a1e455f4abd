import smtplib
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from consent.access.models import AccessEvent
from consent.ledger.actions import Agreed, Shown, withdraw, withdraw_everything
from consent.people.actions import verify_identifier
from consent.people.models import Identifier
from consent.purposes import Purpose
from consent.sealing.actions import destroy_keys
from feedback.outbox import letters
from feedback.outbox.actions import cancel_mail_of_person, cancel_mail_of_ticket
from feedback.outbox.delivery import ATTEMPTS
from feedback.outbox.models import OutgoingMail
from feedback.outbox.tasks import dispatch_due
from imsupport import clock
from tests.feedback.outbox.conftest import Write

State = OutgoingMail.State


class Killed(BaseException):
    """The worker is gone in this very moment; nobody catches it."""


def later(**span: float) -> Any:
    return clock.set_to(clock.now() + timedelta(**span))


def row(mail: OutgoingMail) -> OutgoingMail:
    return OutgoingMail.objects.get(pk=mail.pk)


def test_a_mail_leaves_once_and_leaves_no_words_behind(mia: Agreed, write: Write, office: Any) -> None:
    mail = write(mia)

    dispatch_due()
    dispatch_due()

    assert office.message_ids() == [mail.message_id]
    assert (row(mail).state, row(mail).letter) == (State.SENT, None)
    assert row(mail).sent_at is not None


def test_what_leaves_has_text_and_html_and_the_headers_of_a_person_answering(
    mia: Agreed, write: Write, office: Any, settings: Any
) -> None:
    write(mia)

    dispatch_due()

    [sent] = office.taken
    assert sent.to == ["mia@example.org"]
    assert sent.reply_to == [settings.SUPPORT_ADDRESS]
    assert "Turn it off" in sent.body
    assert "Turn it off" in sent.alternatives[0].content
    assert "Auto-Submitted" not in sent.extra_headers


def test_automatic_mails_say_so(mia: Agreed, write: Write, office: Any) -> None:
    write(mia, letters.acknowledgement(ref="IM-7K3QX2M", link="https://help.example/f/t/", language="en"))
    write(mia, letters.answer_waits(link="https://help.example/f/a/", language="en"))
    write(
        mia,
        letters.ask_if_written(code="482913", link="https://help.example/f/a/", written_at=clock.now(), language="en"),
    )

    dispatch_due()

    assert [sent.extra_headers["Auto-Submitted"] for sent in office.taken] == ["auto-replied"] * 3


def test_mails_of_one_conversation_share_a_signed_reference(mia: Agreed, write: Write, office: Any) -> None:
    first, second = write(mia), write(mia)
    OutgoingMail.objects.filter(pk=second.pk).update(ticket_id=first.ticket_id)
    write(mia)

    dispatch_due()

    one, same, other = (sent.extra_headers["References"] for sent in office.taken)
    assert one == same != other


def test_a_worker_killed_after_sending_makes_a_second_copy_with_the_same_message_id(
    mia: Agreed, write: Write, office: Any
) -> None:
    mail = write(mia)

    def kill(_: Any) -> None:
        raise Killed

    office.on_arrival = kill
    with pytest.raises(Killed):
        dispatch_due()
    office.on_arrival = None
    dispatch_due()
    assert len(office.taken) == 1, "the lease of the dead worker still stands"

    with later(seconds=31):
        dispatch_due()

    assert office.message_ids() == [mail.message_id] * 2
    assert row(mail).state == State.SENT


def test_two_workers_never_hold_the_same_mail(mia: Agreed, write: Write, office: Any) -> None:
    mails = [write(mia) for _ in range(25)]
    asked: list[int] = []

    def second_worker(_: Any) -> None:
        if not asked:
            asked.append(1)
            dispatch_due()

    office.on_arrival = second_worker
    dispatch_due()

    assert len(office.taken) == 25
    assert set(office.message_ids()) == {mail.message_id for mail in mails}


def test_who_lost_the_lease_neither_sends_nor_settles(mia: Agreed, write: Write, office: Any) -> None:
    first, second = write(mia), write(mia)

    def take_over(_: Any) -> None:
        OutgoingMail.objects.filter(state=State.SENDING).update(lease=1)

    office.on_arrival = take_over
    dispatch_due()

    assert office.message_ids() == [first.message_id]
    assert {row(first).state, row(second).state} == {State.SENDING}


@pytest.mark.parametrize("purposes", [[Purpose.MAIL], None], ids=["stop e-mails", "stop everything"])
def test_withdrawing_between_writing_and_sending_sends_nothing(
    mia: Agreed, shown: Shown, write: Write, office: Any, purposes: list[Purpose] | None
) -> None:
    mail = write(mia)
    if purposes:
        withdraw(mia.person.pk, purposes, shown)
    else:
        withdraw_everything(mia.person.pk, shown)

    dispatch_due()

    assert office.taken == []
    assert (row(mail).state, row(mail).letter, row(mail).failure) == (State.CANCELLED, None, "no consent")


def test_withdrawing_in_the_middle_of_a_batch_stops_the_rest(
    mia: Agreed, shown: Shown, write: Write, office: Any
) -> None:
    write(mia)
    write(mia)
    office.on_arrival = lambda _: withdraw(mia.person.pk, [Purpose.MAIL], shown)

    dispatch_due()

    assert len(office.taken) == 1


def test_a_mail_whose_key_was_destroyed_is_cancelled(mia: Agreed, write: Write, office: Any) -> None:
    mail = write(mia)
    destroy_keys([row(mail).letter.sealed.key_id])

    dispatch_due()

    assert office.taken == []
    assert row(mail).state == State.CANCELLED


def test_a_mail_whose_address_was_dropped_is_cancelled(mia: Agreed, write: Write, office: Any) -> None:
    mail = write(mia)
    Identifier.objects.filter(pk=mail.address_id).delete()

    dispatch_due()

    assert office.taken == []
    assert row(mail).failure == "address gone"


@pytest.mark.parametrize("cancel", ["ticket", "person"])
def test_cancelled_mail_keeps_no_words_and_never_leaves(mia: Agreed, write: Write, office: Any, cancel: str) -> None:
    mail = write(mia)

    if cancel == "ticket":
        cancel_mail_of_ticket(mail.ticket_id)
    else:
        cancel_mail_of_person(mia.person.pk)
    dispatch_due()

    assert office.taken == []
    assert (row(mail).state, row(mail).letter) == (State.CANCELLED, None)


def test_an_unconfirmed_address_gets_no_content(mia: Agreed, write: Write, office: Any) -> None:
    held = write(mia, is_verified=False)
    also_held = write(
        mia, letters.acknowledgement(ref="IM-7K3QX2M", link="https://x/", language="en"), is_verified=False
    )
    write(mia, letters.answer_waits(link="https://help.example/f/a/", language="en"), is_verified=False)

    dispatch_due()

    assert [sent.subject for sent in office.taken] == ["IM Calling support has answered"]
    assert {row(held).failure, row(also_held).failure} == {"address not confirmed"}
    assert row(held).state == State.CANCELLED


def test_a_mailbox_is_asked_once_a_day_whoever_gives_its_address(
    mia: Agreed, noor: Agreed, write: Write, office: Any
) -> None:
    letter = letters.ask_if_written(
        code="482913", link="https://help.example/f/a/", written_at=clock.now(), language="en"
    )
    write(mia, letter, is_verified=False)
    again = write(noor, letter, is_verified=False)

    dispatch_due()
    with later(hours=25):
        write(noor, letter, is_verified=False)
        dispatch_due()

    assert len(office.taken) == 2
    assert row(again).failure == "asked within a day"


def test_an_address_confirmed_before_sending_gets_the_answer(mia: Agreed, write: Write, office: Any) -> None:
    mail = write(mia, is_verified=False)
    verify_identifier(mail.address, opens_words=True)

    dispatch_due()

    assert office.message_ids() == [mail.message_id]


@pytest.mark.parametrize(
    ("error", "failure"),
    [
        (smtplib.SMTPRecipientsRefused({"mia@example.org": (550, b"no mia@example.org here")}), "smtp 550"),
        (smtplib.SMTPDataError(554, b"Turn it off and on again. is spam"), "smtp 554"),
    ],
)
def test_a_permanent_refusal_fails_at_once_and_quotes_nothing(
    mia: Agreed, write: Write, office: Any, error: Exception, failure: str
) -> None:
    mail = write(mia)

    _refuse_with(office, error)
    dispatch_due()
    with later(days=2):
        dispatch_due()

    assert len(office.taken) == 1
    assert (row(mail).state, row(mail).failure, row(mail).letter) == (State.FAILED, failure, mail.letter)


@pytest.mark.parametrize(
    ("error", "failure"),
    [
        (smtplib.SMTPRecipientsRefused({"mia@example.org": (451, b"greylisted")}), "smtp 451"),
        (smtplib.SMTPAuthenticationError(535, b"bad password"), "smtp 535"),
        (smtplib.SMTPServerDisconnected("gone"), "SMTPServerDisconnected"),
        (TimeoutError(), "TimeoutError"),
        (ValueError("broken"), "ValueError"),
    ],
)
def test_a_passing_trouble_makes_the_mail_due_again_later(
    mia: Agreed, write: Write, office: Any, error: Exception, failure: str
) -> None:
    mail = write(mia)

    _refuse_with(office, error)
    dispatch_due()
    office.on_arrival = None
    dispatch_due()

    assert (row(mail).state, row(mail).failure, row(mail).attempts) == (State.DUE, failure, 1)
    assert len(office.taken) == 1
    with later(seconds=16):
        dispatch_due()
    assert row(mail).state == State.SENT
    assert office.message_ids() == [mail.message_id] * 2


def test_one_broken_mail_does_not_hold_up_those_behind_it(mia: Agreed, write: Write, office: Any) -> None:
    broken, sound = write(mia), write(mia)
    OutgoingMail.objects.filter(pk=broken.pk).update(letter=row(sound).letter)

    dispatch_due()

    assert row(broken).state == State.DUE
    assert office.message_ids() == [sound.message_id]


def test_waits_grow_with_jitter_up_to_an_hour_and_last_three_days(mia: Agreed, write: Write, office: Any) -> None:
    mail = write(mia)
    _refuse_with(office, TimeoutError())
    waits = []

    start = moment = clock.now()
    for _ in range(ATTEMPTS):
        with clock.set_to(moment):
            dispatch_due()
            now = clock.now()
        waits.append((row(mail).due_at - now).total_seconds())
        moment = row(mail).due_at + timedelta(seconds=1)

    for attempt, wait in enumerate(waits[:-1]):
        most = min(3600, 15 * 2**attempt)
        assert most / 2 - 1 <= wait <= most
    assert (row(mail).state, row(mail).attempts) == (State.FAILED, ATTEMPTS)
    assert timedelta(days=3) < row(mail).due_at - start < timedelta(days=7)


def test_each_delivery_leaves_an_access_event(mia: Agreed, write: Write, office: Any) -> None:
    mail = write(mia)

    dispatch_due()

    event = AccessEvent.objects.get(subject_id=mail.ticket_id)
    assert (event.act, event.place, event.persons) == ("delivered", "outbox.deliver", [mia.person.pk])


def test_a_mail_written_in_a_transaction_that_fails_was_never_written(mia: Agreed, write: Write, office: Any) -> None:
    with transaction.atomic():
        write(mia)
        transaction.set_rollback(True)

    dispatch_due()

    assert office.taken == []
    assert not OutgoingMail.objects.exists()


def _refuse_with(office: Any, error: Exception) -> None:
    def refuse(_: Any) -> None:
        raise error

    office.on_arrival = refuse
