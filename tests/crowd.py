"""Tickets by the ten thousand, copied inside the database: for what must not grow with the size of the tables."""

from django.db import connection

from feedback.tickets.keys import SEALED_COLUMNS
from feedback.tickets.models import Ticket

_BYTES = {"sqlite": "randomblob(32)", "postgresql": "sha256(n::text::bytea)"}
_STATE = "CASE n %% 10 WHEN 0 THEN 'new' WHEN 1 THEN 'open' WHEN 2 THEN 'waiting' ELSE 'solved' END"


def copy_tickets(ticket: Ticket, count: int, *, after: int = 0) -> None:
    """Copy a ticket so many times, with other references, states and ever earlier activity, and without its words.

    A sealed word opens in its own row only. `after` is how many copies there are already.
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
    columns = [field.column for field in Ticket._meta.local_concrete_fields if not field.generated]
    values = ", ".join(made.get(column, column) for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH RECURSIVE numbers(n) AS (SELECT CAST(%s AS integer) UNION ALL SELECT n + 1 FROM numbers WHERE n < %s)"
            f" INSERT INTO feedback_ticket ({', '.join(columns)})"
            f" SELECT {values} FROM feedback_ticket, numbers WHERE id = %s",
            [after + 1, after + count, ticket.pk],
        )
        if connection.vendor == "postgresql":
            # Its autovacuum does so by itself; in SQLite nothing ever counts the rows of an installation.
            cursor.execute("ANALYZE feedback_ticket")
