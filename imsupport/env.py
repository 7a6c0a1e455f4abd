"""The environment: each variable is read here once, a secret also from the file that `NAME_FILE` names."""

import os
import re
import secrets
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError

env = Env()


def secret(name: str) -> str:
    """Return a secret from `NAME` or from the file of `NAME_FILE`; empty when neither is set.

    Raises ImproperlyConfigured when both are set, or when the file cannot be read.
    """
    given, path = os.environ.get(name, ""), os.environ.get(f"{name}_FILE")
    if not path:
        return given
    if given:
        raise ImproperlyConfigured(f"{name} and {name}_FILE are both set; unset one of them")
    try:
        return Path(path).read_text("utf-8").strip()
    except (OSError, ValueError) as error:
        raise ImproperlyConfigured(f"{name}_FILE: {path} cannot be read ({type(error).__name__})") from error


def flag(name: str) -> bool:
    """Return whether a variable is switched on; off when it is not set. Raises ImproperlyConfigured."""
    try:
        return env.bool(name, default=False)
    except EnvError:
        raise ImproperlyConfigured(f"{name} must be 1 or 0") from None


def shaped(name: str, given: str, shape: str, example: str, read: Callable[[str], object] = str) -> str:
    """Return what was given, if it is nothing, or has the shape of a regular expression and what will read it can.

    Raises ImproperlyConfigured with an example in place of what was given, which may hold a password; so may what the
    reader says, which is told neither.
    """
    if given and not (re.fullmatch(shape, given) and _is_read(given, read)):
        raise ImproperlyConfigured(f"{name} must be like {example}")
    return given


def _is_read(given: str, read: Callable[[str], object]) -> bool:
    try:
        read(given)
    except ValueError:
        return False
    return True


def writable(folder: Path) -> None:
    """Raise OSError when nothing can be written in a folder: its rights, or its disk, do not let us."""
    with tempfile.TemporaryFile(dir=folder) as probe:
        probe.write(b"\0")


def kept(path: Path, make: Callable[[], str]) -> str:
    """Return what a private file (0600) keeps; the first caller makes it, later ones read it."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, draft = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(make())
        # A link is made whole or not at all, so that two processes starting together agree on one secret.
        with suppress(FileExistsError):
            os.link(draft, path)
        os.unlink(draft)
    return path.read_text("utf-8").strip()


def new_secret() -> str:
    """Return a fresh random secret for SECRET_KEY."""
    return secrets.token_urlsafe(50)


def new_ring() -> str:
    """Return a fresh key ring of one 32-byte key, as SEALING_KEYS and RECEIPT_KEYS are written."""
    return f"k1:{secrets.token_urlsafe(32)}"
