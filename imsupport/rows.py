"""Inserting a new row by a statement that is built once per model; the ORM builds it anew for each row."""

from functools import lru_cache
from typing import Any

from django.db import connections, models, router

_PLAIN_FIELDS = (models.CharField, models.IntegerField, models.ForeignKey)
_PLAIN_TYPES = frozenset({str, int})
"""What these fields hold as these types goes to either database as it is; asking each field cost more than the row."""


def insert(row: models.Model, *, unless_there: bool = False) -> bool:
    """Insert a row whose key the application made; return whether it was inserted.

    With `unless_there` a row that a unique constraint knows already is left alone and False returned. Signals are
    not sent: the house has none.
    """
    alias = router.db_for_write(type(row))
    connection = connections[alias]
    statement, fields = _statement(type(row), unless_there)
    values = []
    for field, is_plain in fields:
        value = field.pre_save(row, True)
        is_ready = value is None or (is_plain and type(value) in _PLAIN_TYPES)
        values.append(value if is_ready else field.get_db_prep_save(value, connection))
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        inserted: bool = cursor.rowcount == 1
    row._state.adding, row._state.db = False, alias
    return inserted


@lru_cache(maxsize=64)
def _statement(model: type[models.Model], unless_there: bool) -> tuple[str, tuple[tuple[Any, bool], ...]]:
    fields = tuple(
        field
        for field in model._meta.local_concrete_fields
        if not isinstance(field, models.AutoField | models.GeneratedField)
    )
    columns = ", ".join(f'"{field.column}"' for field in fields)
    places = ", ".join(["%s"] * len(fields))
    ending = " ON CONFLICT DO NOTHING" if unless_there else ""
    return f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES ({places}){ending}', tuple(  # noqa: S608
        (field, isinstance(field, _PLAIN_FIELDS)) for field in fields
    )
