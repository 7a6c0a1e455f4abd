"""Primary keys made by the application: positive 63-bit integers that sort by time of creation."""

import secrets
import threading
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from imsupport import clock

if TYPE_CHECKING:
    _BigInteger = models.BigIntegerField[int, int]
else:
    _BigInteger = models.BigIntegerField

_RANDOM_BITS = 21
_lock = threading.Lock()
_last = 0


def new_id() -> int:
    """Return an id greater than every id this process made before it.

    Shape: 42 bits of milliseconds since 1970, then 21 random bits, so that rows of different
    processes interleave by time without asking the database for a sequence.
    """
    global _last
    fresh = id_at(clock.now()) | secrets.randbits(_RANDOM_BITS)
    with _lock:
        _last = fresh if fresh > _last else _last + 1 + secrets.randbits(6)
        return _last


class IdField(_BigInteger):
    """A primary key the application makes. On SQLite it is the row's own number, which saves an index a table.

    Only a key declared `integer` is that (SQLite, "Rowid Tables"); a `bigint` one has an index beside it.
    """

    def db_type(self, connection: BaseDatabaseWrapper) -> str | None:
        return "integer" if connection.vendor == "sqlite" else super().db_type(connection)


def id_at(moment: datetime) -> int:
    """Return the smallest id that a row created at `moment` can have."""
    return int(moment.timestamp() * 1000) << _RANDOM_BITS
