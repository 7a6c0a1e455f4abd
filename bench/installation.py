"""A fresh installation on one engine, in a folder of its own, for everything that is measured."""

import os
import secrets
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.servers import postgresql, redis

ENGINES = ("sqlite", "postgresql")
ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent


@dataclass(frozen=True)
class Installation:
    """What our side, and the yardstick on the same engine, find in their environment."""

    engine: str
    environment: dict[str, str]
    bare: dict[str, str]


@contextmanager
def installed(engine: str) -> Iterator[Installation]:
    """Set up a demo with one ticket; raise `NoServer` where the engine cannot be had."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="im-support-bench-")))
        # PostgreSQL, which runs as another user, keeps its own folder inside.
        folder.chmod(0o755)
        ring = f"k1:{secrets.token_urlsafe(32)}"
        ours = {
            "DEMO": "1",
            "DATA_DIR": str(folder / "data"),
            "BASE_URL": "http://127.0.0.1:8000",
            "SECRET_KEY": secrets.token_urlsafe(50),
            "SEALING_KEYS": ring,
            "RECEIPT_KEYS": ring,
            "LOG_LEVEL": "ERROR",
            "TRUSTED_PROXIES": "127.0.0.1",
        }
        bare = {"BARE_DATABASE": str(folder / "bare.sqlite3")}
        if engine == "postgresql":
            url = stack.enter_context(postgresql(folder))
            ours |= {"DATABASE_URL": url, "KEYS_DATABASE_URL": f"{url}_keys"}
            ours["REDIS_URL"] = stack.enter_context(redis(folder))
            bare = {"BARE_DATABASE": "test", "BARE_PORT": url.split(":")[-1].split("/")[0]}
        run(["manage.py", "setup", "--tickets", "1"], ours)
        yield Installation(engine, ours, bare)


def run(command: list[str], extra: dict[str, str]) -> str:
    """Run Python with arguments in the project; return what it printed."""
    environment = {**os.environ, **extra}
    done = subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout


def wait_for(url: str) -> None:
    """Return once an address answers; raise TimeoutError after half a minute."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        with suppress(OSError), urllib.request.urlopen(url, timeout=1):
            return
        time.sleep(0.1)
    raise TimeoutError(f"{url} does not answer")
