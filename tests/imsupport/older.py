"""Makes an installation as the first version did, with rows in every table, and says what is in it, table by table.

Run in a process of its own: `python -m tests.imsupport.older make|say`.
"""

import json
import sys
from datetime import UTC, datetime, timedelta
from typing import Any

import django

django.setup()

from django.apps import apps  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connections, models  # noqa: E402
from django.db.migrations.executor import MigrationExecutor  # noqa: E402

from consent.sealing.envelopes import Sealed  # noqa: E402
from consent.sealing.fields import SealedField  # noqa: E402

FIRST = {"accounts": "0001", "consent": "0002", "feedback": "0002"}
FROM, ROWS = 11, 3
_AT = datetime(2026, 1, 31, 12, 30, 15, 250_001, tzinfo=UTC)


def main(what: str) -> None:
    if what == "make":
        _make()
    print(json.dumps({alias: _rows(alias) for alias in connections}))


def _make() -> None:
    for alias in connections:
        for app, migration in FIRST.items():
            call_command("migrate", app, migration, database=alias, verbosity=0)
    loader = MigrationExecutor(connections["default"]).loader
    first = [key for key in loader.applied_migrations if key[0] in FIRST]
    then = loader.project_state(first).apps
    made: set[Any] = set()
    for now in apps.get_models(include_auto_created=True):
        names = now._meta.app_label, now._meta.object_name
        if names[0] in FIRST and names[1].lower() in then.all_models[names[0]]:
            _fill(then.get_model(*names), "keys" if getattr(now, "stored_in_keys", False) else "default", made)


def _fill(model: Any, alias: str, made: set[Any]) -> None:
    """Put rows into a table, after those that they point to."""
    if model in made:
        return
    made.add(model)
    fields = model._meta.local_concrete_fields
    for field in fields:
        if field.is_relation:
            _fill(field.related_model, alias, made)
    names, places = ", ".join(field.column for field in fields), ", ".join(["%s"] * len(fields))
    connection = connections[alias]
    with connection.cursor() as cursor:
        for number in range(FROM, FROM + ROWS):
            values = [field.get_db_prep_save(_value(field, number), connection) for field in fields]
            cursor.execute(f"INSERT INTO {model._meta.db_table} ({names}) VALUES ({places})", values)


def _value(field: Any, number: int) -> Any:
    """Return something that the column can hold, another one for each row."""
    if isinstance(field, SealedField):
        return Sealed(b"\x01" + number.to_bytes(8) + b"sealed")
    if isinstance(field, models.BooleanField):
        return bool(number % 2)
    if isinstance(field, models.DateTimeField):
        return _AT + timedelta(days=number)
    if isinstance(field, models.DateField):
        return (_AT + timedelta(days=number)).date()
    if isinstance(field, models.IntegerField | models.ForeignKey):
        return number
    if isinstance(field, models.JSONField):
        return [number]
    if isinstance(field, models.BinaryField):
        return bytes([number]) * 16
    return f"{field.column[:6]}{number}"[: field.max_length]


def _rows(alias: str) -> dict[str, list[dict[str, str]]]:
    """Return each table's rows as the database gives them."""
    connection, found = connections[alias], {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.split("_")[0] in FIRST:
                cursor.execute(f"SELECT * FROM {table}")
                names = [column[0] for column in cursor.description]
                rows = [dict(zip(names, map(_written, row), strict=True)) for row in cursor.fetchall()]
                found[table] = sorted(rows, key=repr)
    return found


def _written(value: object) -> str:
    return repr(bytes(value) if isinstance(value, memoryview) else value)


if __name__ == "__main__":
    main(sys.argv[1])
