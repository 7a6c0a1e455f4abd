"""The staff's undertaking: what staff promise before they see anybody's words."""

import hashlib
from functools import lru_cache
from pathlib import Path

_TEXTS = Path(__file__).parent / "undertakings"


@lru_cache(maxsize=4)
def text_of(version: int) -> str:
    """Return the words of a version."""
    return (_TEXTS / f"v{version}.en.txt").read_text("utf-8")


def hash_of(version: int) -> str:
    """Return the SHA-256 of the words of a version, in hexadecimal."""
    return hashlib.sha256(text_of(version).encode()).hexdigest()
