import contextlib
import os
import pty
import signal
import socket
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
def given(tmp_path: Path, port: int) -> dict[str, str]:
    address = {"PORT": str(port), "BASE_URL": f"http://127.0.0.1:{port}"}
    return environment(tmp_path / "data", {**DEMO, **address, "LOG_LEVEL": "CRITICAL"})


@pytest.fixture
def up(given: dict[str, str]) -> Iterator[psutil.Popen]:
    command = [sys.executable, "manage.py", "up"]
    started = psutil.Popen(command, cwd=ROOT, env=given, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with _killed_afterwards(started):
        yield started


@pytest.fixture
def terminal(given: dict[str, str]) -> Iterator[tuple[psutil.Process, int]]:
    """Start it in a terminal of its own, and hand out the end that the terminal's window holds."""
    pid, window = pty.fork()
    if pid == 0:
        os.chdir(ROOT)
        os.execve(sys.executable, [sys.executable, "manage.py", "up"], given)
    started = psutil.Process(pid)
    with _killed_afterwards(started):
        yield started, window


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


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGHUP, signal.SIGKILL])
def test_however_up_ends_nothing_of_it_goes_on(up: psutil.Popen, port: int, how: signal.Signals) -> None:
    _until(lambda: _answers(port) and _named(up, "celery"))
    everything = up.children(recursive=True)

    up.send_signal(how)

    assert up.wait(20) == (-signal.SIGKILL if how is signal.SIGKILL else 0)
    assert psutil.wait_procs(everything, 15)[1] == []
    assert not _answers(port)


def test_closing_the_terminal_ends_everything(terminal: tuple[psutil.Process, int], port: int) -> None:
    up, window = terminal
    _until(lambda: _answers(port) and _named(up, "celery"))
    everything = up.children(recursive=True)

    os.close(window)

    assert psutil.wait_procs([up, *everything], 20)[1] == []
    assert not _answers(port)


def test_who_started_it_to_outlive_the_terminal_keeps_it(given: dict[str, str], port: int) -> None:
    command = ["nohup", sys.executable, "manage.py", "up"]
    up = psutil.Popen(command, cwd=ROOT, env=given, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with _killed_afterwards(up):
        _until(lambda: _answers(port))

        up.send_signal(signal.SIGHUP)

        time.sleep(1)
        assert up.is_running()
        assert _answers(port)


def test_output_that_nobody_reads_any_more_stops_nothing(given: dict[str, str], port: int) -> None:
    reading, writing = os.pipe()
    command = [sys.executable, "manage.py", "up"]
    up = psutil.Popen(command, cwd=ROOT, env=given, stdout=writing, stderr=subprocess.DEVNULL)
    os.close(writing)
    os.close(reading)
    with _killed_afterwards(up):
        _until(lambda: _answers(port) and _named(up, "celery"))

        _named(up, "granian")[0].kill()

        _until(lambda: not _answers(port))
        _until(lambda: _answers(port))


def test_a_taken_port_is_named_before_anything_starts(given: dict[str, str], port: int) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()

        refused = _refused(given)

    assert refused == f"port {port} of 127.0.0.1 is taken already; stop what listens there, or set PORT to another\n"


def test_a_second_up_is_refused_by_its_port_and_by_its_folder(given: dict[str, str], up: psutil.Popen) -> None:
    folder, port = given["DATA_DIR"], given["PORT"]
    _until(lambda: _answers(int(port)))

    by_port = _refused({**given, "DATA_DIR": folder + "-of-another"})
    by_folder = _refused({**given, "PORT": str(free_port())})

    assert f"port {port} of 127.0.0.1 is taken already" in by_port
    assert by_folder == f"another `up` runs on {folder}; stop it, or set DATA_DIR to another folder\n"
    assert _answers(int(port))


def test_after_a_killed_up_the_next_one_starts_on_the_same_folder(
    given: dict[str, str], up: psutil.Popen, port: int
) -> None:
    _until(lambda: _answers(port) and _named(up, "celery"))
    everything = up.children(recursive=True)
    up.kill()
    up.wait()
    psutil.wait_procs(everything, 15)

    command = [sys.executable, "manage.py", "up"]
    again = psutil.Popen(command, cwd=ROOT, env=given, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    with _killed_afterwards(again):
        _until(lambda: _answers(port))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"PORT": "http"}, "PORT is 'http'; it must be a number from 1 to 65535"),
        ({"PORT": "70000"}, "PORT is '70000'; it must be a number from 1 to 65535"),
        ({"HOST": "no such host"}, "nothing can listen on 'no such host'; HOST must be an address of this machine"),
        ({"HOST": "203.0.113.7"}, "nothing can listen on '203.0.113.7'; HOST must be an address of this machine"),
        ({"DATA_DIR": "/proc/nowhere"}, "nothing can be written in /proc/nowhere; set DATA_DIR to a folder of yours"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(given: dict[str, str], changes: dict[str, str], said: str) -> None:
    assert _refused({**given, **changes}) == said + "\n"


def test_up_takes_no_arguments() -> None:
    ran = subprocess.run(
        [sys.executable, "manage.py", "up", "now"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert ran.returncode == 1
    assert "takes no arguments" in ran.stderr


def test_the_runner_costs_no_framework() -> None:
    program = "import imsupport.up, sys; sys.exit('django' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False).returncode == 0


@contextlib.contextmanager
def _killed_afterwards(up: psutil.Process) -> Iterator[None]:
    try:
        yield
    finally:
        family = [up, *up.children(recursive=True)] if up.is_running() else [up]
        groups = {os.getpgid(process.pid) for process in family if process.is_running()} - {os.getpgrp()}
        with contextlib.suppress(psutil.NoSuchProcess):
            up.kill()
        # By groups: of a web server and its workers, whichever is killed first, the other starts or leaves one more.
        for group in groups:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(group, signal.SIGKILL)
        up.wait(10)


def _refused(given: dict[str, str]) -> str:
    """Return what a refusing `up` says; it ends by itself and starts nothing."""
    command = [sys.executable, "manage.py", "up"]
    ran = subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True, timeout=20, check=False)
    assert (ran.returncode, ran.stdout) == (1, "")
    return ran.stderr


def _named(up: psutil.Process, program: str) -> list[psutil.Process]:
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
