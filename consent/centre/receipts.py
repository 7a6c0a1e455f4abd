"""Signed receipts of single acts: what was said, to which words, when; anyone can check them with our public keys."""

import base64
import hashlib
import hmac
import json
from collections.abc import Sequence
from typing import Any

from consent.centre.receipt_terms import said_of_act
from consent.ledger.heads import first_head_over, published
from consent.ledger.models import ConsentEvent
from consent.ledger.signing import canonical_json, is_signed, sign_compact
from consent.ledger.tiles import inclusion_proof
from consent.sealing.keys import derived


class NotOurReceipt(Exception):
    """A document is not, to the byte, a receipt that we signed."""


def receipt_of(events: Sequence[ConsentEvent]) -> bytes:
    """Return the receipt of one act's events: canonical JSON of what it says and of its signature (JWS)."""
    said = {**said_of_act(events, _commitment(events[0])), "ims:ledger": _standing_in_ledger(events)}
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


def _standing_in_ledger(events: Sequence[ConsentEvent]) -> dict[str, Any] | None:
    """Return the first signed head over these events, and the path from each to its root (RFC 9162); None before it.

    The first, so that a receipt says the same whenever it is fetched.
    """
    head = first_head_over(events[-1].seq)
    if head is None:
        return None
    paths = [[step.hex() for step in inclusion_proof(event.seq, head.size)] for event in events]
    return {"head": published(head), "kid": head.key_id, "signature": head.signature, "paths": paths}


def _commitment(event: ConsentEvent) -> str:
    """Name the person by a value that differs on each receipt, so that a lost receipt points to nobody."""
    about = f"{event.act_id}:{event.person_id}".encode()
    return hmac.digest(derived("receipt-person"), about, hashlib.sha256).hex()


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _decoded(written: str) -> bytes:
    return base64.urlsafe_b64decode(written + "=" * (-len(written) % 4))
