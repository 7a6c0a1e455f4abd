"""Runs the suite on each engine set, starting the servers that are not given, and says which sets ran.

Embedded needs no server. PostgreSQL and Redis come from TEST_DATABASE_URL and TEST_REDIS_URL, else from server
programs on this machine, else from the test wheels; what is started here is stopped here.
"""

import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from tests.servers import NoServer, postgresql, redis

PYTEST = [sys.executable, "-m", "pytest", "-q"]


@dataclass(frozen=True)
class Outcome:
    failed: bool
    said: str
    held_back: list[str] = field(default_factory=list)


def main(arguments: list[str]) -> int:
    browser = "--browser" in arguments
    targets = [argument for argument in arguments if argument != "--browser"]
    # The journeys of a set share one running instance, so they go in one process.
    options = ["-o", "norecursedirs="] if browser else ["-n", "2", "--dist", "loadfile"]
    command = [*PYTEST, *options, *(targets or (["tests/journeys"] if browser else ["tests"]))]
    # Both at once, for each waits half of its time; one is heard while it runs, the other after it.
    with ThreadPoolExecutor() as threads:
        served = threads.submit(_run, command, needs_servers=True, aloud=False)
        embedded = _run(command, needs_servers=False, aloud=True)
    print(*served.result().held_back, sep="\n")
    print(f"embedded (SQLite): {embedded.said}")
    print(f"PostgreSQL + Redis: {served.result().said}", flush=True)
    return int(embedded.failed or served.result().failed)


def _servers(stack: ExitStack) -> dict[str, str]:
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="im-support-servers-")))
    folder.chmod(0o755)
    database = os.environ.get("TEST_DATABASE_URL") or stack.enter_context(postgresql(folder))
    broker = os.environ.get("TEST_REDIS_URL") or stack.enter_context(redis(folder))
    return {
        "ENGINE_DATABASE_URL": database,
        "ENGINE_KEYS_DATABASE_URL": re.sub(r"/([^/?]+)(\?|$)", r"/\1_keys\2", database),
        "ENGINE_REDIS_URL": broker,
        "EXPECTED_VENDOR": "postgresql",
    }


def _run(command: list[str], *, needs_servers: bool, aloud: bool) -> Outcome:
    with ExitStack() as stack:
        try:
            environment = _servers(stack) if needs_servers else {}
        except NoServer as error:
            return Outcome(failed=os.environ.get("CI") == "true", said=f"did not run, {error}")
        process = subprocess.Popen(
            command,
            env={**os.environ, "EXPECTED_VENDOR": "sqlite", **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        held_back, last = [], ""
        for line in process.stdout or ():
            last = line.strip() or last
            if aloud:
                print(line, end="", flush=True)
            else:
                held_back.append(line.rstrip("\n"))
        return Outcome(failed=process.wait() != 0, said=f"ran, {last.strip('= ')}", held_back=held_back)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
