"""A copy of the embedded databases for as long as they are migrated, so that an upgrade that fails can be undone."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor

from imsupport import clock


@contextmanager
def copied_while_migrating() -> Iterator[list[Path]]:
    """Copy each embedded database that is older than this version; yield the copies.

    When all went well, that of the keys goes at once, because it would outlive keys that are destroyed, and of the
    sealed rows the newest copy is kept. When not, all are left.
    """
    copies = {alias: _copy(connections[alias]) for alias in connections if _is_older(connections[alias])}
    yield list(copies.values())
    for alias, kept in copies.items():
        for copy in _copies_of(Path(connections[alias].settings_dict["NAME"])):
            if alias == "keys" or copy != kept:
                copy.unlink(missing_ok=True)


def _is_older(connection: BaseDatabaseWrapper) -> bool:
    """Say whether an embedded database was made by an earlier version."""
    if connection.vendor != "sqlite" or not Path(connection.settings_dict["NAME"]).exists():
        return False
    executor = MigrationExecutor(connection)
    is_fresh = not executor.loader.applied_migrations
    return not is_fresh and bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _copy(connection: BaseDatabaseWrapper) -> Path:
    path = Path(connection.settings_dict["NAME"])
    copy = path.with_name(f"{path.stem}.before-{clock.now():%Y%m%d-%H%M%S-%f}.sqlite3")
    copy.touch(mode=0o600)
    connection.ensure_connection()
    with closing(sqlite3.connect(copy)) as target:
        connection.connection.backup(target)
    return copy


def _copies_of(path: Path) -> list[Path]:
    return sorted(path.parent.glob(f"{path.stem}.before-*.sqlite3"))
