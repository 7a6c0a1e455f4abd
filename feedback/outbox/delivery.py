"""The one place that sends mail: claim by lease, ask the ledger now, send, settle."""

import json
import logging
import random
import smtplib
import socket
import time
from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import DatabaseError
from django.db.models import Q
from django.urls import reverse

from consent.access.actors import SYSTEM
from consent.access.door import Look, read
from consent.access.models import AccessEvent, UnpurposedReason
from consent.people.confirmation import link_token_for
from consent.people.models import ASKED_AT_MOST_EVERY, Identifier
from consent.people.queries import is_quiet
from consent.purposes import Purpose
from feedback.outbox.letters import AUTOMATIC, FOR_UNCONFIRMED, ONCE_A_DAY, Letter
from feedback.outbox.models import OutgoingMail
from feedback.outbox.threads import thread_id_for
from imsupport import clock
from imsupport.deadlines import cut_at
from imsupport.ids import new_id

log = logging.getLogger("imsupport.outbox")
LEASE = timedelta(seconds=30)
SMTP_SECONDS = 20
BATCH = 10
ATTEMPTS = 152
"""What cannot leave is tried for three days at the least, about six at the most."""
_BACK_OFF_SECONDS, _BACK_OFF_MOST_SECONDS = 15, 3600


class DeliveryError(Exception):
    """A mail did not leave. `permanent`: trying again cannot help. `code` never quotes the server's words."""

    def __init__(self, code: str, *, permanent: bool) -> None:
        super().__init__(code)
        self.code, self.permanent = code, permanent


class MayNotLeave(Exception):
    """A mail has no right to leave any more; its text says why, without content."""


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
    rows = OutgoingMail.objects.unpurposed(UnpurposedReason.DELIVERY_CLAIM).filter(letter__isnull=False)
    due, left = Q(state=state.DUE, due_at__lte=now), Q(state=state.SENDING, leased_until__lt=now)
    # One after the other, so that each is read from the index in its order: what other workers left, then what is due.
    wanted = list(rows.filter(left).values_list("pk", flat=True)[:BATCH])
    wanted += rows.filter(due).order_by("due_at").values_list("pk", flat=True)[: BATCH - len(wanted)]
    if not wanted:
        return []
    rows.filter(due | left, pk__in=wanted).update(state=state.SENDING, lease=lease, leased_until=now + LEASE)
    taken = rows.filter(pk__in=wanted, lease=lease, state=state.SENDING)
    return list(taken.select_related("address").order_by("due_at"))


def _deliver(mail: OutgoingMail) -> None:
    """Deliver one claimed mail, unless its lease ran out and another worker took it, or it was cancelled since."""
    must_end = time.monotonic() + SMTP_SECONDS
    if not _settle(mail, leased_until=clock.now() + LEASE):
        return
    state = OutgoingMail.State
    try:
        letter, address = _opened(mail)
        _send(mail, letter, address, must_end)
    except MayNotLeave as refusal:
        _settle(mail, state=state.CANCELLED, letter=None, failure=str(refusal))
    except DeliveryError as error:
        _postpone(mail, error)
    except DatabaseError:
        raise
    except Exception as error:  # whatever is wrong with one mail must not hold up those behind it
        log.error("mail %s could not be made: %s", mail.pk, type(error).__name__)
        _postpone(mail, DeliveryError(type(error).__name__[:60], permanent=False))
    else:
        _settle(mail, state=state.SENT, sent_at=clock.now(), letter=None, failure="")


