"""Sealed values as Python sees them: a data key that seals, and closed envelopes that carry their context."""

import struct
from dataclasses import dataclass, field
from datetime import datetime

from consent.sealing import cipher

_HEADER = struct.Struct(">BQ")
_FORMAT = 1
HEADER_BYTES = _HEADER.size


class Sealed(bytes):
    """Bytes that came out of `DataKey.seal` or a sealed column; a sealed column takes nothing else."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "<sealed>"

    @property
    def key_id(self) -> int:
        """Id of the key that opens these bytes."""
        version, key_id = _HEADER.unpack_from(self)
        if version != _FORMAT:
            raise cipher.CannotUnseal
        return int(key_id)


@dataclass(frozen=True)
class DataKey:
    """An unwrapped key in memory, for as long as one action lasts."""

    id: int
    person_id: int
    secret: bytes = field(repr=False)

    def seal(self, label: str, row_id: int, value: str | bytes) -> Sealed:
        """Seal a value for the column `label` of the row `row_id`."""
        plain = value.encode("utf-8") if isinstance(value, str) else value
        sealed = cipher.encrypt(self.secret, plain, cipher.associated(label, row_id))
        return Sealed(_HEADER.pack(_FORMAT, self.id) + sealed)

    def unseal(self, label: str, row_id: int, sealed: bytes) -> bytes:
        """Return the plain bytes, or raise CannotUnseal. Called by the one door only."""
        return cipher.decrypt(self.secret, sealed[_HEADER.size :], cipher.associated(label, row_id))


@dataclass(frozen=True, slots=True)
class Stamp:
    """Under what a row was collected: whose it is, which policy version, when."""

    person_id: int
    version: int
    collected_at: datetime


@dataclass(frozen=True, slots=True)
class Envelope:
    """A sealed column of one row. It has no method that opens it: only the access room's door does."""

    sealed: Sealed = field(repr=False)
    label: str
    row_id: int
    stamp: Stamp

    def __str__(self) -> str:
        return "<sealed>"

    __repr__ = __str__
