"""The doctor on an installation of its own, as an operator meets it, and each finding by itself."""

import os
import re
import secrets
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import run_checks
from django.db import DatabaseError, connection, connections

from consent.ledger.actions import Agreed
from feedback.management.commands.doctor import examine
from feedback.tickets.models import Team
from imsupport import clock
from imsupport.accounts.models import User
from tests.architecture.source import ROOT
from tests.imsupport.starting import EMBEDDED, environment
from tests.servers import free_port


def _found(starting: str) -> tuple[bool, str]:
    [finding] = [finding for finding in examine() if finding[1].startswith(starting)]
    return finding


def _manage(folder: Path, *command: str) -> tuple[int, list[str]]:
    given = environment(folder, {**EMBEDDED, "EMAIL_URL": f"smtp://127.0.0.1:{free_port()}"})
    program = [sys.executable, "manage.py", *command]
    ran = subprocess.run(program, cwd=ROOT, env=given, capture_output=True, text=True, check=False)
    assert "Traceback" not in ran.stderr, ran.stderr
    return ran.returncode, ran.stdout.splitlines()


def test_a_fresh_installation_is_told_what_to_do_and_after_setup_only_what_nobody_can_do_for_it(tmp_path: Path) -> None:
    folder = tmp_path / "data"

    code, before = _manage(folder, "doctor")
    assert code == 1
    assert "RED migrations: not applied to default, keys; run setup" in before
    assert not any("triggers" in line for line in before)

    assert _manage(folder, "setup") == (0, [])
    code, after = _manage(folder, "doctor")
    assert code == 1
    assert [re.sub(r":.*", "", line[4:]) for line in after if line.startswith("RED")] == [
        "operator facts",
        "team safety, for people who are harmed or threatened",
        "mail server",
        "worker and scheduler",
    ]
    assert {"ok  migrations: applied", "ok  append-only triggers: all there"} <= set(after)
    assert any(line.startswith("ok  disk: ") for line in after)
    assert "ok  data folder: not open to everybody on this machine" in after
    assert sum(line.startswith("ok  secret ") for line in after) == 3


def test_an_address_without_https_is_red_outside_the_demo(settings: Any) -> None:
    assert _found("address") == (True, f"address: {settings.BASE_URL} (demo; anything else needs https)")

    settings.DEMO = settings.IS_HTTPS = False
    assert not _found("address")[0]
    settings.IS_HTTPS = True
    assert _found("address")[0]


@pytest.mark.parametrize("alias", ["default", "keys"])
def test_a_database_that_is_away_is_red_and_the_rest_is_still_looked_at(
    alias: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> Iterator[None]:
        raise DatabaseError

    monkeypatch.setattr(connections[alias], "cursor", refuse)

    assert _found(f"database {alias}") == (False, f"database {alias}: not reachable")
    assert _found("migrations") == (False, f"migrations: unknown of {alias}")
    assert _found("mail server")[0]
    assert bool([line for _is_well, line in examine() if line.startswith("policy")]) == (alias == "keys")


def test_a_ring_that_does_not_open_what_is_stored_is_red(mia: Agreed, settings: Any) -> None:
    assert _found("key ring") == (True, "key ring: opens what is stored")

    settings.SEALING_KEYS = f"k1:{secrets.token_urlsafe(32)}"

    assert _found("key ring") == (False, "key ring: does not open what is stored")


def test_a_redis_that_is_away_is_red(settings: Any) -> None:
    settings.REDIS_URL = f"redis://127.0.0.1:{free_port()}/0"

    is_well, line = _found("broker")

    assert (is_well, line) == (False, "broker: Redis does not answer (ConnectionError)")


def test_a_clock_apart_from_the_databases_is_red() -> None:
    assert _found("clock")[0]
    with clock.set_to(clock.now() + timedelta(seconds=60)):
        is_well, line = _found("clock")

    assert not is_well
    assert re.fullmatch(r"clock: (59|60|61) s apart from the database's", line)


def test_no_policy_in_effect_is_red() -> None:
    assert _found("policy") == (True, "policy: version 1 in effect")

    with clock.set_to(clock.now() - timedelta(days=4000)):
        assert _found("policy") == (False, "policy: no version in effect")


def test_no_mail_server_is_red_outside_the_demo(settings: Any) -> None:
    assert _found("mail server") == (True, "mail server: none, the demo catches its mails")

    settings.DEMO = False

    assert _found("mail server") == (False, "mail server: none")


def test_a_data_folder_open_to_everybody_is_red(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    os.chmod(tmp_path, 0o755)
    assert not _found("data folder")[0]

    os.chmod(tmp_path, 0o750)
    assert _found("data folder")[0]


def test_a_role_that_could_switch_the_triggers_off_is_red_and_named_at_deployment() -> None:
    if connection.vendor != "postgresql":
        assert not [line for _is_well, line in examine() if line.startswith("database role")]
        assert _deployment("imsupport.W003") == []
        return
    assert not _found("database role")[0]
    assert _deployment("imsupport.W003") == ["the database role is a superuser or owns the ledger"]

    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE im_support_test_app; CREATE ROLE im_support_test_owner")
        cursor.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO im_support_test_app")
        cursor.execute("ALTER TABLE consent_consentevent OWNER TO im_support_test_owner")
        cursor.execute("GRANT SELECT ON consent_consentevent TO im_support_test_app")
        cursor.execute("SET LOCAL ROLE im_support_test_app")
    assert _found("database role") == (True, "database role: neither superuser nor owner of the ledger")
    assert _deployment("imsupport.W003") == []

    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("GRANT im_support_test_owner TO im_support_test_app")
        cursor.execute("SET LOCAL ROLE im_support_test_app")
    assert not _found("database role")[0]
    assert len(_deployment("imsupport.W003")) == 1


def test_a_missing_trigger_is_named_at_deployment() -> None:
    assert _deployment("imsupport.E002") == []
    on_table = " ON consent_consentevent" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER consent_consentevent_no_update{on_table}")

    assert _deployment("imsupport.E002") == ["the trigger consent_consentevent_no_update is missing"]


def test_a_database_that_is_away_at_deployment_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> Iterator[None]:
        raise DatabaseError

    monkeypatch.setattr(connection, "cursor", refuse)

    assert len(_deployment("imsupport.W004")) == 1


def _deployment(check_id: str) -> list[str]:
    return [str(found.msg) for found in run_checks(include_deployment_checks=True) if found.id == check_id]


def test_a_team_for_safety_without_agents_is_red(ada: User, max_: User) -> None:
    max_.teams.add(Team.objects.create(name="safety"))
    assert _found("team safety") == (
        False,
        "team safety, for people who are harmed or threatened: nobody is in it, so every agent reads new ones;"
        " run staff join EMAIL safety",
    )

    ada.teams.add(Team.objects.get(name="safety"))

    assert _found("team safety")[0]
