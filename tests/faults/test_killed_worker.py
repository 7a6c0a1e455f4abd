import json
import os
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from tests.servers import free_port

ROOT = Path(__file__).parents[2]
# A kill leaves up to 20 mails under a lease of 30 s; mails enough for each kill keep the short run to one such wait.
MAILS, KILLS = (200, 20) if os.environ.get("PROOF") == "1" else (60, 3)
LAST_WITHIN_SECONDS = 90
_SERVERS = ("DATABASE_URL", "KEYS_DATABASE_URL", "REDIS_URL", "SECRET_KEY", "SEALING_KEYS", "RECEIPT_KEYS")


class Worker:
    """A real worker of its own instance, that dies by kill -9 and is started again."""

    def __init__(self, folder: Path, smtp_port: int) -> None:
        self.env = {name: value for name, value in os.environ.items() if name not in _SERVERS}
        self.env |= {
            "DEMO": "1",
            "DATA_DIR": str(folder),
            "EMAIL_URL": f"smtp://127.0.0.1:{smtp_port}",
            "DJANGO_SETTINGS_MODULE": "imsupport.settings",
            "PYTHONPATH": str(ROOT),
            "LOG_LEVEL": "WARNING",
        }
        self.log = folder / "worker.log"
        self.process: subprocess.Popen[bytes] | None = None

    def run(self, *command: str) -> str:
        done = subprocess.run([sys.executable, *command], cwd=ROOT, env=self.env, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self) -> None:
        celery = [str(Path(sys.executable).parent / "celery"), "-A", "imsupport.celery:app", "worker", "--with-beat"]
        quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*celery, "--pool", "threads", "--concurrency", "2", *quiet],
                cwd=ROOT,
                env=self.env,
                stdout=log,
                stderr=log,
            )

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()

    def restart(self) -> None:
        assert self.process is not None
        self.process.wait(10)
        self.start()


class Sink:
    """A mail server that kills the worker when a mail has come in whole but was not yet acknowledged."""

    def __init__(self) -> None:
        self.arrivals: dict[str, list[str]] = defaultdict(list)
        self.worker: Worker | None = None
        self.kills = 0
        self.last_kill_at = self.last_new_at = 0.0
        self.was_killed = threading.Event()
        self._since_kill = 0

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        message = message_from_bytes(envelope.content)
        [recipient] = envelope.rcpt_tos
        if not self.arrivals[recipient]:
            self.last_new_at = time.monotonic()
        self.arrivals[recipient].append(str(message["Message-ID"]))
        self._since_kill += 1
        if self.worker and self.kills < KILLS and self._since_kill >= MAILS // KILLS // 2:
            self._since_kill = 0
            self.kills += 1
            self.last_kill_at = time.monotonic()
            self.was_killed.set()
            self.worker.kill()
        return "250 taken"


@pytest.fixture
def sink() -> Iterator[Sink]:
    sink = Sink()
    port = free_port()
    controller = Controller(sink, hostname="127.0.0.1", port=port)
    controller.start()
    sink.port = port  # type: ignore[attr-defined]
    yield sink
    controller.stop()


@pytest.fixture
def worker(tmp_path: Path, sink: Any) -> Iterator[Worker]:
    worker = Worker(tmp_path, sink.port)
    worker.run("manage.py", "migrate", "-v0")
    worker.run("manage.py", "migrate", "-v0", "--database", "keys")
    yield worker
    worker.kill()
    if worker.process is not None:
        worker.process.wait(10)


def test_a_worker_killed_in_the_middle_of_sending_loses_no_mail(sink: Sink, worker: Worker) -> None:
    written: dict[str, str] = json.loads(worker.run("-m", "tests.faults.posting", str(MAILS)))
    sink.worker = worker

    worker.start()
    _restart_until_all_arrived(sink, worker, written)

    assert sink.kills == KILLS
    lost = set(written) - {to for to, ids in sink.arrivals.items() if ids}
    assert not lost
    for recipient, message_ids in sink.arrivals.items():
        assert set(message_ids) == {written[recipient]}
    assert sum(map(len, sink.arrivals.values())) > MAILS, "each kill fell between a mail and its mark"
    assert sink.last_new_at - sink.last_kill_at < LAST_WITHIN_SECONDS
    assert _states(worker) == {"sent": MAILS}


def _restart_until_all_arrived(sink: Sink, worker: Worker, written: dict[str, str]) -> None:
    started_at = time.monotonic()
    while time.monotonic() - (sink.last_kill_at or started_at) < LAST_WITHIN_SECONDS:
        if sink.was_killed.wait(1):
            sink.was_killed.clear()
            worker.restart()
        have_all = sink.kills == KILLS and len(sink.arrivals) == len(written)
        if have_all and not sink.was_killed.is_set() and _states(worker) == {"sent": MAILS}:
            return


def _states(worker: Worker) -> dict[str, int]:
    lines = (line.split(": ") for line in worker.run("manage.py", "outbox").splitlines())
    return {name: int(count) for name, count in lines if count.isdigit() and count != "0"}
