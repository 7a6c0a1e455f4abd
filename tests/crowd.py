"""People and tickets by the ten thousand, copied inside the database: for what must not grow with the tables."""

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import Model

from consent.ledger.models import ConsentState
from consent.people.models import Person
from feedback.tickets.keys import SEALED_COLUMNS
from feedback.tickets.models import Ticket

_BYTES = {"sqlite": "randomblob(32)", "postgresql": "sha256(n::text::bytea)"}
_STATE = "CASE n %% 10 WHEN 0 THEN 'new' WHEN 1 THEN 'open' WHEN 2 THEN 'waiting' ELSE 'solved' END"


def copy_people(person_id: int, count: int) -> None:
    """Copy a person and what they stand agreed to so many times; the fast table has them, the ledger has not."""
    state = {"id": "ROW_NUMBER() OVER ()", "person_id": "person_id - n"}
    with connection.cursor() as cursor:
        _copy(cursor, Person, {"id": "id - n"}, "id", person_id, range(1, count + 1))
        _copy(cursor, ConsentState, state, "person_id", person_id, range(1, count + 1))
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE consent_consentstate")


def copy_tickets(ticket: Ticket, count: int, *, after: int = 0, people: int = 1) -> None:
    """Copy a ticket so many times, with other references, states and ever earlier activity, and without its words.

    A sealed word opens in its own row only. `after` is how many copies there are already, `people` among how many of
    its person's copies they are spread.
    """
    made = {
        **dict.fromkeys(SEALED_COLUMNS, "NULL"),
        "id": "id - n",
        "ref": "'C' || n",
        "idempotency": _BYTES[connection.vendor],
        "state": _STATE,
        "activity_at": {"sqlite": "datetime(activity_at, '-' || n || ' seconds')"}.get(
            connection.vendor, "activity_at - n * interval '1 second'"
        ),
    }
    if people > 1:
        made["person_id"] = f"person_id - n %% {people}"
    with connection.cursor() as cursor:
        _copy(cursor, Ticket, made, "id", ticket.pk, range(after + 1, after + count + 1))
        if connection.vendor == "postgresql":
            # Its autovacuum does so by itself; in SQLite nothing ever counts the rows of an installation.
            cursor.execute("ANALYZE feedback_ticket")


def _copy(
    cursor: CursorWrapper, model: type[Model], made: dict[str, str], key: str, value: int, numbers: range
) -> None:
    """Insert copies of the rows with a key, each with its number `n`; `made` says which columns are made from it."""
    columns = [field.column for field in model._meta.local_concrete_fields if not field.generated]
    values = ", ".join(made.get(column, column) for column in columns)
    table = model._meta.db_table
    cursor.execute(
        "WITH RECURSIVE numbers(n) AS (SELECT CAST(%s AS integer) UNION ALL SELECT n + 1 FROM numbers WHERE n < %s)"
        f" INSERT INTO {table} ({', '.join(columns)}) SELECT {values} FROM {table}, numbers WHERE {key} = %s",
        [numbers[0], numbers[-1], value],
    )
