"""The signed value that binds an anonymous person: in a host-only cookie, or in the form without one."""

import base64
import hashlib
import hmac
import secrets

from consent.sealing.keys import derived
from consent.sealing.lookups import exact_lookup

_TOKEN_BYTES = 16
_SIGNATURE_BYTES = 16
REFUSED = "no"


def new_token() -> bytes:
    """Return a fresh random token of 128 bits."""
    return secrets.token_bytes(_TOKEN_BYTES)


def signed(token: bytes) -> str:
    """Return the token with its signature, as 43 characters of base64url."""
    return base64.urlsafe_b64encode(token + _signature(token)).rstrip(b"=").decode()


def read(written: str) -> bytes | None:
    """Return the token, or None when the value is not one of ours to the letter."""
    if len(written) != 43:
        return None
    try:
        raw = base64.urlsafe_b64decode(written + "=")
    except ValueError:
        return None
    token = raw[:_TOKEN_BYTES]
    genuine = len(raw) == _TOKEN_BYTES + _SIGNATURE_BYTES and hmac.compare_digest(signed(token), written)
    return token if genuine else None


def token_lookup(token: bytes) -> bytes:
    """Return the keyed hash under which the server keeps the token."""
    return exact_lookup("cookie", token)


def _signature(token: bytes) -> bytes:
    return hmac.digest(derived("cookie"), token, hashlib.sha256)[:_SIGNATURE_BYTES]
