"""The sign of life of worker and scheduler together: a file that each swept outbox touches."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings

from imsupport import clock

STALE_AFTER = timedelta(seconds=60)


def beat() -> None:
    """Note that the scheduler asked and a worker answered."""
    _file().touch()


def silent_for() -> timedelta | None:
    """Return how long ago the last sign of life was, or None when there was never one."""
    try:
        touched = _file().stat().st_mtime
    except FileNotFoundError:
        return None
    return clock.now() - datetime.fromtimestamp(touched, UTC)


def _file() -> Path:
    return Path(settings.DATA_DIR) / "heartbeat"
