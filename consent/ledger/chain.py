"""The hash chain: each event carries an HMAC over itself and its predecessor, under a key outside the database."""

import hmac
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from consent.ledger.models import ConsentEvent
from consent.sealing.keys import derived

GENESIS = bytes(32)
CHAINED = (
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


def canonical(row: Sequence[Any]) -> bytes:
    """Return the bytes that a link covers, of the values of CHAINED: sorted keys, no spaces (cf. RFC 8785).

    Times are written as `written` does. Raises TypeError for a value that its column cannot hold.
    """
    number, seq, act, person, purpose, status, version, notice, language, channel, by, who, app, gpc, at, until = row
    if {type(number), type(seq), type(act), type(person), type(version)} != {int} or type(gpc) is not bool:
        raise TypeError("not a number")
    text = _text
    return (
        f'{{"act_id":{act},"app_id":{text(app)},"channel":{text(channel)},"expressed_by":{text(who)},'
        f'"gpc":{"true" if gpc else "false"},"id":{number},"indicated_by":{text(by)},"language":{text(language)},'
        f'"notice_sha256":{text(notice)},"occurred_at":{text(at)},"person_id":{person},"policy_version":{version},'
        f'"purpose":{text(purpose)},"seq":{seq},"status":{text(status)},'
        f'"valid_until":{"null" if until is None else text(until)}}}'
    ).encode()


def link(prev_hash: bytes, event: ConsentEvent) -> bytes:
    """Return the 32-byte link of an event to its predecessor."""
    return link_of_row(prev_hash, [_plain(getattr(event, name)) for name in CHAINED], derived("ledger-chain"))


def link_of_row(prev_hash: bytes, row: Sequence[Any], key: bytes) -> bytes:
    """Return the link by the values of CHAINED, as `canonical` takes them."""
    return hmac.digest(key, prev_hash + canonical(row), "sha256")


def written(moment: datetime) -> str:
    """Return a time as the chain has it, in UTC."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return written(value)
    return str(value) if isinstance(value, str) else value


def _text(value: str) -> str:
    """Return a text as JSON has it; a time differs in each row, most others are some few."""
    if type(value) is not str:
        raise TypeError("not a text")
    if value.isascii() and value.isprintable() and '"' not in value and "\\" not in value:
        return f'"{value}"'
    return json.dumps(value, ensure_ascii=False)
