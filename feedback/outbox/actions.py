"""Putting mail into the outbox, and taking it out again while it has not left."""

import json
import logging
import secrets
import time
from dataclasses import asdict, dataclass
from datetime import datetime
from urllib.parse import urlsplit

from celery import current_app
from django.conf import settings
from django.db import transaction
from kombu.exceptions import OperationalError

from consent.access.models import UnpurposedReason
from consent.ledger.actions import Shown, withdraw
from consent.people.models import Identifier
from consent.purposes import Purpose
from consent.sealing.envelopes import DataKey, Sealed
from feedback.outbox.letters import Letter
from feedback.outbox.models import OutgoingMail
from imsupport import clock
from imsupport.ids import new_id
from imsupport.rows import insert

log = logging.getLogger("imsupport.outbox")
_WAKE_EVERY_SECONDS = 0.3
_LEAVE_ALONE_SECONDS = 30
_next_wake_at = 0.0


@dataclass(frozen=True)
class Posting:
    """Whom a letter goes to and what it belongs to."""

    person_id: int
    policy_version: int
    address: Identifier
    ticket_id: int
    source_id: int


def enqueue(letter: Letter, *, posting: Posting, key: DataKey) -> OutgoingMail:
    """Write a letter into the outbox, sealed under `key`, in the caller's transaction; wake the worker on commit."""
    mail_id = new_id()
    host = urlsplit(settings.BASE_URL).hostname
    mail = OutgoingMail(
        id=mail_id,
        person_id=posting.person_id,
        policy_version=posting.policy_version,
        collected_at=clock.now(),
        kind=letter.kind,
        purpose=str(Purpose.MAIL),
        ticket_id=posting.ticket_id,
        source_id=posting.source_id,
        address=posting.address,
        message_id=f"<{secrets.token_urlsafe(18)}@{host}>",
        letter=_sealed(letter, mail_id, key),
        due_at=clock.now(),
    )
    insert(mail)
    transaction.on_commit(wake_worker, robust=True)
    return mail


def unsent_mail(ticket_id: int) -> list[OutgoingMail]:
    """Return the mail of a ticket that still holds a letter, failed mail too."""
    rows = OutgoingMail.objects.unpurposed(UnpurposedReason.MAINTENANCE).filter(ticket_id=ticket_id)
    return list(rows.filter(letter__isnull=False).select_related("address").order_by("pk"))


def replace_letter(mail: OutgoingMail, letter: Letter, *, key: DataKey) -> None:
    """Put a letter, sealed under `key`, in the place of one that has not left, in the caller's transaction.

    A worker that has taken the mail lets go of it, so it is due again under the same Message-ID.
    """
    state, sealed = OutgoingMail.State, _sealed(letter, mail.pk, key)
    rows = OutgoingMail.objects.unpurposed(UnpurposedReason.MAINTENANCE).filter(pk=mail.pk, letter__isnull=False)
    rows.filter(state=state.FAILED).update(letter=sealed)
    rows.filter(state__in=[state.DUE, state.SENDING]).update(letter=sealed, state=state.DUE, lease=None)
    transaction.on_commit(wake_worker, robust=True)


def cancel_mail(mail: OutgoingMail) -> int:
    """Cancel one mail if it has not left; return how many."""
    return _cancel(pk=mail.pk)


def cancel_mail_of_ticket(ticket_id: int) -> int:
    """Cancel what has not left for a ticket; return how many."""
    return _cancel(ticket_id=ticket_id)


def cancel_mail_to(address_id: int) -> int:
    """Cancel what has not left for an address; return how many."""
    return _cancel(address_id=address_id)


def cancel_mail_of_person(person_id: int) -> int:
    """Cancel what has not left for a person; return how many."""
    return _cancel(person_id=person_id)


def stop_mail_to(address: Identifier, shown: Shown) -> None:
    """Stop mail to one mailbox, whoever gave its address; who has no other one has stopped e-mails by it."""
    with transaction.atomic():
        same = Identifier.objects.filter(kind=address.kind, lookup=address.lookup)
        same.filter(mail_stopped_at=None).update(mail_stopped_at=clock.now())
        for one in same.order_by("person_id"):
            cancel_mail_to(one.pk)
            others = Identifier.objects.filter(person_id=one.person_id, kind=one.kind, mail_stopped_at=None)
            if not others.exists():
                withdraw(one.person_id, [Purpose.MAIL], shown)


def send_again(ticket_id: int) -> int:
    """Make the failed mail of a ticket due once more, in the caller's transaction; return how many."""
    failed = OutgoingMail.objects.unpurposed(UnpurposedReason.MAINTENANCE).filter(
        ticket_id=ticket_id, state=OutgoingMail.State.FAILED, letter__isnull=False
    )
    count = failed.update(state=OutgoingMail.State.DUE, due_at=clock.now(), attempts=0, failure="", lease=None)
    transaction.on_commit(wake_worker, robust=True)
    return count


def forget_failed(before: datetime, most: int) -> int:
    """Let go of the letters of mail that failed before a time, at most so many; return how many."""
    rows = OutgoingMail.objects.unpurposed(UnpurposedReason.ERASURE)
    failed = rows.filter(state=OutgoingMail.State.FAILED, due_at__lt=before, letter__isnull=False)
    return failed.filter(pk__in=list(failed.values_list("pk", flat=True)[:most])).update(letter=None)


def wake_worker() -> None:
    """Hint that mail is due. Coalesced and allowed to fail: the row is the truth, the sweeper finds it anyway.

    A broker that did not answer is left alone for a while, so that requests do not wait for it one after another.
    """
    global _next_wake_at
    now = time.monotonic()
    if now < _next_wake_at:
        return
    _next_wake_at = now + _WAKE_EVERY_SECONDS
    try:
        current_app.send_task("outbox.dispatch_due", kwargs={"is_hint": True}, retry=False, expires=60)
    except (OperationalError, OSError) as error:
        _next_wake_at = time.monotonic() + _LEAVE_ALONE_SECONDS
        log.warning("the broker took no hint (%s); the sweeper will find the mail", type(error).__name__)


def _sealed(letter: Letter, mail_id: int, key: DataKey) -> Sealed:
    return key.seal("outgoing_mail.letter", mail_id, json.dumps(asdict(letter)))


def _cancel(**whose: int) -> int:
    state = OutgoingMail.State
    waiting = OutgoingMail.objects.unpurposed(UnpurposedReason.ERASURE).filter(
        state__in=[state.DUE, state.SENDING, state.FAILED], **whose
    )
    return waiting.update(state=OutgoingMail.State.CANCELLED, letter=None, lease=None)
