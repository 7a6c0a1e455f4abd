"""A second process that outlives a killed `up` and ends what it had started.

It reads a pipe whose other end `up` alone holds: lines `+group` and `-group`. However `up` ends, the pipe ends with it.
"""

import os
import signal
import time
from collections.abc import Collection, Iterable
from contextlib import suppress
from typing import NoReturn

STOP_SECONDS = 10
_LOOK_SECONDS = 0.1


class Reaper:
    """The end of the pipe that `up` holds. Make it before any thread starts: it forks."""

    def __init__(self) -> None:
        reading, self._writing = os.pipe()
        self._pid = os.fork()
        if self._pid == 0:
            os.close(self._writing)
            _reap(reading)
        os.close(reading)

    def watch(self, group: int) -> None:
        """Have a process group ended when `up` is no more."""
        self._tell(f"+{group}\n")

    def forget(self, group: int) -> None:
        """Leave a process group alone: it has ended, and its number may be given anew."""
        self._tell(f"-{group}\n")

    def dismiss(self) -> None:
        """End it, with whatever it still watches, and wait for that."""
        os.close(self._writing)
        with suppress(ChildProcessError):
            os.waitpid(self._pid, 0)

    def _tell(self, line: str) -> None:
        with suppress(BrokenPipeError):
            os.write(self._writing, line.encode())


def signal_groups(groups: Iterable[int], how: signal.Signals) -> None:
    """Send a signal to process groups; those that ended are passed over."""
    for group in groups:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(group, how)


def _reap(reading: int) -> NoReturn:
    # A session of its own and deaf to these: what ends `up` from a terminal or a supervisor must not end this first.
    os.setsid()
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT):
        signal.signal(each, signal.SIG_IGN)
    groups: set[int] = set()
    with os.fdopen(reading) as lines:
        for line in lines:
            (groups.add if line[0] == "+" else groups.discard)(int(line[1:]))
    _end(groups)
    os._exit(0)


def _end(groups: Collection[int]) -> None:
    signal_groups(groups, signal.SIGTERM)
    deadline = time.monotonic() + STOP_SECONDS
    while any(map(_is_there, groups)) and time.monotonic() < deadline:
        time.sleep(_LOOK_SECONDS)
    signal_groups(groups, signal.SIGKILL)


def _is_there(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True
