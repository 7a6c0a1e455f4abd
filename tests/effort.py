"""What the databases do for some piece of work: steps of SQLite's machine, or rows that PostgreSQL reads."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections

LITTLE = {"sqlite": 40_000, "postgresql": 4_000}
"""Less than reading ten thousand rows takes, from a table or from an index; a page or a task needs far less."""
_STEPS = 100
_READ = (
    "SELECT coalesce(sum(pg_stat_get_xact_tuples_returned(oid)), 0) FROM pg_class"
    " WHERE relkind IN ('r', 'i') AND relnamespace = 'public'::regnamespace"
)


@contextmanager
def effort() -> Iterator[list[int]]:
    """Yield a list that afterwards holds how much both databases did; needs the transaction of a test."""
    spent: list[int] = []
    before = [_begin(connection) for connection in connections.all()]
    yield spent
    spent.append(sum(_end(connection, at) for connection, at in zip(connections.all(), before, strict=True)))


def _begin(connection: Any) -> Any:
    if connection.vendor == "postgresql":
        return _rows_read(connection)
    connection.ensure_connection()
    passed: list[int] = []
    connection.connection.set_progress_handler(lambda: passed.append(_STEPS), _STEPS)
    return passed


def _end(connection: Any, at: Any) -> int:
    if connection.vendor == "postgresql":
        return _rows_read(connection) - int(at)
    connection.connection.set_progress_handler(None, 0)
    return sum(at)


def _rows_read(connection: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_READ)
        return int(cursor.fetchone()[0])
