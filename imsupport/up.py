"""Runs web, worker and scheduler in one terminal: starts each, restarts what dies, stops all together.

It imports no Django, so that the runner itself costs little memory.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

_BACK_OFF_SECONDS = (0.5, 1, 2, 5)
_STOP_SECONDS = 10
_HEALTHY_SECONDS = 30


@dataclass
class Program:
    """One program that should always run."""

    name: str
    command: list[str]
    process: subprocess.Popen[str] | None = None
    started_at: float = 0.0
    deaths: int = 0
    due_at: float = field(default=0.0)

    def start(self) -> None:
        self.process = subprocess.Popen(  # noqa: S603  (our own programs, fixed arguments)
            self.command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
        )
        self.started_at = time.monotonic()
        threading.Thread(target=self._copy_output, args=(self.process,), daemon=True).start()

    def tend(self) -> None:
        """Restart the program when it ended, later after each death in a row, at most 5 s later."""
        if self.process is not None and self.process.poll() is None:
            return
        now = time.monotonic()
        if self.process is not None:
            self.deaths = 0 if now - self.started_at > _HEALTHY_SECONDS else self.deaths + 1
            self.due_at = now + _BACK_OFF_SECONDS[min(self.deaths, len(_BACK_OFF_SECONDS)) - 1]
            print(f"{self.name} | ended with {self.process.returncode}, starting again", flush=True)
            # What a killed program leaves behind would keep its port, and outlive us.
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process = None
        if now >= self.due_at:
            self.start()

    def stop(self, how: signal.Signals) -> None:
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, how)

    def _copy_output(self, process: subprocess.Popen[str]) -> None:
        for line in process.stdout or ():
            print(f"{self.name} | {line}", end="", flush=True)


def main(arguments: Sequence[str] = ()) -> int:
    """Run everything until SIGINT or SIGTERM; return the exit code."""
    if arguments:
        print("up takes no arguments; HOST, PORT and DATA_DIR are variables", file=sys.stderr)
        return 1
    stopping = threading.Event()
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, lambda *_: stopping.set())
    running = programs()
    while not stopping.is_set():
        for program in running:
            program.tend()
        stopping.wait(0.25)
    _stop(running)
    return 0


def programs() -> list[Program]:
    """Return the programs of one host: the web server, and the worker with beat as a thread in it."""
    bin_dir = Path(sys.executable).parent
    host, port = os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "8000")
    web = [
        *(str(bin_dir / "granian"), "--interface", "wsgi", "--host", host, "--port", port),
        *("--workers", os.environ.get("WEB_WORKERS", "1"), "--blocking-threads", "4", "--backlog", "256"),
        *("--no-ws", "--respawn-failed-workers", "--log-level", "warning", "imsupport.wsgi:application"),
    ]
    worker = [
        *(str(bin_dir / "celery"), "-A", "imsupport.celery:app", "--quiet", "worker", "--with-beat"),
        *("--pool", "threads", "--concurrency", "4", "--without-gossip", "--without-mingle", "--without-heartbeat"),
        *("--loglevel", "WARNING"),
    ]
    return [Program("web", web), Program("worker", worker)]


def _stop(running: list[Program]) -> None:
    for program in running:
        program.stop(signal.SIGTERM)
    deadline = time.monotonic() + _STOP_SECONDS
    for program in running:
        if program.process is not None:
            try:
                program.process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                program.stop(signal.SIGKILL)
