"""Starts the house's programs as an operator would: in a process of their own, with an environment of their own."""

import os
import subprocess
import sys
from pathlib import Path

from tests.architecture.source import ROOT

PASSED_ON = ("PATH", "HOME", "LANG", "LD_LIBRARY_PATH")
RING = "k1:" + "A" * 43
SERVER = {
    "DATABASE_URL": "postgresql://app@db/im",
    "KEYS_DATABASE_URL": "postgresql://keys@keys/im",
    "REDIS_URL": "redis://redis/0",
    "SECRET_KEY": "s" * 50,
    "SEALING_KEYS": RING,
    "RECEIPT_KEYS": RING,
    "BASE_URL": "https://help.example",
    "EMAIL_URL": "smtp://mail.example:587/?tls=True",
}
EMBEDDED = {"BASE_URL": "https://help.example", "EMAIL_URL": "smtp://mail.example:587/?tls=True"}
DEMO = {"DEMO": "1"}


def environment(data_dir: Path, given: dict[str, str]) -> dict[str, str]:
    kept = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    return {**kept, "DATA_DIR": str(data_dir), **given}


def read_settings(data_dir: Path, given: dict[str, str], say: str = "s.MODE") -> subprocess.CompletedProcess[str]:
    """Import the settings in a process of its own and print what `say` is (an expression; `s` are the settings)."""
    program = f"import imsupport.settings as s; print({say})"
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=environment(data_dir, given),
        capture_output=True,
        text=True,
        check=False,
    )


def manage(data_dir: Path, given: dict[str, str], *command: str) -> subprocess.CompletedProcess[str]:
    """Run a command of `manage.py` in a process of its own, with an environment of its own."""
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=environment(data_dir, given),
        capture_output=True,
        text=True,
        check=False,
    )
