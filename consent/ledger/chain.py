"""The hash chain: each event carries an HMAC over itself and its predecessor, under a key outside the database."""

import hashlib
import hmac
import json
from datetime import UTC, datetime

from consent.ledger.models import ConsentEvent
from consent.sealing.keys import derived

GENESIS = bytes(32)
_CHAINED = (
    "id",
    "seq",
    "act_id",
    "person_id",
    "purpose",
    "status",
    "policy_version",
    "notice_sha256",
    "language",
    "channel",
    "indicated_by",
    "expressed_by",
    "app_id",
    "gpc",
    "occurred_at",
    "valid_until",
)


def canonical(event: ConsentEvent) -> bytes:
    """Return the bytes of an event that its link covers: sorted keys, no spaces, times in UTC (cf. RFC 8785)."""
    row = {name: _plain(getattr(event, name)) for name in _CHAINED}
    return json.dumps(row, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def link(prev_hash: bytes, event: ConsentEvent) -> bytes:
    """Return the 32-byte link of an event to its predecessor."""
    return hmac.digest(derived("ledger-chain"), bytes(prev_hash) + canonical(event), hashlib.sha256)


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return str(value) if isinstance(value, str) else value
