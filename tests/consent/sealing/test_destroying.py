"""What was destroyed is in none of the bytes of the embedded key store, not only out of its tables."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import ROOT
from tests.imsupport.starting import DEMO, environment, read_settings

PROGRAM = """
import json, sqlite3, sys
from pathlib import Path
import django; django.setup()
from django.conf import settings
from django.db import transaction
from consent.sealing.actions import clear_journal, destroy_keys, destroy_person_keys, make_data_keys, make_person_key
from consent.sealing.models import Key
from feedback.retention.tasks import sweep

store = Path(settings.DATABASES["keys"]["NAME"])
def raw(): return b"".join(Path(f"{store}{each}").read_bytes() for each in ("", "-wal"))
def left(wrapped): return sum(bytes(each) in raw() for each in wrapped)

people = [make_person_key(number) for number in range(1, 41)]
for person in people: make_data_keys(person.id, 5, person_key=person)
def of(**who): return list(Key.objects.filter(**who).values_list("wrapped", flat=True))
one, all_of_one, others = of(pk=Key.objects.filter(person_id=7).last().pk), of(person_id=9), of(person_id=11)
before = left(one + all_of_one + others)
reader = sqlite3.connect(store)
"""
ENDING = """
print(json.dumps([before, left(one), left(all_of_one), left(others), len(others)]))
"""


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("migrated")
    for alias in ("default", "keys"):
        migrate = [sys.executable, "manage.py", "migrate", "-v0", "--database", alias]
        subprocess.run(migrate, cwd=ROOT, env=environment(folder, DEMO), check=True)
    return folder


@pytest.fixture
def instance(migrated: Path, tmp_path: Path) -> dict[str, str]:
    shutil.copytree(migrated, tmp_path / "data")
    return environment(tmp_path / "data", {**DEMO, "DJANGO_SETTINGS_MODULE": "imsupport.settings"})


def _left(instance: dict[str, str], acts: str) -> list[int]:
    program = [sys.executable, "-c", PROGRAM + acts + ENDING]
    ran = subprocess.run(program, cwd=ROOT, env=instance, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    left: list[int] = json.loads(ran.stdout)
    return left


def test_destroyed_keys_are_in_no_byte_of_the_store(instance: dict[str, str]) -> None:
    acts = """
destroy_keys([Key.objects.filter(person_id=7).last().pk])
destroy_person_keys(9)
"""

    assert _left(instance, acts) == [13, 0, 0, 6, 6]


def test_a_transaction_around_it_is_waited_for(instance: dict[str, str]) -> None:
    acts = """
with transaction.atomic(using="keys"):
    destroy_person_keys(9)
    assert not clear_journal()
"""

    assert _left(instance, acts) == [13, 1, 0, 6, 6]


def test_a_reader_in_the_way_delays_it_to_the_next_sweep(instance: dict[str, str]) -> None:
    acts = """
reader.execute("BEGIN"); reader.execute("SELECT count(*) FROM consent_key").fetchone()
destroy_person_keys(9)
assert left(all_of_one) == 6
reader.rollback()
sweep()
"""

    assert _left(instance, acts) == [13, 1, 0, 6, 6]


def test_the_store_asks_for_it_whatever_its_library_was_built_with(tmp_path: Path) -> None:
    read = read_settings(tmp_path, DEMO, "s.DATABASES['keys']['OPTIONS']['init_command']")

    assert "PRAGMA secure_delete=ON;" in read.stdout
