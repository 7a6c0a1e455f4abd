"""The one place that sends mail: claim by lease, ask the ledger now, send, settle."""

import json
import logging
import random
import smtplib
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import Q

from consent.access.actors import SYSTEM
from consent.access.door import Look, read
from consent.access.models import AccessEvent, UnpurposedReason
from consent.purposes import Purpose
from feedback.outbox.letters import AUTOMATIC, FOR_UNCONFIRMED, Letter
from feedback.outbox.models import OutgoingMail
from imsupport import clock
from imsupport.ids import new_id

log = logging.getLogger("imsupport.outbox")
LEASE = timedelta(seconds=30)
BATCH = 10
ATTEMPTS = 12
_BACK_OFF_SECONDS, _BACK_OFF_MOST_SECONDS = 15, 3600


class DeliveryError(Exception):
    """A mail did not leave. `permanent`: trying again cannot help. `code` never quotes the server's words."""

    def __init__(self, code: str, *, permanent: bool) -> None:
        super().__init__(code)
        self.code, self.permanent = code, permanent


def deliver_due() -> int:
    """Claim one batch of due mail and deliver it; return how many were claimed."""
    claimed = _claim()
    for mail in claimed:
        _deliver(mail)
    return len(claimed)


def _claim() -> list[OutgoingMail]:
    """Take a lease on due rows by a conditional update, so that no two workers hold the same one."""
    now, lease = clock.now(), new_id()
    state = OutgoingMail.State
    rows = OutgoingMail.objects.unpurposed(UnpurposedReason.DELIVERY_CLAIM)
    due = Q(state=state.DUE, due_at__lte=now) | Q(state=state.SENDING, leased_until__lt=now)
    wanted = list(rows.filter(due).order_by("due_at").values_list("pk", flat=True)[:BATCH])
    if not wanted:
        return []
    rows.filter(due, pk__in=wanted).update(state=state.SENDING, lease=lease, leased_until=now + LEASE)
    return list(rows.filter(lease=lease, state=state.SENDING).select_related("address"))


def _deliver(mail: OutgoingMail) -> None:
    if mail.leased_until is None or mail.leased_until < clock.now() + timedelta(seconds=settings.EMAIL_TIMEOUT):
        held = _settle(mail, leased_until=clock.now() + LEASE)
        if not held:
            return
    opened = _opened(mail)
    if opened is None:
        _settle(mail, state=OutgoingMail.State.CANCELLED, letter=None, failure="no consent")
        return
    letter, address = opened
    try:
        _send(mail, letter, address)
    except DeliveryError as error:
        _postpone(mail, error)
    else:
        _settle(mail, state=OutgoingMail.State.SENT, sent_at=clock.now(), letter=None, failure="")


def _opened(mail: OutgoingMail) -> tuple[Letter, str] | None:
    """Ask the ledger now; return the letter and the address, or None when this mail may not leave any more."""
    if mail.address is None or (not mail.address.is_verified and mail.kind not in FOR_UNCONFIRMED):
        return None
    look = Look(SYSTEM, Purpose.MAIL, AccessEvent.Act.DELIVERED, "outbox.deliver", mail.ticket_id)
    envelopes = [mail.letter, mail.address.value]
    reading = read(envelopes, look=look)
    written, address = (reading.text(envelope) for envelope in envelopes)
    if written is None or address is None:
        return None
    return Letter(**json.loads(written)), address


def _send(mail: OutgoingMail, letter: Letter, address: str) -> None:
    headers = {"Message-ID": mail.message_id}
    if letter.kind in AUTOMATIC:
        headers["Auto-Submitted"] = "auto-replied"
    message = EmailMultiAlternatives(
        letter.subject,
        letter.text,
        settings.DEFAULT_FROM_EMAIL,
        [address],
        reply_to=[settings.SUPPORT_ADDRESS],
        headers=headers,
    )
    message.attach_alternative(letter.html, "text/html")
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        raise DeliveryError(f"smtp {codes[0]}", permanent=all(500 <= code < 600 for code in codes)) from error
    except smtplib.SMTPResponseException as error:
        is_permanent = 500 <= error.smtp_code < 600 and not isinstance(error, smtplib.SMTPAuthenticationError)
        raise DeliveryError(f"smtp {error.smtp_code}", permanent=is_permanent) from error
    except (OSError, smtplib.SMTPException) as error:
        raise DeliveryError(type(error).__name__, permanent=False) from error


def _postpone(mail: OutgoingMail, error: DeliveryError) -> None:
    attempts = mail.attempts + 1
    if error.permanent or attempts >= ATTEMPTS:
        log.warning("mail %s failed for good: %s", mail.pk, error.code)
        _settle(mail, state=OutgoingMail.State.FAILED, attempts=attempts, failure=error.code)
        return
    wait = min(_BACK_OFF_MOST_SECONDS, _BACK_OFF_SECONDS * 2 ** (attempts - 1)) * random.uniform(0.5, 1)  # noqa: S311
    due_at = clock.now() + timedelta(seconds=wait)
    _settle(mail, state=OutgoingMail.State.DUE, attempts=attempts, failure=error.code, due_at=due_at)


def _settle(mail: OutgoingMail, **fields: object) -> int:
    """Write the outcome only while our lease stands."""
    rows = OutgoingMail.objects.unpurposed(UnpurposedReason.DELIVERY_CLAIM)
    return rows.filter(pk=mail.pk, lease=mail.lease, state=OutgoingMail.State.SENDING).update(**fields)
