import os
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from consent.ledger.actions import Agreed
from consent.policies.models import OperatorFacts
from feedback.management.commands.doctor import examine
from feedback.outbox import heartbeat
from feedback.outbox.tasks import dispatch_due
from feedback.tickets.models import Team
from imsupport import clock
from imsupport.accounts.models import User
from tests.feedback.outbox.conftest import Write
from tests.servers import free_port


@pytest.fixture
def healthy(settings: Any, tmp_path: Path, ada: User) -> Path:
    settings.DATA_DIR = tmp_path
    folder = tmp_path / "secrets"
    folder.mkdir()
    secret = folder / "secret-key"
    secret.write_text("x")
    secret.chmod(0o600)
    now = clock.now()
    OperatorFacts.objects.create(
        app_name="IM Calling", name="IM", entered_by="test", entered_at=now, effective_from=now
    )
    ada.teams.add(Team.objects.create(name="safety"))
    dispatch_due()
    return secret


def red() -> list[str]:
    """What is red, but for the role: the suite's own one on PostgreSQL is a superuser."""
    return [line for is_well, line in examine() if not is_well and not line.startswith("database role")]


def test_the_outbox_command_names_every_state(mia: Agreed, write: Write, office: Any) -> None:
    write(mia)
    dispatch_due()
    said = StringIO()

    call_command("outbox", stdout=said)

    assert said.getvalue().splitlines()[:6] == [
        "due: 0",
        "sending: 0",
        "sent: 1",
        "failed: 0",
        "cancelled: 0",
        "oldest due: none",
    ]


def test_a_healthy_installation_has_nothing_red(healthy: Path) -> None:
    assert red() == []


def test_the_doctor_exits_with_an_error_when_something_is_red(healthy: Path) -> None:
    healthy.chmod(0o644)
    said = StringIO()

    with pytest.raises(CommandError, match="something is red"):
        call_command("doctor", stdout=said)

    assert "RED secret secret-key: readable by others too" in said.getvalue()


def test_a_worker_not_heard_of_is_red(healthy: Path) -> None:
    with clock.set_to(clock.now() + timedelta(seconds=61)):
        assert "worker and scheduler: not heard of for a minute on this host" in red()


def test_a_hint_is_no_sign_of_life_of_the_scheduler(healthy: Path, settings: Any) -> None:
    os.remove(Path(settings.DATA_DIR) / "heartbeat")

    dispatch_due(is_hint=True)

    assert heartbeat.silent_for() is None


def test_missing_facts_and_triggers_are_red(healthy: Path) -> None:
    OperatorFacts.objects.all().delete()
    on_table = " ON consent_consentevent" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER consent_consentevent_no_update{on_table}")

    found = red()

    assert "operator facts: entered at /manage/operator/" in found
    assert "append-only triggers: consent_consentevent_no_update" in found


def test_a_mail_server_that_does_not_answer_is_red(healthy: Path, settings: Any) -> None:
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()

    assert [line for line in red() if "does not answer" in line]


def test_mail_held_up_is_red(healthy: Path, mia: Agreed, write: Write) -> None:
    write(mia)

    with clock.set_to(clock.now() + timedelta(minutes=11)):
        assert [line for line in red() if "held up" in line]
