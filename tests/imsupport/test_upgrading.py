import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.architecture.source import ROOT
from tests.imsupport.starting import DEMO, environment

_EXAMINE = """
import django; django.setup()
from django.apps import apps
from django.db import connections
from consent.ledger import triggers
connection = connections["default"]
connection.check_constraints()
print(triggers.missing(connection, triggers.stamped_tables(apps.get_models())))
"""
_FAIL = """
import django; django.setup()
from feedback.management.upgrade_copy import copied_while_migrating
with copied_while_migrating():
    raise SystemExit("a migration failed")
"""
_SERVED = ("REDIS_URL", "SECRET_KEY", "SEALING_KEYS", "RECEIPT_KEYS")


@pytest.fixture
def given(tmp_path: Path) -> Iterator[dict[str, str]]:
    """Give the environment of an installation of its own, on the engine of this run."""
    given = environment(tmp_path / "data", {**DEMO, "DJANGO_SETTINGS_MODULE": "imsupport.settings"})
    (tmp_path / "data").mkdir()
    server = os.environ.get("ENGINE_DATABASE_URL")
    if not server:
        yield given
        return
    names = [f"upgraded_{os.getpid()}", f"upgraded_{os.getpid()}_keys"]
    urls = [re.sub(r"/[^/?]+(\?|$)", rf"/{name}\1", server) for name in names]
    given |= {name: os.environ[name] for name in _SERVED}
    with psycopg.connect(server, autocommit=True) as connection:
        for name in names:
            connection.execute(f"CREATE DATABASE {name}")
        yield given | {"DATABASE_URL": urls[0], "KEYS_DATABASE_URL": urls[1]}
        for name in names:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _run(given: dict[str, str], *command: str) -> str:
    done = subprocess.run([sys.executable, *command], cwd=ROOT, env=given, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _older(given: dict[str, str], what: str) -> dict[str, Any]:
    return dict(json.loads(_run(given, "-m", "tests.imsupport.older", what)))


def _sealed_rows(path: Path) -> list[Any]:
    with closing(sqlite3.connect(path)) as copy:
        return copy.execute("SELECT * FROM feedback_message ORDER BY id").fetchall()


def test_an_installation_of_the_first_version_is_brought_up_to_date_with_every_row(given: dict[str, str]) -> None:
    before = _older(given, "make")

    _run(given, "manage.py", "setup")

    after = _older(given, "say")
    assert {len(rows) >= 3 for tables in before.values() for rows in tables.values() if rows} == {True}
    for alias, tables in before.items():
        for table, rows in tables.items():
            kept = [{name: row[name] for name in rows[0]} for row in after[alias][table]] if rows else []
            assert [row for row in rows if row not in kept] == [], table
    assert {row["released"] + row["by_hand"] for row in after["default"]["feedback_stripcount"]} == {"00"}
    assert _run(given, "-c", _EXAMINE).strip() == "[]"
    _run(given, "manage.py", "makemigrations", "--check", "--dry-run")


def test_an_embedded_database_is_copied_before_it_is_migrated(given: dict[str, str]) -> None:
    data = Path(given["DATA_DIR"])
    _older(given, "make")
    is_embedded = "DATABASE_URL" not in given
    before = _sealed_rows(data / "im-support.sqlite3") if is_embedded else []

    said = _run(given, "manage.py", "setup")
    said_again = _run(given, "manage.py", "setup")

    copies = list(data.glob("*.before-*"))
    # A server's operator makes the backup; of the keys none may stay behind, since keys are destroyed later.
    assert _copied(data) == ["im-support"] * is_embedded
    assert [_sealed_rows(copy) for copy in copies] == [before] * is_embedded
    assert [copy.stat().st_mode & 0o077 for copy in copies] == [0] * is_embedded
    assert said.count("before migrating") == 2 * is_embedded
    assert "before migrating" not in said_again


def test_when_a_migration_fails_the_copies_of_both_databases_stay_until_one_succeeds(given: dict[str, str]) -> None:
    data = Path(given["DATA_DIR"])
    _older(given, "make")

    failed = subprocess.run([sys.executable, "-c", _FAIL], cwd=ROOT, env=given, capture_output=True, check=False)

    is_embedded = "DATABASE_URL" not in given
    assert b"a migration failed" in failed.stderr
    assert _copied(data) == ["im-support", "keys"] * is_embedded
    _run(given, "manage.py", "setup")
    assert _copied(data) == ["im-support"] * is_embedded


def _copied(data: Path) -> list[str]:
    return sorted(copy.name.split(".")[0] for copy in data.glob("*.before-*"))
