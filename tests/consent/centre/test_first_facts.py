from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from consent.centre.first_facts import UnreadableFacts, enter_first_facts
from consent.policies.models import OperatorFacts

FACTS = """
app_name = "Tin Can"
name = "Tin Can Ltd"
postal_address = "1 Quay, Hamburg"
contact = "privacy@tincan.example"
authority = "The Commissioner"
storage_place = "Germany"
processors = "Nobody"
retention_months = 12
"""


@pytest.fixture
def written(tmp_path: Path) -> Path:
    OperatorFacts.objects.all().delete()
    path = tmp_path / "operator.toml"
    path.write_text(FACTS, "utf-8")
    return path


def test_the_file_opens_the_agreement_on_the_first_start(written: Path, client: Client, settings: Any) -> None:
    settings.DEMO = False
    assert client.get("/consent/").status_code == 503

    assert enter_first_facts(written)

    assert "Tin Can Ltd" in client.get("/consent/").content.decode()


def test_a_later_start_changes_nothing(written: Path) -> None:
    enter_first_facts(written)
    written.write_text(FACTS.replace("Germany", "The moon"), "utf-8")

    assert not enter_first_facts(written)
    assert [facts.storage_place for facts in OperatorFacts.objects.all()] == ["Germany"]


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (("storage_place = ", "# "), "storage_place"),
        (("retention_months = 12", 'retention_months = "long"'), "retention_months"),
        (("processors", "procesors"), "procesors"),
        (('name = "Tin Can Ltd"', "name = "), "TOML"),
    ],
)
def test_what_is_missing_or_wrong_is_named_and_nothing_kept(written: Path, change: tuple[str, str], named: str) -> None:
    written.write_text(FACTS.replace(*change), "utf-8")

    with pytest.raises(UnreadableFacts, match=named):
        enter_first_facts(written)
    assert not OperatorFacts.objects.exists()


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    OperatorFacts.objects.all().delete()

    with pytest.raises(UnreadableFacts):
        enter_first_facts(tmp_path / "nowhere.toml")


def test_setup_reads_the_file(written: Path, settings: Any) -> None:
    settings.DEMO, settings.OPERATOR_FILE = False, str(written)

    call_command("setup")

    assert OperatorFacts.objects.get().name == "Tin Can Ltd"


def test_setup_says_in_one_line_what_is_wrong(written: Path, settings: Any) -> None:
    settings.DEMO, settings.OPERATOR_FILE = False, str(written)
    written.write_text("name = 3", "utf-8")

    with pytest.raises(CommandError, match="OPERATOR_FILE"):
        call_command("setup")
