"""The file that the processes of an embedded installation share: counts, and hints for the worker."""

import sqlite3
import threading

from django.conf import settings

_WAIT_SECONDS = 0.5
_TABLES = """
CREATE TABLE IF NOT EXISTS counts (key TEXT PRIMARY KEY, hits INTEGER NOT NULL, ends_at INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS messages (id INTEGER PRIMARY KEY, queue TEXT NOT NULL, body TEXT NOT NULL);
"""
_opened = threading.local()


def shared_file() -> sqlite3.Connection:
    """Return this thread's connection; what a power cut takes from this file is no loss."""
    path = str(settings.BROKER_FILE)
    kept: tuple[str, sqlite3.Connection] | None = getattr(_opened, "kept", None)
    if kept is not None and kept[0] == path:
        return kept[1]
    if kept is not None:
        kept[1].close()
    connection = sqlite3.connect(path, timeout=_WAIT_SECONDS, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = OFF")
    connection.executescript(_TABLES)
    _opened.kept = (path, connection)
    return connection
