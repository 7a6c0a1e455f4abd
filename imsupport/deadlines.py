"""Cutting a connection that would outlast its time, whatever the other side drips into it."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress


@contextmanager
def cut_at(must_end: float, connected: Callable[[], socket.socket | None]) -> Iterator[None]:
    """Cut what `connected` returns at `must_end` of the monotonic clock; raise TimeoutError when that is past."""
    left = must_end - time.monotonic()
    if left <= 0:
        raise TimeoutError
    timer = threading.Timer(left, _cut, [connected])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _cut(connected: Callable[[], socket.socket | None]) -> None:
    sock = connected()
    if sock is not None:
        with suppress(OSError):
            sock.shutdown(socket.SHUT_RDWR)
