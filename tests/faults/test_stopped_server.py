"""A server that is told to stop finishes what it was asked; only then it goes."""

import io
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psutil
import pytest
from PIL import Image

from tests.architecture.source import ROOT
from tests.faults.visitor import Visitor
from tests.imsupport.starting import DEMO, environment
from tests.imsupport.test_up import _answers, _killed_afterwards, _until
from tests.servers import free_port


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def up(folder: Path, port: int) -> Iterator[psutil.Popen]:
    given = environment(folder, {**DEMO, "PORT": str(port), "BASE_URL": f"http://127.0.0.1:{port}"})
    for act in (["migrate"], ["migrate", "--database", "keys"], ["collectstatic", "--no-input"]):
        subprocess.run([sys.executable, "manage.py", *act, "-v0"], cwd=ROOT, env=given, check=True)
    command = [sys.executable, "manage.py", "up"]
    started = psutil.Popen(command, cwd=ROOT, env=given, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with _killed_afterwards(started):
        _until(lambda: _answers(port))
        yield started


def test_words_on_their_way_when_the_server_is_stopped_are_kept_and_answered(
    up: psutil.Popen, port: int, folder: Path
) -> None:
    mia, answers = Visitor(f"http://127.0.0.1:{port}"), []
    mia.agree()
    form, pictures, before = mia.form("The heron button stays grey."), _slow_pictures(), _worked(up)
    sending = threading.Thread(target=lambda: answers.append(mia.post("/feedback/", form, pictures)))

    sending.start()
    _until(lambda: _worked(up) > before + 0.3)
    assert not answers, "it is to be stopped in the middle"
    up.send_signal(signal.SIGTERM)
    sending.join(30)

    assert up.wait(30) == 0
    [(status, onward)] = answers
    assert (status, "/feedback/sent/" in onward) == (302, True)
    with closing(sqlite3.connect(folder / "im-support.sqlite3")) as kept:
        assert kept.execute("SELECT count(*) FROM feedback_attachment").fetchone() == (len(pictures),)


def _slow_pictures() -> tuple[bytes, ...]:
    """Return pictures that take seconds to be drawn anew."""
    drawn = io.BytesIO()
    Image.new("RGBA", (5000, 5000)).save(drawn, "PNG", compress_level=1)
    return (drawn.getvalue(),) * 2


def _worked(up: psutil.Popen) -> float:
    """Return how many seconds the web server has computed."""
    servers = [child for child in up.children(recursive=True) if "granian" in " ".join(child.cmdline())]
    return sum(sum(server.cpu_times()[:2]) for server in servers)
