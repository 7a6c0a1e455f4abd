import contextlib
import os
import socket
import sqlite3
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from imsupport import clock, counts
from tests.architecture.source import ROOT


def test_hits_are_counted_for_each_key_and_stretch() -> None:
    assert [counts.hit("one", 60), counts.hit("one", 60), counts.hit("other", 60)] == [1, 2, 1]
    assert (counts.hits_of("one", 60), counts.hits_of("nobody", 60)) == (2, 0)
    assert counts.hit_each(["one", "new"], 60) == [3, 1]

    with clock.set_to(clock.now() + timedelta(minutes=1)):
        assert counts.hits_of("one", 60) == 0
        assert counts.hit("one", 60) == 1


def test_all_threads_share_one_count() -> None:
    with ThreadPoolExecutor(4) as threads:
        counted = sorted(threads.map(lambda _: counts.hit("shared", 3600), range(40)))

    assert counted == list(range(1, 41))


COUNTING = """
import os, sys
import django; django.setup()
from concurrent.futures import ThreadPoolExecutor
from django.conf import settings
from pathlib import Path
from imsupport import counts
settings.BROKER_FILE, counts.PREFIX = Path(sys.argv[1]), sys.argv[2]
def count(_):
    os.write(1, b"%d\\n" % counts.hit("killed", 86400))
with ThreadPoolExecutor(4) as threads:
    list(threads.map(count, range(100_000)))
"""


def test_what_was_counted_outlives_a_killed_process(settings: Any) -> None:
    counts.hit("killed", 86400)
    command = [sys.executable, "-c", COUNTING, str(settings.BROKER_FILE), counts.PREFIX]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "imsupport.settings"}
    told = 0
    for _ in range(2):
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
        told = max(int(process.stdout.readline()) for _ in range(100))  # type: ignore[union-attr]
        process.kill()
        process.wait(10)

    assert told >= 200
    assert counts.hits_of("killed", 86400) >= told
    assert counts.hit("killed", 86400) == counts.hits_of("killed", 86400)


def test_a_count_in_redis_and_its_end_are_written_together_or_not_at_all(settings: Any) -> None:
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.REDIS_URL = f"redis://127.0.0.1:{server.getsockname()[1]}/0?protocol=2"
        listening = threading.Thread(target=_listen, args=(server, heard))
        listening.start()
        counts.hit_each(["one", "two"], 60)
        listening.join(10)

    said = [word for word in b"".join(heard).split(b"\r\n") if word.isupper()]
    assert said[-6:] == [b"MULTI", b"INCRBY", b"EXPIRE", b"INCRBY", b"EXPIRE", b"EXEC"]


def _listen(server: socket.socket, heard: list[bytes]) -> None:
    """Hear what a client of Redis says; greet it so that it comes to its point, and then be gone."""
    connection, _address = server.accept()
    with connection:
        connection.settimeout(2)
        with contextlib.suppress(OSError):
            while b"EXPIRE" not in (words := connection.recv(65536)):
                heard.append(words)
                connection.sendall(b"+OK\r\n" * words.count(b"*"))
            heard.append(words)


def test_past_counts_are_deleted_from_the_file(settings: Any) -> None:
    settings.REDIS_URL = ""
    counts.hit("old", 60)
    with clock.set_to(clock.now() + timedelta(minutes=2)):
        counts.hit("new", 60)
        counts.forget_past()

    with sqlite3.connect(settings.BROKER_FILE) as file:
        [kept] = file.execute("SELECT key FROM counts")
    assert kept[0].endswith("new")


@pytest.mark.parametrize("redis_url", ["", "redis://127.0.0.1:1/0"])
def test_a_store_that_is_away_keeps_nobody_out(settings: Any, redis_url: str) -> None:
    settings.REDIS_URL, settings.BROKER_FILE = redis_url, Path("/nowhere/broker.sqlite3")

    assert counts.hit_each(["one", "two"], 60) == [0, 0]
    assert counts.hits_of("one", 60) == 0
