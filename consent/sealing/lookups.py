"""Keyed hashes by which sealed values are found again without being read."""

import hashlib
import hmac
import unicodedata

from consent.sealing.keys import derived


def lookup(kind: str, value: str) -> bytes:
    """Return the 32-byte keyed hash (HMAC-SHA-256) of a value of one kind; equal values have equal hashes.

    Case and compatibility forms are folded, so that `Mia@Example.org` finds `mia@example.org`.
    """
    folded = unicodedata.normalize("NFKC", value).strip().casefold()
    return hmac.digest(derived("lookup"), f"{kind}\0{folded}".encode("utf-8", "surrogatepass"), hashlib.sha256)


def exact_lookup(kind: str, value: bytes) -> bytes:
    """Return the keyed hash of bytes that must match to the letter, such as a random token."""
    return hmac.digest(derived("lookup"), kind.encode() + b"\0" + value, hashlib.sha256)
