import json
import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from imsupport.logs import Line, WithoutRequest
from tests.architecture.source import ROOT
from tests.imsupport.starting import DEMO, environment

WHOLE = """
import django
from django.conf import settings
settings.STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
django.setup()
import logging
from django.test import Client
client = Client(raise_request_exception=False)
client.get("/feedback/qanary-token/?q=qanary-query")
client.post("/feedback/", {"message": "qanary-body"}, headers={"host": "qanary.host.test"})
logging.getLogger("PIL.TiffImagePlugin").debug("tag: Make, value: qanary-camera")
try:
    raise ValueError("qanary-words of somebody")
except ValueError:
    logging.getLogger("imsupport.test").exception("ticket %s failed", 7)
"""


@pytest.fixture
def failed() -> Iterator[logging.LogRecord]:
    try:
        try:
            _quote("I have diabetes")
        except KeyError as error:
            raise RuntimeError("diabetes again") from error
    except RuntimeError:
        yield logging.LogRecord("imsupport.test", logging.ERROR, __file__, 1, "ticket %s", (7,), sys.exc_info())


def test_an_exception_is_its_types_and_places_and_none_of_its_text(failed: logging.LogRecord) -> None:
    line = json.loads(Line().format(failed))

    assert line["error"] == ["RuntimeError", "KeyError"]
    assert line["says"] == "ticket 7"
    assert any("test_logs.py" in place for place in line["where"])
    assert "diabetes" not in json.dumps(line)


@pytest.mark.parametrize("name", ["django.request", "django.security.csrf", "django.server"])
def test_the_frameworks_messages_lose_the_path_and_keep_the_route(name: str) -> None:
    record = logging.LogRecord(name, logging.WARNING, "", 1, "Not Found: %s", ("/feedback/secret/",), None)
    record.status_code = 404
    record.request = SimpleNamespace(resolver_match=SimpleNamespace(view_name="portal:ticket"))

    kept = WithoutRequest().filter(record)

    assert kept
    assert record.getMessage() == "answered 404 at portal:ticket"


def test_a_request_without_a_route_says_so() -> None:
    record = logging.LogRecord("django.request", logging.WARNING, "", 1, "Not Found: /secret", (), None)

    WithoutRequest().filter(record)

    assert record.getMessage() == "answered 400 at no route"


def test_at_the_loudest_level_nothing_of_a_request_or_a_picture_is_written(tmp_path: Path) -> None:
    given = {**DEMO, "LOG_LEVEL": "DEBUG", "DJANGO_SETTINGS_MODULE": "imsupport.settings"}
    ran = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", WHOLE],
        cwd=ROOT,
        env=environment(tmp_path, given),
        capture_output=True,
        text=True,
        check=True,
    )

    said = ran.stdout + ran.stderr
    lines = [json.loads(line) for line in said.splitlines()]
    assert "qanary" not in said
    assert {"ticket 7 failed"} <= {line["says"] for line in lines}
    assert any(line["says"].startswith("answered ") for line in lines)


def _quote(words: str) -> None:
    raise KeyError(words)
