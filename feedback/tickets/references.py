"""References that people can read aloud, and the unguessable tokens that open a ticket."""

import base64
import hashlib
import hmac
import secrets

from consent.sealing.keys import derived

_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 7
_MAC_BYTES = 18


def new_reference() -> str:
    """Return a fresh reference such as `IM-7K3QX2M`: 30^7 of them, without letters that look alike."""
    return "IM-" + "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))


def normalised(written: str) -> str:
    """Return a reference as kept, from one typed by hand."""
    letters = "".join(written.upper().split()).removeprefix("IM").lstrip("-")
    return "IM-" + letters


def token_for(ticket_id: int, generation: int) -> str:
    """Return the bearer token of a ticket: its id and an HMAC over id and generation; stored nowhere."""
    head = ticket_id.to_bytes(8)
    return base64.urlsafe_b64encode(head + _mac(head, generation)).rstrip(b"=").decode()


def ticket_of(token: str) -> int | None:
    """Return the id that a token claims; `is_genuine` then says whether to believe it."""
    raw = _decoded(token)
    return int.from_bytes(raw[:8]) if len(raw) == 8 + _MAC_BYTES else None


def is_genuine(token: str, generation: int) -> bool:
    """Say whether the token belongs to the present generation of its ticket."""
    raw = _decoded(token)
    genuine = raw[:8] + _mac(raw[:8], generation)
    return hmac.compare_digest(raw, genuine) and token == base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _decoded(token: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except ValueError:
        return b""


def _mac(head: bytes, generation: int) -> bytes:
    return hmac.digest(derived("ticket-token"), head + generation.to_bytes(2), hashlib.sha256)[:_MAC_BYTES]
