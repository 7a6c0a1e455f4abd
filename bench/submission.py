"""The whole submission against the yardstick, on the same server, engine, pragmas and run; medians of five rounds."""

import os
import statistics
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from bench import load
from bench.installation import BIN, ROOT, Installation, run, wait_for
from tests.servers import free_port

ROUNDS, SECONDS = 5, 4.0
PEOPLE = 900
"""Enough for some 400 submissions a second."""


@dataclass
class Side:
    """One of the two that are compared."""

    name: str
    port: int
    act: Callable[[load.User], None]
    process: psutil.Process
    per_second: list[float] = field(default_factory=list)
    cpu_ms: list[float] = field(default_factory=list)

    def cpu_seconds(self) -> float:
        """CPU of the web server with its workers so far."""
        return sum(sum(each.cpu_times()[:2]) for each in [self.process, *self.process.children(recursive=True)])


def compare(installation: Installation) -> float:
    """Print how many submissions a second, and how much CPU for one, ours and the yardstick take.

    Return the milliseconds of CPU that our server spends on one.
    """
    bare_environment = installation.bare
    port, other = free_port(), free_port()
    ours = {**installation.environment, "BASE_URL": f"http://127.0.0.1:{port}"}
    run(["-c", "from bench import bare; bare.create_table()"], bare_environment)
    with (
        _server("imsupport.wsgi:application", port, ours, "/health/live") as first,
        _server("bench.bare:application", other, bare_environment, "/submit/") as second,
    ):
        sides = (
            Side("ours", port, load.submit_ours, first),
            Side("the yardstick", other, load.submit_bare, second),
        )
        return _compare(installation.engine, *sides)


def _compare(engine: str, ours: Side, bare: Side) -> float:
    people = load.User(ours.port)
    load.agree_all(people, PEOPLE)
    users = {
        ours.name: [load.User(ours.port, people=people.people) for _ in range(load.USERS)],
        bare.name: [load.User(bare.port) for _ in range(load.USERS)],
    }
    for side in (ours, bare):
        load.drive(users[side.name], side.act, 1.5)
    for _ in range(ROUNDS):
        for side in (ours, bare):
            before = side.cpu_seconds()
            acts, seconds = load.drive(users[side.name], side.act, SECONDS)
            side.per_second.append(acts / seconds)
            side.cpu_ms.append((side.cpu_seconds() - before) / acts * 1000)
    for side in (ours, bare):
        rate, cost = statistics.median(side.per_second), statistics.median(side.cpu_ms)
        print(f"{engine}: {side.name}: {rate:.0f} submissions/s, {cost:.2f} ms of CPU each")
    rate = statistics.median(a / b for a, b in zip(ours.per_second, bare.per_second, strict=True))
    cost = statistics.median(b / a for a, b in zip(ours.cpu_ms, bare.cpu_ms, strict=True))
    print(f"{engine}: ratio of throughput {rate:.2f}, of CPU {cost:.2f} (1 = the yardstick; goal 0.40)", flush=True)
    return statistics.median(ours.cpu_ms)


@contextmanager
def _server(target: str, port: int, extra: dict[str, str], ready: str) -> Iterator[psutil.Process]:
    command = [str(BIN / "granian"), "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--workers", "1", "--blocking-threads", "2", "--backlog", "256", "--no-ws", target]
    with open(Path(tempfile.gettempdir()) / "im-support-bench.log", "ab") as log:
        started = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **extra}, stdout=log, stderr=log)
    try:
        wait_for(f"http://127.0.0.1:{port}{ready}")
        yield psutil.Process(started.pid)
    finally:
        started.terminate()
        started.wait(20)
