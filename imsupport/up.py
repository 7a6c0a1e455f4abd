"""Runs web, worker and scheduler in one terminal: starts each, restarts what dies, stops all together.

It imports no Django, so that the runner itself costs little memory.
"""

import errno
import fcntl
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from imsupport.reaper import STOP_SECONDS, Reaper, signal_groups

_BACK_OFF_SECONDS = (0.5, 1, 2, 5)
_HEALTHY_SECONDS = 30
_FEW_ARENAS = {"MALLOC_ARENA_MAX": "1"}
"""The C library keeps a heap for each thread otherwise, and gives little of it back."""
_PROJECT = Path(__file__).resolve().parent.parent


class Refused(Exception):
    """It cannot start here; the message says what to set."""


@dataclass
class Program:
    """One program that should always run."""

    name: str
    command: list[str]
    process: subprocess.Popen[str] | None = None
    started_at: float = 0.0
    deaths: int = 0
    due_at: float = field(default=0.0)

    def start(self, reaper: Reaper) -> None:
        self.process = subprocess.Popen(  # noqa: S603  (our own programs, fixed arguments)
            self.command,
            env=_FEW_ARENAS | os.environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        reaper.watch(self.process.pid)
        self.started_at = time.monotonic()
        threading.Thread(target=self._copy_output, args=(self.process,), daemon=True).start()

    def tend(self, reaper: Reaper) -> None:
        """Restart the program when it ended, later after each death in a row, at most 5 s later."""
        if self.process is not None and self.process.poll() is None:
            return
        now = time.monotonic()
        if self.process is not None:
            self.deaths = 0 if now - self.started_at > _HEALTHY_SECONDS else self.deaths + 1
            self.due_at = now + _BACK_OFF_SECONDS[min(self.deaths, len(_BACK_OFF_SECONDS)) - 1]
            _say(f"{self.name} | ended with {self.process.returncode}, starting again\n")
            # What a killed program leaves behind would keep its port, and outlive us.
            signal_groups([self.process.pid], signal.SIGKILL)
            reaper.forget(self.process.pid)
            self.process = None
        if now >= self.due_at:
            self.start(reaper)

    def _copy_output(self, process: subprocess.Popen[str]) -> None:
        for line in process.stdout or ():
            _say(f"{self.name} | {line}")


def main(arguments: Sequence[str] = ()) -> int:
    """Run everything until SIGINT, SIGTERM or the end of the terminal; return the exit code."""
    if arguments:
        print("up takes no arguments; HOST, PORT and DATA_DIR are variables", file=sys.stderr)
        return 1
    try:
        lock = _locked(Path(os.environ.get("DATA_DIR") or _PROJECT / "var").resolve())
        _refuse_taken_port(*_address())
    except Refused as reason:
        print(reason, file=sys.stderr)
        return 1
    with lock:
        _run(programs())
    return 0


def programs() -> list[Program]:
    """Return the programs of one host: the web server, and the worker with beat as a thread in it."""
    bin_dir = Path(sys.executable).parent
    host, port = _address()
    # Two threads: Python runs one at a time, and more of them mostly pass its lock around. Neither waits for a slow
    # phone, since the server has read the whole request before it takes a thread.
    web = [
        *(str(bin_dir / "granian"), "--interface", "wsgi", "--host", host, "--port", port),
        *("--workers", os.environ.get("WEB_WORKERS", "1"), "--blocking-threads", "2", "--backlog", "256"),
        *("--no-ws", "--respawn-failed-workers", "--log-level", "warning", "imsupport.wsgi:application"),
    ]
    worker = [
        *(str(bin_dir / "celery"), "-A", "imsupport.celery:app", "--quiet", "worker", "--with-beat"),
        *("--pool", "threads", "--concurrency", "4", "--without-gossip", "--without-mingle", "--without-heartbeat"),
        *("--loglevel", "WARNING"),
    ]
    return [Program("web", web), Program("worker", worker)]


def _address() -> tuple[str, str]:
    return os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "8000")


def _locked(data_dir: Path) -> IO[str]:
    """Return the folder's lock; it is held as long as the file is open here, and ends with this process."""
    try:
        data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = (data_dir / "up.lock").open("w")
    except OSError as error:
        raise Refused(f"nothing can be written in {data_dir}; set DATA_DIR to a folder of yours") from error
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise Refused(f"another `up` runs on {data_dir}; stop it, or set DATA_DIR to another folder") from error
    return lock


def _refuse_taken_port(host: str, port: str) -> None:
    """Raise Refused when the port cannot be listened on; the web server itself would share it with another."""
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise Refused(f"PORT is {port!r}; it must be a number from 1 to 65535")
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(host, int(port), type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except PermissionError as error:
        raise Refused(f"port {port} is for the system's administrator; set PORT to another above 1023") from error
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise Refused(f"nothing can listen on {host!r}; HOST must be an address of this machine") from error
        raise Refused(
            f"port {port} of {host} is taken already; stop what listens there, or set PORT to another"
        ) from error


def _run(running: list[Program]) -> None:
    reaper = Reaper()
    stopping = threading.Event()
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        # Who started it with `nohup` wants it to outlive the terminal.
        if each is not signal.SIGHUP or signal.getsignal(each) is not signal.SIG_IGN:
            signal.signal(each, lambda *_: stopping.set())
    while not stopping.is_set():
        for program in running:
            program.tend(reaper)
        stopping.wait(0.25)
    _stop(running)
    reaper.dismiss()


def _stop(running: list[Program]) -> None:
    started = [program.process for program in running if program.process is not None]
    signal_groups([process.pid for process in started if process.poll() is None], signal.SIGTERM)
    deadline = time.monotonic() + STOP_SECONDS
    for process in started:
        with suppress(subprocess.TimeoutExpired):
            process.wait(max(0.1, deadline - time.monotonic()))
    signal_groups([process.pid for process in started], signal.SIGKILL)


def _say(words: str) -> None:
    # A closed terminal or a reader that has gone must not stop the programs: their output is read on and dropped.
    with suppress(OSError):
        print(words, end="", flush=True)