def _opened(mail: OutgoingMail) -> tuple[Letter, str]:
    """Ask the ledger now; return the letter and the address, or raise MayNotLeave."""
    if mail.address is None:
        raise MayNotLeave("address gone")
    if not mail.address.is_verified and mail.kind not in FOR_UNCONFIRMED:
        raise MayNotLeave("address not confirmed")
    if not mail.address.is_verified and is_quiet(mail.address):
        raise MayNotLeave("mailbox quiet")
    if mail.address.mail_stopped_at is not None:
        raise MayNotLeave("stopped for this address")
    if mail.kind in ONCE_A_DAY and _went_today(mail.kind, mail.address):
        raise MayNotLeave("asked within a day")
    look = Look(SYSTEM, Purpose.MAIL, AccessEvent.Act.DELIVERED, "outbox.deliver", mail.ticket_id)
    envelopes = [mail.letter, mail.address.value]
    reading = read(envelopes, look=look)
    written, address = (reading.text(envelope) for envelope in envelopes)
    if written is None or address is None:
        raise MayNotLeave("no consent")
    return Letter(**json.loads(written)), address


def _went_today(kind: str, address: Identifier) -> bool:
    """Say whether the like went to this mailbox within a day, whoever gave its address: no stranger is flooded."""
    rows = OutgoingMail.objects.unpurposed(UnpurposedReason.DELIVERY_CLAIM)
    same = rows.filter(address__kind=address.kind, address__lookup=address.lookup, kind=kind)
    return same.filter(state=OutgoingMail.State.SENT, sent_at__gt=clock.now() - ASKED_AT_MOST_EVERY).exists()


def _send(mail: OutgoingMail, letter: Letter, address: str, must_end: float) -> None:
    headers = {"Message-ID": mail.message_id}
    if mail.address is not None:
        # One press in the mail program stops mail to this address (RFC 2369, RFC 8058).
        link = reverse("portal:address-stop", args=[link_token_for(mail.address.pk)])
        headers["List-Unsubscribe"] = f"<{settings.BASE_URL}{link}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    if mail.ticket_id is not None:
        headers["References"] = thread_id_for(mail.ticket_id)
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
        _post(message, must_end)
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        raise DeliveryError(f"smtp {codes[0]}", permanent=all(500 <= code < 600 for code in codes)) from error
    except smtplib.SMTPResponseException as error:
        # A wrong password is the operator's to mend; the mail is not at fault.
        is_permanent = 500 <= error.smtp_code < 600 and not isinstance(error, smtplib.SMTPAuthenticationError)
        raise DeliveryError(f"smtp {error.smtp_code}", permanent=is_permanent) from error
    except (OSError, smtplib.SMTPException) as error:
        raise DeliveryError(type(error).__name__, permanent=False) from error


def _post(message: EmailMultiAlternatives, must_end: float) -> None:
    """Hand the mail to the server, on a connection of its own, that is cut before the lease ends."""
    connection = get_connection()
    try:
        connection.open()
        with cut_at(must_end, lambda: _socket_of(connection)):
            connection.send_messages([message])
    finally:
        # What a server says to a goodbye cannot undo that it took the mail.
        with suppress(OSError, smtplib.SMTPException):
            connection.close()


def _socket_of(connection: Any) -> socket.socket | None:
    return getattr(getattr(connection, "connection", None), "sock", None)


def _postpone(mail: OutgoingMail, error: DeliveryError) -> None:
    """Make the mail due again, later each time; what cannot leave fails, and stays sealed to be sent again."""
    attempts = mail.attempts + 1
    if error.permanent or attempts >= ATTEMPTS:
        log.warning("mail %s failed: %s", mail.pk, error.code)
        failed_at = clock.now()
        _settle(mail, state=OutgoingMail.State.FAILED, attempts=attempts, failure=error.code, due_at=failed_at)
        return
    wait = min(_BACK_OFF_MOST_SECONDS, _BACK_OFF_SECONDS * 2 ** (attempts - 1)) * random.uniform(0.5, 1)  # noqa: S311
    due_at = clock.now() + timedelta(seconds=wait)
    _settle(mail, state=OutgoingMail.State.DUE, attempts=attempts, failure=error.code, due_at=due_at)


def _settle(mail: OutgoingMail, **fields: object) -> int:
    """Write the outcome only while our lease stands."""
    rows = OutgoingMail.objects.unpurposed(UnpurposedReason.DELIVERY_CLAIM)
    return rows.filter(pk=mail.pk, lease=mail.lease, state=OutgoingMail.State.SENDING).update(**fields)
