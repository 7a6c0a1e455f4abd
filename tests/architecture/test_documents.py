"""The documents and what is handed to operators say what the code does."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from consent.ledger.triggers import APPEND_ONLY
from feedback.portal.entering import TOKEN_SECONDS
from imsupport.up import programs
from tests.architecture.source import ROOT

OPERATORS = (ROOT / "docs/operators.md").read_text("utf-8")
READ = re.compile(r"""(?:env\.\w+|flag|secret|_secret|environ\.get)\(\s*"([A-Z_]+)\"""")
UNUSED_YET = {"METRICS_TOKEN"}
UNITS = sorted((ROOT / "deploy").glob("*.service"))


def _variables() -> set[str]:
    sources = ("imsupport/settings.py", "imsupport/up.py", "feedback/management/commands/setup.py")
    return {name for source in sources for name in READ.findall((ROOT / source).read_text("utf-8"))}


def test_every_variable_is_in_the_operators_table_and_no_other() -> None:
    rows = [line.split("|")[1] for line in OPERATORS.splitlines() if line.startswith("| `")]
    told = {name for row in rows for name in re.findall(r"`([A-Z_]+)`", row)}

    assert told == _variables() - UNUSED_YET


def test_the_example_of_the_environment_names_known_variables_only() -> None:
    lines = (ROOT / "deploy/env.example").read_text("utf-8").splitlines()
    named = {line.split("=")[0].removesuffix("_FILE") for line in lines if line and not line.startswith("#")}

    assert named <= _variables()
    assert {"BASE_URL", "DATABASE_URL", "KEYS_DATABASE_URL", "SEALING_KEYS", "EMAIL_URL"} <= named


def test_the_proxy_lets_through_what_the_form_takes_and_logs_no_path() -> None:
    site = (ROOT / "deploy/nginx.conf").read_text("utf-8")
    megabytes = int(re.search(r"client_max_body_size (\d+)m", site)[1])  # type: ignore[index]

    assert megabytes * 1024 * 1024 >= settings.UPLOAD_BYTES_MAX
    assert "X-Forwarded-Proto $scheme" in site
    log_format = re.search(r"log_format .*", site)[0]  # type: ignore[index]
    assert not re.search(r"\$(request|request_uri|uri|args|http_referer|remote_addr)\b", log_format)
    assert "error_log" in site


@pytest.mark.parametrize("unit", UNITS, ids=[path.name for path in UNITS])
def test_a_unit_starts_what_up_starts(unit: Path) -> None:
    text = unit.read_text("utf-8").replace("\\\n", " ")
    command = re.search(r"^ExecStart=(.*)$", text, re.MULTILINE)[1].split()  # type: ignore[index]
    [program] = [each for each in programs() if Path(each.command[0]).name == Path(command[0]).name]

    flags = {part for part in program.command if part.startswith("--")}
    assert flags == {part for part in command if part.startswith("--")}
    assert command[-1] == program.command[-1]
    assert "Restart=always" in text
    assert "LimitCORE=0" in text


def test_the_roles_take_back_exactly_what_only_grows() -> None:
    statement = (ROOT / "deploy/append-only.sql").read_text("utf-8").split("REVOKE", 1)[1]

    assert set(re.findall(r"consent_\w+", statement)) == set(APPEND_ONLY)


def test_the_guide_for_host_apps_says_how_long_a_token_lives() -> None:
    assert f"at most {TOKEN_SECONDS} seconds ahead" in (ROOT / "docs/host-apps.md").read_text("utf-8")


@pytest.mark.parametrize(
    "name", ["README.md", "docs/house.md", "docs/operators.md", "docs/host-apps.md", "docs/decisions.md"]
)
def test_every_path_that_a_document_names_is_there(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    named = set(
        re.findall(r"`((?:imsupport|consent|feedback|templates|static|tests|docs|deploy|bench)/[\w./-]*)", text)
    )
    named |= {f"docs/{link}" if "/" not in link and name.startswith("docs/") else link for link in _links(text)}

    for path in sorted(named):
        assert (ROOT / path.replace("../", "").replace("docs/CHANGELOG", "CHANGELOG")).exists(), path


def _links(text: str) -> set[str]:
    return {link for link in re.findall(r"\]\(([^)#:]+)\)", text) if not link.startswith("..")}
