"""The embedded broker: a transport of Celery's messages over a table of the shared file.

The one that comes with kombu keeps what was consumed for ever, and costs each process the 25 MB of an ORM.
"""

import sqlite3
from queue import Empty
from typing import Any

from kombu.transport import TRANSPORT_ALIASES, virtual
from kombu.utils.json import dumps, loads

from imsupport.shared_file import shared_file


class Channel(virtual.Channel):
    """Queues by name; each message is handed out once, the oldest first."""

    def _put(self, queue: str, message: dict[str, Any], **options: Any) -> None:
        shared_file().execute("INSERT INTO messages (queue, body) VALUES (?, ?)", [queue, dumps(message)])

    def _get(self, queue: str, timeout: float | None = None) -> Any:
        # One statement, so that two workers never get the same message.
        taken = shared_file().execute(
            "DELETE FROM messages WHERE id = (SELECT min(id) FROM messages WHERE queue = ?) RETURNING body", [queue]
        )
        rows = taken.fetchall()
        if not rows:
            raise Empty
        return loads(rows[0][0])

    def _size(self, queue: str) -> int:
        [count] = shared_file().execute("SELECT count(*) FROM messages WHERE queue = ?", [queue]).fetchone()
        return int(count)

    def _purge(self, queue: str) -> int:
        return shared_file().execute("DELETE FROM messages WHERE queue = ?", [queue]).rowcount


class Transport(virtual.Transport):
    """What `embedded://` stands for."""

    Channel = Channel
    driver_type = driver_name = "sqlite3"
    can_parse_url = False
    default_port = 0
    connection_errors = (*virtual.Transport.connection_errors, sqlite3.OperationalError)

    def driver_version(self) -> str:
        return sqlite3.sqlite_version


TRANSPORT_ALIASES["embedded"] = f"{__name__}:Transport"
