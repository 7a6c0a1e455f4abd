"""The one clock of the house."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

_ahead = timedelta(0)


def now() -> datetime:
    """Return the time, aware, in UTC."""
    return datetime.now(UTC) + _ahead


@contextmanager
def set_to(moment: datetime) -> Iterator[None]:
    """Let the clock run from `moment`; for demo histories, in a process that does nothing else meanwhile."""
    global _ahead
    before, _ahead = _ahead, moment - datetime.now(UTC)
    try:
        yield
    finally:
        _ahead = before
