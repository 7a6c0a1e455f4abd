"""The key ring of the installation: what wraps persons' keys, and the keys derived from it for single uses."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class MalformedRing(Exception):
    """A key ring in the settings cannot be read."""


@dataclass(frozen=True)
class Ring:
    """Key-encryption keys by id; the active one seals, every one of them opens."""

    active_id: str
    keys: Mapping[str, bytes] = field(repr=False)

    @property
    def active(self) -> bytes:
        return self.keys[self.active_id]


def parse_ring(written: str) -> Ring:
    """Read `id:base64url,id:base64url`, newest first, each key 32 bytes.

    Raises MalformedRing when an entry has no id, is not base64url or has another length.
    """
    keys: dict[str, bytes] = {}
    for entry in filter(None, (part.strip() for part in written.split(","))):
        key_id, _, encoded = entry.partition(":")
        try:
            key = base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))
        except ValueError as error:
            raise MalformedRing(f"key {key_id!r} is not base64url") from error
        if not key_id or len(key) != 32:
            raise MalformedRing(f"key {key_id!r} needs an id and 32 bytes")
        keys[key_id] = key
    if not keys:
        raise MalformedRing("the ring is empty")
    return Ring(active_id=next(iter(keys)), keys=keys)


@lru_cache(maxsize=4)
def _parsed(written: str) -> Ring:
    return parse_ring(written)


def ring() -> Ring:
    """Return the ring of SEALING_KEYS."""
    return _parsed(settings.SEALING_KEYS)


@lru_cache(maxsize=32)
def _derive(written: str, use: str) -> bytes:
    oldest = list(_parsed(written).keys.values())[-1]
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"im-support/{use}".encode()).derive(oldest)


def derived(use: str) -> bytes:
    """Return the 32-byte key for one use (RFC 5869), derived from the oldest key of the ring.

    The oldest, so that rotating the ring changes neither look-ups nor the ledger's chain.
    """
    return _derive(settings.SEALING_KEYS, use)
