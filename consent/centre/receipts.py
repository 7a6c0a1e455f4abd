"""Signed receipts of single acts: what was said, to which words, when; anyone can check them with our public keys."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from django.conf import settings

from consent.ledger.models import ConsentEvent
from consent.ledger.signing import canonical_json, is_signed, sign_compact
from consent.policies.queries import text_of
from consent.sealing.keys import derived


class NotOurReceipt(Exception):
    """A document is not, to the byte, a receipt that we signed."""


def receipt_of(events: Sequence[ConsentEvent]) -> bytes:
    """Return the receipt of one act's events: canonical JSON of what it says and of its signature (JWS)."""
    said = _said(events)
    return canonical_json({"receipt": said, "jws": sign_compact(canonical_json(said))})


def read_receipt(document: bytes) -> dict[str, Any]:
    """Return what a receipt says; raise NotOurReceipt unless every byte of it is as we wrote it."""
    try:
        whole = json.loads(document)
        if canonical_json(whole) != document or whole.keys() != {"receipt", "jws"}:
            raise NotOurReceipt
        header, payload, signature = whole["jws"].split(".")
        said = canonical_json(whole["receipt"])
        told = json.loads(_decoded(header))
        is_whole = payload == _encoded(said) and header == _encoded(canonical_json(told))
        if not is_whole or told.keys() != {"alg", "kid"} or told["alg"] != "Ed25519":
            raise NotOurReceipt
        if not is_signed(f"{header}.{payload}".encode(), told["kid"], signature):
            raise NotOurReceipt
    except (ValueError, AttributeError, TypeError) as error:
        raise NotOurReceipt from error
    return dict(whole["receipt"])


def key_id_of(document: bytes) -> str:
    """Return the id of the key that signed one of our receipts."""
    header = json.loads(document)["jws"].split(".")[0]
    return str(json.loads(_decoded(header))["kid"])


def _said(events: Sequence[ConsentEvent]) -> dict[str, Any]:
    first = events[0]
    return {
        "type": "dpv:ConsentReceipt",
        "issuer": settings.BASE_URL,
        "act": str(first.act_id),
        "person": _commitment(first),
        "at": _written(first.occurred_at),
        "policy": {"version": first.policy_version, "sha256": _policy_sha256(first)},
        "notice": {"sha256": first.notice_sha256, "language": first.language},
        "channel": first.channel,
        "indicated_by": first.indicated_by,
        "expressed_by": first.expressed_by,
        "gpc": first.gpc,
        "events": _entries(events),
    }


def _entries(events: Iterable[ConsentEvent]) -> list[dict[str, Any]]:
    return [
        {
            "id": str(event.pk),
            "number": event.seq,
            "purpose": event.purpose,
            "status": event.status,
            "valid_until": _written(event.valid_until) if event.valid_until else None,
            "hash": bytes(event.hash).hex(),
        }
        for event in events
    ]


def _commitment(event: ConsentEvent) -> str:
    """Name the person by a value that differs on each receipt, so that a lost receipt points to nobody."""
    about = f"{event.act_id}:{event.person_id}".encode()
    return hmac.digest(derived("receipt-person"), about, hashlib.sha256).hex()


def _policy_sha256(event: ConsentEvent) -> str:
    return text_of(event.policy_version, event.language).sha256


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _decoded(written: str) -> bytes:
    return base64.urlsafe_b64decode(written + "=" * (-len(written) % 4))
