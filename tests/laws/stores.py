"""All that is stored, as a thief would read it, and all that still opens, as the keys would have it."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, connections

from consent.access.actors import SYSTEM
from consent.access.door import Look, read
from consent.access.models import AccessEvent
from consent.purposes import Purpose
from feedback.retention.strays import sealed_columns
from feedback.tickets.files import content_of
from feedback.tickets.models import Attachment

Copy = dict[tuple[type[Any], int], dict[str, bytes]]


def everything_stored() -> str:
    """Return every column of every table of both databases, and every file with its name."""
    parts = []
    for alias in ("default", "keys"):
        with connections[alias].cursor() as cursor:
            for table in connections[alias].introspection.table_names(cursor):
                cursor.execute(f'SELECT * FROM "{table}"')
                parts += [_plain(value) for row in cursor.fetchall() for value in row]
    parts += [path.read_bytes().decode("latin-1") for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    parts += [path.name for path in Path(settings.MEDIA_ROOT).rglob("*")]
    return "\n".join(parts)


def everything_that_opens() -> str:
    """Open every sealed column and file whose key there is."""
    envelopes = [getattr(row, name) for model, row, names in _sealed_rows() for name in names]
    envelopes += [content_of(file) for file in Attachment._base_manager.all()]
    reading = read(envelopes, look=Look(SYSTEM, Purpose.RIGHTS, AccessEvent.Act.EXPORTED, "test"))
    return "\n".join(filter(None, (reading.text(envelope) for envelope in envelopes)))


def copied() -> Copy:
    """Return what every sealed column holds."""
    return {
        (model, row.pk): {name: bytes(value.sealed) for name in names if (value := getattr(row, name))}
        for model, row, names in _sealed_rows()
    }


def restored(copy: Copy) -> None:
    """Put the sealed columns back as they were, past everything that Django would refuse."""
    with connection.cursor() as cursor:
        for (model, row_id), columns in copy.items():
            for column, sealed in columns.items():
                cursor.execute(f"UPDATE {model._meta.db_table} SET {column} = %s WHERE id = %s", [sealed, row_id])


def _sealed_rows() -> list[tuple[type[Any], Any, list[str]]]:
    return [(model, row, names) for model, names in sealed_columns().items() for row in model._base_manager.all()]


def _plain(value: object) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("latin-1")
    return json.dumps(value, default=str)
