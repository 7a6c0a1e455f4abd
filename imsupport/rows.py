"""Inserting a new row by a statement that is built once per model; the ORM builds it anew for each row."""

from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any

from django.db import connections, models, router
from django.db.models.fields import Field

Adapt = Callable[[Any], Any]


def insert(row: models.Model, *, unless_there: bool = False) -> bool:
    """Insert a row whose key the application made; return whether it was inserted.

    With `unless_there` a row that a unique constraint knows already is left alone and False returned. Signals are
    not sent: the house has none.
    """
    alias = router.db_for_write(type(row))
    statement, columns = _statement(type(row), alias, unless_there)
    held = row.__dict__
    values = [None if held[name] is None else adapt(held[name]) for name, adapt in columns]
    with connections[alias].cursor() as cursor:
        cursor.execute(statement, values)
        inserted: bool = cursor.rowcount == 1
    row._state.adding, row._state.db = False, alias
    return inserted


@lru_cache(maxsize=64)
def _statement(model: type[models.Model], alias: str, unless_there: bool) -> tuple[str, tuple[tuple[str, Adapt], ...]]:
    fields = [
        field
        for field in model._meta.local_concrete_fields
        if not isinstance(field, models.AutoField | models.GeneratedField)
    ]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    places = ", ".join(["%s"] * len(fields))
    ending = " ON CONFLICT DO NOTHING" if unless_there else ""
    statement = f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES ({places}){ending}'  # noqa: S608
    return statement, tuple((field.attname, _adapter(field, alias)) for field in fields)


def _adapter(field: "Field[Any, Any]", alias: str) -> Adapt:
    """Return what makes a value of the field ready for its database; the common ones ask no field, which is slow."""
    if isinstance(field, models.ForeignKey):
        return _adapter(field.target_field, alias)
    for kind, adapt in ((models.CharField, str), (models.IntegerField, int), (models.BooleanField, bool)):
        if isinstance(field, kind):
            return adapt
    ops = connections[alias].ops
    if isinstance(field, models.DateTimeField):
        return ops.adapt_datetimefield_value
    # Any thread may use it: of the connection only what its kind of database can do is asked.
    return partial(field.get_db_prep_save, connection=connections[alias])
