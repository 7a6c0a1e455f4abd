"""Shared counts, such as limits need: in Redis, else in a table of the shared file, never in one process alone.

What is counted is named by keyed hashes, so that no address and no person stands here. A count that cannot be
read is nought: a limit must never keep anybody out because its store is away.
"""

import logging
import sqlite3
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from django.conf import settings

from imsupport import clock
from imsupport.shared_file import shared_file

log = logging.getLogger("imsupport.counts")
PREFIX = "count:"


def hit(key: str, seconds: int) -> int:
    """Count one more under `key` in the present stretch of so many seconds; return how many it now has."""
    return hit_each([key], seconds)[0]


def hit_each(keys: Sequence[str], seconds: int) -> list[int]:
    """Count one more under each of several different keys, in one round trip; return how many each now has."""
    period, ends_at = _period(seconds)
    names = [f"{PREFIX}{seconds}:{period}:{key}" for key in keys]
    if settings.REDIS_URL:
        counted: list[int] = _redis_counts().hit_each(names, seconds)
        return counted
    try:
        return _hit_file(names, ends_at)
    except sqlite3.Error as error:
        log.warning("a count was not kept: %s", type(error).__name__)
        return [0] * len(names)


def hits_of(key: str, seconds: int) -> int:
    """Return how many `key` has in the present stretch, without counting."""
    name = f"{PREFIX}{seconds}:{_period(seconds)[0]}:{key}"
    if settings.REDIS_URL:
        return int(_redis_counts().hits_of(name))
    try:
        row = shared_file().execute("SELECT hits FROM counts WHERE key = ?", [name]).fetchone()
    except sqlite3.Error as error:
        log.warning("a count was not read: %s", type(error).__name__)
        return 0
    return row[0] if row else 0


def forget_past() -> None:
    """Delete the counts of stretches that are over; Redis does so by itself."""
    if not settings.REDIS_URL:
        shared_file().execute("DELETE FROM counts WHERE ends_at < ?", [int(clock.now().timestamp())])


def _period(seconds: int) -> tuple[int, int]:
    period = int(clock.now().timestamp()) // seconds
    return period, (period + 1) * seconds


def _redis_counts() -> Any:
    return import_module("imsupport.redis_counts")


def _hit_file(names: list[str], ends_at: int) -> list[int]:
    places = ", ".join(["(?, 1, ?)"] * len(names))
    rows = shared_file().execute(
        f"INSERT INTO counts (key, hits, ends_at) VALUES {places}"  # noqa: S608  (only placeholders are joined)
        " ON CONFLICT (key) DO UPDATE SET hits = hits + 1 RETURNING key, hits",
        [value for name in names for value in (name, ends_at)],
    )
    found = dict(rows.fetchall())
    return [found[name] for name in names]
