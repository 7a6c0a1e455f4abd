"""Inserting a new row by a statement that is built once per model; the ORM builds it anew for each row."""

from functools import lru_cache
from typing import Any

from django.db import connections, models, router


def insert(row: models.Model, *, unless_there: bool = False) -> bool:
    """Insert a row whose key the application made; return whether it was inserted.

    With `unless_there` a row that a unique constraint knows already is left alone and False returned. Signals are
    not sent: the house has none.
    """
    alias = router.db_for_write(type(row))
    connection = connections[alias]
    statement, fields = _statement(type(row), unless_there)
    values = [field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        inserted: bool = cursor.rowcount == 1
    row._state.adding, row._state.db = False, alias
    return inserted


@lru_cache(maxsize=64)
def _statement(model: type[models.Model], unless_there: bool) -> tuple[str, tuple[Any, ...]]:
    fields = tuple(field for field in model._meta.local_concrete_fields if not isinstance(field, models.AutoField))
    columns = ", ".join(f'"{field.column}"' for field in fields)
    places = ", ".join(["%s"] * len(fields))
    ending = " ON CONFLICT DO NOTHING" if unless_there else ""
    return f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES ({places}){ending}', fields  # noqa: S608
