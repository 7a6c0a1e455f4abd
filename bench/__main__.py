"""The whole submission against the yardstick, on the same server, engine, pragmas and run; medians of five rounds."""

import os
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from bench import load
from tests.servers import NoServer, free_port, postgresql, redis

ROUNDS, SECONDS = 5, 4.0
ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent


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


def main() -> None:
    for engine in ("sqlite", "postgresql"):
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="im-support-bench-")))
            folder.chmod(0o755)
            try:
                sides = _sides(engine, folder, stack)
            except NoServer as error:
                print(f"{engine}: did not run, {error}")
                continue
            _compare(engine, *sides)


def _compare(engine: str, ours: Side, bare: Side) -> None:
    users = {side.name: [load.User(side.port) for _ in range(load.USERS)] for side in (ours, bare)}
    for user in users[ours.name]:
        load.agree(user)
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
    print(f"{engine}: ratio of throughput {rate:.2f}, of CPU {cost:.2f} (1 = the yardstick)", flush=True)


def _sides(engine: str, folder: Path, stack: ExitStack) -> tuple[Side, Side]:
    ours, bare = _environment(folder), {"BARE_DATABASE": str(folder / "bare.sqlite3")}
    if engine == "postgresql":
        url = stack.enter_context(postgresql(folder))
        ours |= {"DATABASE_URL": url, "KEYS_DATABASE_URL": f"{url}_keys"}
        ours["REDIS_URL"] = stack.enter_context(redis(folder))
        bare = {"BARE_DATABASE": "test", "BARE_PORT": url.split(":")[-1].split("/")[0]}
    port = free_port()
    ours |= {"BASE_URL": f"http://127.0.0.1:{port}"}
    _run(["manage.py", "setup", "--tickets", "1"], ours)
    _run(["-c", "from bench import bare; bare.create_table()"], bare)
    first = stack.enter_context(_server("imsupport.wsgi:application", port, ours, "/health/live"))
    other = free_port()
    second = stack.enter_context(_server("bench.bare:application", other, bare, "/submit/"))
    return Side("ours", port, load.submit_ours, first), Side("bare", other, load.submit_bare, second)


def _environment(folder: Path) -> dict[str, str]:
    ring = f"k1:{secrets.token_urlsafe(32)}"
    return {
        "DEMO": "1",
        "DATA_DIR": str(folder / "data"),
        "SECRET_KEY": secrets.token_urlsafe(50),
        "SEALING_KEYS": ring,
        "RECEIPT_KEYS": ring,
        "LOG_LEVEL": "ERROR",
    }


def _run(command: list[str], extra: dict[str, str]) -> None:
    subprocess.run([sys.executable, *command], cwd=ROOT, env={**os.environ, **extra}, check=True, capture_output=True)


@contextmanager
def _server(target: str, port: int, extra: dict[str, str], ready: str) -> Iterator[psutil.Process]:
    command = [str(BIN / "granian"), "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--workers", "1", "--blocking-threads", "4", "--backlog", "256", "--no-ws", target]
    with open(Path(tempfile.gettempdir()) / "im-support-bench.log", "ab") as log:
        started = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **extra}, stdout=log, stderr=log)
    try:
        for _ in range(100):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}{ready}", timeout=1)
            except OSError:
                time.sleep(0.1)
            else:
                break
        yield psutil.Process(started.pid)
    finally:
        started.terminate()
        started.wait(20)


if __name__ == "__main__":
    main()
