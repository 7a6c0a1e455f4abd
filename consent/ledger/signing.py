"""Our signature on receipts and heads: Ed25519 (RFC 8032, 8037) under the ring of RECEIPT_KEYS."""

import base64
import json
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from joserfc import jws
from joserfc.jwk import OKPKey

from consent.sealing.keys import Ring, parse_ring

_ALGORITHM = "Ed25519"


def canonical_json(content: object) -> bytes:
    """Return sorted keys without spaces in UTF-8 (cf. RFC 8785); numbers must be integers below 2**53."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def sign(content: bytes) -> tuple[str, str]:
    """Return the active key's id and its signature on `content`, as 86 characters of base64url."""
    ring = _ring(settings.RECEIPT_KEYS)
    return ring.active_id, _encoded(Ed25519PrivateKey.from_private_bytes(ring.active).sign(content))


def is_signed(content: bytes, key_id: str, signature: str) -> bool:
    """Say whether the signature is one of our keys' on `content`, and written in its one canonical way."""
    key = _public_keys(settings.RECEIPT_KEYS).get(key_id)
    try:
        raw = base64.urlsafe_b64decode(signature + "=" * (-len(signature) % 4))
        if key is None or _encoded(raw) != signature:
            return False
        key.verify(raw, content)
    except (InvalidSignature, ValueError):
        return False
    return True


def sign_compact(content: bytes) -> str:
    """Return `content` as a compact JWS (RFC 7515) under the active key."""
    ring = _ring(settings.RECEIPT_KEYS)
    header = {"alg": _ALGORITHM, "kid": ring.active_id}
    own = {**_public_jwk(ring, ring.active_id), "d": _encoded(ring.active)}
    return jws.serialize_compact(header, content, OKPKey.import_key(own), algorithms=[_ALGORITHM])


def published_keys() -> list[dict[str, Any]]:
    """Return every public key, newest first, as JWK (RFC 7517) with its fingerprint (RFC 7638)."""
    ring = _ring(settings.RECEIPT_KEYS)
    jwks = (_public_jwk(ring, key_id) for key_id in ring.keys)
    return [
        {**jwk, "alg": _ALGORITHM, "use": "sig", "fingerprint": OKPKey.import_key(jwk).thumbprint()} for jwk in jwks
    ]


def _public_jwk(ring: Ring, key_id: str) -> dict[str, Any]:
    public = Ed25519PrivateKey.from_private_bytes(ring.keys[key_id]).public_key().public_bytes_raw()
    return {"kty": "OKP", "crv": "Ed25519", "kid": key_id, "x": _encoded(public)}


@lru_cache(maxsize=4)
def _ring(written: str) -> Ring:
    return parse_ring(written)


@lru_cache(maxsize=4)
def _public_keys(written: str) -> dict[str, Ed25519PublicKey]:
    keys = _ring(written).keys
    return {key_id: Ed25519PrivateKey.from_private_bytes(seed).public_key() for key_id, seed in keys.items()}


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
