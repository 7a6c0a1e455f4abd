"""Making, opening and destroying keys. Key rows come first: each is committed before a row that uses it.

What every submission does is written out in SQL: building it by the ORM cost several times the query.
"""

import os
from collections.abc import Iterable
from typing import Any

from django.db import connections, router, transaction

from consent.sealing import cipher
from consent.sealing.envelopes import DataKey
from consent.sealing.keys import ring
from consent.sealing.models import DestroyedKey, Key
from imsupport import clock
from imsupport.ids import new_id

_LABEL = "key"
_WAIT_FOR_READERS_MS = 500


class KeyGone(Exception):
    """The person's key was destroyed: nothing new can be sealed for them, nothing old opened."""


def make_person_key(person_id: int) -> DataKey:
    """Make and store the key of a person, wrapped by the active key of the ring."""
    kek_id = ring().active_id
    secret = os.urandom(32)
    wrapped = cipher.encrypt(ring().active, secret, cipher.associated(_LABEL, person_id))
    Key.objects.create(id=person_id, person_id=person_id, ring_key=kek_id, wrapped=wrapped, created_at=clock.now())
    return DataKey(person_id, person_id, secret)


def open_person_key(person_id: int) -> DataKey:
    """Return the person's key; raise KeyGone when it was destroyed."""
    with connections[router.db_for_read(Key)].cursor() as cursor:
        cursor.execute("SELECT ring_key, wrapped FROM consent_key WHERE id = %s", [person_id])
        row = cursor.fetchone()
    if row is None:
        raise KeyGone
    return DataKey(person_id, person_id, _unwrap_by_ring(person_id, *row))


def make_data_keys(person_id: int, count: int = 1, *, person_key: DataKey | None = None) -> list[DataKey]:
    """Make data keys for messages and files of a person, in one statement; raise KeyGone without a person's key.

    A caller that has opened the person's key already hands it in and saves a query.
    """
    person_key = person_key or open_person_key(person_id)
    now = clock.now()
    made = [DataKey(new_id(), person_id, os.urandom(32)) for _ in range(count)]
    connection = connections[router.db_for_write(Key)]
    at = connection.ops.adapt_datetimefield_value(now)
    rows: list[Any] = []
    for key in made:
        wrapped = cipher.encrypt(person_key.secret, key.secret, cipher.associated(_LABEL, key.id))
        rows += [key.id, person_id, "", wrapped, at]
    places = ", ".join(["(%s, %s, %s, %s, %s)"] * len(made))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO consent_key (id, person_id, ring_key, wrapped, created_at) VALUES {places}",  # noqa: S608
            rows,
        )
    return made


def ring_opens_what_is_stored() -> bool:
    """Say whether the ring opens the first and the last person's key that is stored; true where none is."""
    wrapped = Key.objects.exclude(ring_key="").order_by("pk")
    for key in filter(None, (wrapped.first(), wrapped.last())):
        try:
            _unwrap_by_ring(key.pk, key.ring_key, key.wrapped)
        except (KeyError, cipher.CannotUnseal):
            return False
    return True


def open_keys(key_ids: Iterable[int]) -> dict[int, DataKey]:
    """Return the keys that still exist, by id, in one query. A missing id means: erased."""
    wanted = set(key_ids)
    if not wanted:
        return {}
    places = ",".join(["%s"] * len(wanted))
    with connections[router.db_for_read(Key)].cursor() as cursor:
        cursor.execute(
            "SELECT k.id, k.person_id, k.wrapped, p.ring_key, p.wrapped"  # noqa: S608  (only placeholders are joined)
            f" FROM consent_key k JOIN consent_key p ON p.id = k.person_id WHERE k.id IN ({places})",
            list(wanted),
        )
        rows = cursor.fetchall()
    persons: dict[int, bytes] = {}
    opened: dict[int, DataKey] = {}
    for key_id, person_id, wrapped, ring_key, person_wrapped in rows:
        if person_id not in persons:
            persons[person_id] = _unwrap_by_ring(person_id, ring_key, person_wrapped)
        secret = persons[person_id]
        if key_id != person_id:
            secret = cipher.decrypt(secret, bytes(wrapped), cipher.associated(_LABEL, key_id))
        opened[key_id] = DataKey(key_id, person_id, secret)
    return opened


def destroy_keys(key_ids: Iterable[int]) -> int:
    """Destroy keys for good and note that they were; return how many existed. Safe to repeat."""
    wanted, alias = set(key_ids), router.db_for_write(Key)
    now = clock.now()
    DestroyedKey.objects.bulk_create(
        (DestroyedKey(id=key_id, destroyed_at=now) for key_id in wanted), ignore_conflicts=True
    )
    destroyed = Key.objects.filter(pk__in=wanted).delete()[0]
    transaction.on_commit(clear_journal, using=alias)
    return destroyed


def destroy_person_keys(person_id: int) -> int:
    """Destroy a person's key and every data key under it; return how many existed. Safe to repeat."""
    owned = Key.objects.filter(person_id=person_id).values_list("pk", flat=True)
    return destroy_keys([person_id, *owned])


def clear_journal() -> bool:
    """Take what was destroyed out of the journal of an embedded store; return whether that was done.

    Inside a transaction, and while a reader still looks at the time before, it cannot be: the next sweep does it.
    """
    connection = connections[router.db_for_write(Key)]
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return False
    with connection.cursor() as cursor:
        [patience] = cursor.execute("PRAGMA busy_timeout").fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {_WAIT_FOR_READERS_MS}")
        try:
            [is_busy, *_pages] = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {patience}")
    return not is_busy


def _unwrap_by_ring(person_id: int, kek_id: str, wrapped: bytes | memoryview) -> bytes:
    return cipher.decrypt(ring().keys[kek_id], bytes(wrapped), cipher.associated(_LABEL, person_id))
