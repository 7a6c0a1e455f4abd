"""Runs the suite on each engine set, starting the servers that are not given, and says which sets ran.

Embedded needs no server. PostgreSQL and Redis come from TEST_DATABASE_URL and TEST_REDIS_URL, else from server
programs on this machine, else from the test wheels; what is started here is stopped here.
"""

import os
import re
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from tests.servers import NoServer, postgresql, redis

PYTEST = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "loadfile"]


def main(arguments: list[str]) -> int:
    browser = "--browser" in arguments
    rest = [argument for argument in arguments if argument != "--browser"]
    targets = rest or (["tests/journeys"] if browser else ["tests"])
    lines, failed = [], False
    for name, needs_servers in (("embedded (SQLite)", False), ("PostgreSQL + Redis", True)):
        with ExitStack() as stack:
            try:
                environment = _servers(stack) if needs_servers else {}
            except NoServer as error:
                lines.append(f"{name}: did not run, {error}")
                failed = failed or os.environ.get("CI") == "true"
                continue
            passed, said = _suite(environment, targets, browser)
            failed = failed or not passed
            lines.append(f"{name}: ran, {said}")
    print("\n".join(lines), flush=True)
    return int(failed)


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


def _suite(environment: dict[str, str], targets: list[str], browser: bool) -> tuple[bool, str]:
    command = [*PYTEST, *targets]
    if browser:
        command = [sys.executable, "-m", "pytest", "-q", "-o", "norecursedirs=", *targets]
    vendor = {"EXPECTED_VENDOR": "sqlite", **environment}
    process = subprocess.Popen(
        command, env={**os.environ, **vendor}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    last = ""
    for line in process.stdout or ():
        print(line, end="", flush=True)
        last = line.strip() or last
    return process.wait() == 0, last.strip("= ")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
