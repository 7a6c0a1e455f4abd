"""Memory of the whole embedded stack: proportional set size of every process at the start and after many requests."""

import os
import subprocess
import sys
import time

import psutil

from bench import load
from bench.installation import ROOT, installed, wait_for
from tests.servers import free_port

REQUESTS = 10_000
SETTLE_SECONDS = 12
GOAL_MB = 250


def measure() -> None:
    """Print megabytes at the start, after the first thousand requests and after ten thousand."""
    with installed("sqlite") as installation:
        port = free_port()
        environment = {**os.environ, **installation.environment}
        environment |= {"BASE_URL": f"http://127.0.0.1:{port}", "PORT": str(port), "HOST": "127.0.0.1"}
        stack = subprocess.Popen([sys.executable, "manage.py", "up"], cwd=ROOT, env=environment)
        try:
            wait_for(f"http://127.0.0.1:{port}/health/live")
            time.sleep(SETTLE_SECONDS)
            at_start = _megabytes(stack.pid)
            first = load.User(port)
            load.agree_all(first, REQUESTS // load.EACH_WRITES)
            users = [load.User(port, people=first.people) for _ in range(load.USERS)]
            _send(users, REQUESTS // 10)
            warm = _megabytes(stack.pid)
            _send(users, REQUESTS - REQUESTS // 10)
            time.sleep(SETTLE_SECONDS)
            after = _megabytes(stack.pid)
        finally:
            stack.terminate()
            stack.wait(30)
    print(f"embedded: {at_start:.0f} MB at the start, {warm:.0f} MB after {REQUESTS // 10:,} requests,", end=" ")
    print(f"{after:.0f} MB after {REQUESTS:,} (PSS of all processes; goal at most {GOAL_MB} MB)", flush=True)


def _send(users: list[load.User], requests: int) -> None:
    """Send so many requests: a form and a post each time."""
    left = requests // 2
    while left > 0:
        done, _seconds = load.drive(users, load.submit_ours, 2.0)
        left -= done


def _megabytes(pid: int) -> float:
    started = psutil.Process(pid)
    processes = [started, *started.children(recursive=True)]
    return float(sum(each.memory_full_info().pss for each in processes)) / 1e6


if __name__ == "__main__":
    measure()
