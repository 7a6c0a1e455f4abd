"""The one place where data leave to a third party: claim, ask the ledger now, write the disclosure, send, settle."""

import hashlib
import logging
import random
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db import DatabaseError, transaction

from consent.access.actors import SYSTEM
from consent.access.door import Look
from consent.access.models import AccessEvent, UnpurposedReason
from consent.access.predicates import may_use, states_of
from consent.disclosures import client, webhooks
from consent.disclosures.actions import recall_what_ended
from consent.disclosures.models import Disclosure, DisclosureAct, Egress
from consent.ledger.models import ConsentEvent
from consent.purposes import Purpose
from imsupport import clock
from imsupport.ids import new_id

log = logging.getLogger("imsupport.disclosures")
LEASE = timedelta(seconds=30)
SECONDS_AT_MOST = 20
BATCH = 10
ATTEMPTS = 90
"""What cannot arrive is tried for three days at the least."""
_BACK_OFF_SECONDS, _BACK_OFF_MOST_SECONDS = 15, 3600
_Act = DisclosureAct.Act
Content = Callable[[int, Sequence[str], Look], Mapping[str, Any] | None]
"""Gives what is passed on of a ticket: its id, the parts, the look by which it is opened; None when it is gone."""


class MayNotLeave(Exception):
    """Something has no right to leave, or not any more; its text says why, without content."""


def deliver_due(content: Content) -> int:
    """Tell of what ended, then deliver one batch of what is due; return how many were claimed."""
    recall_what_ended()
    claimed = _claim()
    for egress in claimed:
        _deliver(egress, content)
    return len(claimed)


def _claim() -> list[Egress]:
    """Take a lease on due rows by a conditional update, so that no two workers hold the same one."""
    now, lease = clock.now(), new_id()
    rows = _rows()
    wanted = list(rows.filter(due_at__lte=now).order_by("due_at").values_list("pk", flat=True)[:BATCH])
    if not wanted:
        return []
    rows.filter(pk__in=wanted, due_at__lte=now).update(lease=lease, due_at=now + LEASE)
    return list(rows.filter(pk__in=wanted, lease=lease).select_related("recipient", "disclosure").order_by("pk"))


def _deliver(egress: Egress, content: Content) -> None:
    """Deliver one claimed row, unless its lease ran out and another worker took it, or it was withdrawn since."""
    must_end = time.monotonic() + SECONDS_AT_MOST
    if not _held(egress).update(due_at=clock.now() + LEASE):
        return
    is_share = egress.kind == Egress.Kind.SHARE
    try:
        body = _share(egress, content) if is_share else _recall(egress)
        _post(egress, body, must_end)
    except MayNotLeave as refusal:
        log.info("%s %s stays here: %s", egress.kind, egress.pk, refusal)
        _settle(egress, _Act.FAILED, str(refusal))
    except client.EgressError as error:
        _postpone(egress, error)
    except DatabaseError:
        raise
    except Exception as error:  # whatever is wrong with one must not hold up those behind it
        log.error("%s %s could not be made: %s", egress.kind, egress.pk, type(error).__name__)
        _postpone(egress, client.EgressError(type(error).__name__[:60], permanent=False))
    else:
        _settle(egress, _Act.DELIVERED if is_share else _Act.RECALLED)


def _share(egress: Egress, content: Content) -> bytes:
    """Return the body of what leaves; before it does, the disclosure and this attempt stand in the ledger."""
    permission = permission_for(egress)
    look = Look(SYSTEM, egress.recipient.purpose, AccessEvent.Act.DELIVERED, "disclosures.deliver", egress.subject_id)
    passed = content(egress.subject_id, egress.recipient.parts, look)
    if passed is None:
        raise MayNotLeave("nothing left to pass on")
    now = clock.now()
    body = webhooks.written("message.passed_on", now, {"id": str(egress.pk), **passed})
    with transaction.atomic():
        disclosure, _made = Disclosure.objects.get_or_create(
            pk=egress.pk,
            defaults={
                "recipient": egress.recipient,
                "consent_event": permission,
                "person_id": egress.person_id,
                "subject_id": egress.subject_id,
                "purpose": egress.recipient.purpose,
                "parts": egress.recipient.parts,
                "actor_kind": egress.actor_kind,
                "actor_id": egress.actor_id,
                "made_at": now,
            },
        )
        sha256 = hashlib.sha256(body).hexdigest()
        DisclosureAct.objects.create(disclosure=disclosure, act=_Act.ATTEMPTED, payload_sha256=sha256, at=now)
    return body


def permission_for(egress: Egress) -> ConsentEvent:
    """Return the event by which the person allows this recipient this very message now; raise MayNotLeave without one.

    The recipient must stand in the register, and the agreement under which the message is kept at all must hold.
    """
    recipient, purpose, now = egress.recipient, egress.recipient.purpose, clock.now()
    if recipient.effective_from is None or recipient.effective_from > now:
        raise MayNotLeave("not in the register")
    if recipient.retired_at is not None and recipient.retired_at <= now:
        raise MayNotLeave("no longer in the register")
    states = states_of([egress.person_id], None)
    if not may_use(egress.stamp, Purpose.PROVIDE, states) or not may_use(egress.stamp, purpose, states):
        raise MayNotLeave("no permission")
    return ConsentEvent.objects.get(seq=states[egress.person_id, purpose].last_seq)


def _recall(egress: Egress) -> bytes:
    """Return the word that something is to be erased; it waits while what it speaks of may still be on its way."""
    if _rows().filter(pk=egress.disclosure_id).exists():
        raise client.EgressError("still on its way", permanent=False)
    return webhooks.written("message.recalled", clock.now(), {"id": str(egress.disclosure_id)})


def _post(egress: Egress, body: bytes, must_end: float) -> None:
    headers = webhooks.headers_of(egress.recipient, f"msg_{egress.pk}", clock.now(), body)
    client.post(egress.recipient.url, body, headers, must_end=must_end)


def _postpone(egress: Egress, error: client.EgressError) -> None:
    """Make it due again, later each time; what cannot arrive is settled as failed."""
    attempts = egress.attempts + 1
    if error.permanent or attempts >= ATTEMPTS:
        log.warning("%s %s failed: %s", egress.kind, egress.pk, error.code)
        _settle(egress, _Act.FAILED if egress.kind == Egress.Kind.SHARE else _Act.RECALL_FAILED, error.code)
        return
    wait = min(_BACK_OFF_MOST_SECONDS, _BACK_OFF_SECONDS * 2 ** (attempts - 1)) * random.uniform(0.5, 1)  # noqa: S311
    _held(egress).update(attempts=attempts, due_at=clock.now() + timedelta(seconds=wait), lease=None)


def _settle(egress: Egress, act: DisclosureAct.Act, code: str = "") -> None:
    """Write what came of it and let go of it, while our lease stands; what never left has no disclosure to tell of."""
    told_of = egress.pk if egress.kind == Egress.Kind.SHARE else egress.disclosure_id
    with transaction.atomic():
        if not _held(egress).delete()[0]:
            return
        if Disclosure.objects.filter(pk=told_of).exists():
            DisclosureAct.objects.create(disclosure_id=told_of, act=act, code=code, at=clock.now())


def _rows() -> Any:
    return Egress.objects.unpurposed(UnpurposedReason.DELIVERY_CLAIM)


def _held(egress: Egress) -> Any:
    return _rows().filter(pk=egress.pk, lease=egress.lease)
