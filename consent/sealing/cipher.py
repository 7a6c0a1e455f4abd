"""Authenticated encryption (AES-256-GCM, NIST SP 800-38D) with the place of the value bound in."""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE_BYTES = 12


class CannotUnseal(Exception):
    """The key is not the right one, or the sealed bytes or their place were changed."""


def associated(label: str, row_id: int) -> bytes:
    """Return the associated data of a value: its frozen label (room and field) and its row."""
    return f"{label}:{row_id}".encode()


def encrypt(key: bytes, plain: bytes, aad: bytes) -> bytes:
    """Return nonce and ciphertext; every call draws a fresh 96-bit nonce."""
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, aad)


def decrypt(key: bytes, sealed: bytes, aad: bytes) -> bytes:
    """Return the plain bytes, or raise CannotUnseal."""
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], aad)
    except (InvalidTag, ValueError) as error:
        raise CannotUnseal from error
