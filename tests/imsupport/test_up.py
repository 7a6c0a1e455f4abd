import contextlib
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from tests.architecture.source import ROOT
from tests.imsupport.starting import DEMO, environment
from tests.servers import free_port


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def up(tmp_path: Path, port: int) -> Iterator[psutil.Popen]:
    given = {**DEMO, "PORT": str(port), "BASE_URL": f"http://127.0.0.1:{port}", "LOG_LEVEL": "CRITICAL"}
    started = psutil.Popen(
        [sys.executable, "manage.py", "up"],
        cwd=ROOT,
        env=environment(tmp_path, given),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    family = [started]
    try:
        yield started
        family += started.children(recursive=True) if started.is_running() else []
    finally:
        for process in reversed(family):
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        started.wait(10)


def test_up_starts_web_and_worker_restarts_what_dies_and_stops_all_together(up: psutil.Popen, port: int) -> None:
    _until(lambda: _answers(port) and _named(up, "celery"))
    web, worker = _named(up, "granian")[0], _named(up, "celery")[0]

    left_behind = [*web.children(recursive=True), *worker.children(recursive=True)]

    for process in (web, worker):
        process.kill()
    _until(lambda: _named(up, "granian") not in ([], [web]) and _named(up, "celery") not in ([], [worker]))
    _until(lambda: _answers(port))

    assert psutil.wait_procs(left_behind, 5)[1] == []
    everything = up.children(recursive=True)
    up.send_signal(signal.SIGTERM)
    assert up.wait(20) == 0
    _gone, alive = psutil.wait_procs(everything, 5)
    assert alive == []


def test_up_takes_no_arguments() -> None:
    ran = subprocess.run(
        [sys.executable, "manage.py", "up", "now"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert ran.returncode == 1
    assert "takes no arguments" in ran.stderr


def test_the_runner_costs_no_framework() -> None:
    program = "import imsupport.up, sys; sys.exit('django' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 0


def _named(up: psutil.Popen, program: str) -> list[psutil.Process]:
    """Return the direct children that run a program; a dead one is no longer named."""
    found = []
    for child in up.children():
        with contextlib.suppress(psutil.Error):
            if child.status() != psutil.STATUS_ZOMBIE and any(program in part for part in child.cmdline()[:2]):
                found.append(child)
    return found


def _answers(port: int) -> bool:
    address = f"http://127.0.0.1:{port}/health/live"
    with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=2) as response:
        return bool(response.status == 200)
    return False


def _until(holds: Callable[[], object], seconds: float = 40) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "took too long"
        time.sleep(0.1)
