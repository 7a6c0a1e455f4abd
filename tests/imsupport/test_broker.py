"""The embedded broker: each message once, in order, from one process to another."""

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Empty
from typing import Any

import pytest
from kombu import Connection
from kombu.exceptions import OperationalError
from kombu.simple import SimpleQueue

from imsupport.celery import app
from tests.architecture.source import ROOT

ANOTHER = """
import sys
from pathlib import Path
from django.conf import settings
settings.configure(BROKER_FILE=Path(sys.argv[1]))
from kombu import Connection
import imsupport.broker
with Connection("embedded://") as broker, broker.SimpleQueue("hints") as queue:
    for number in range(20):
        queue.put(number)
"""


@pytest.fixture
def hints() -> Iterator[SimpleQueue]:
    with Connection("embedded://") as broker, broker.SimpleQueue("hints") as queue:
        yield queue


def _take(queue: SimpleQueue) -> Any:
    message = queue.get(block=False)
    message.ack()
    return message.payload


def test_messages_come_once_and_in_order(hints: SimpleQueue) -> None:
    for number in range(3):
        hints.put(number)

    assert hints.qsize() == 3
    assert [_take(hints) for _ in range(3)] == [0, 1, 2]
    with pytest.raises(Empty):
        hints.get(block=False)


def test_what_was_consumed_is_gone_from_the_file(hints: SimpleQueue, settings: Any) -> None:
    hints.put("qanary")
    _take(hints)

    assert hints.qsize() == 0


def test_queues_are_apart_and_one_is_emptied_alone(hints: SimpleQueue) -> None:
    with Connection("embedded://") as broker, broker.SimpleQueue("others") as others:
        others.put("kept")
        hints.put("gone")

        assert hints.clear() == 1
        assert _take(others) == "kept"


def test_another_process_is_heard_and_no_message_is_handed_out_twice(hints: SimpleQueue, settings: Any) -> None:
    command = [sys.executable, "-c", ANOTHER, str(settings.BROKER_FILE)]
    subprocess.run(command, cwd=ROOT, env={**os.environ, "DJANGO_SETTINGS_MODULE": ""}, check=True)

    def consume(_worker: int) -> list[int]:
        with Connection("embedded://") as broker, broker.SimpleQueue("hints") as queue:
            found = []
            while True:
                try:
                    found.append(_take(queue))
                except Empty:
                    return found

    with ThreadPoolExecutor(4) as workers:
        found = [number for each in workers.map(consume, range(4)) for number in each]

    assert sorted(found) == list(range(20))


def test_a_file_that_cannot_be_written_is_an_error_that_publishers_know(settings: Any, tmp_path: Path) -> None:
    settings.BROKER_FILE = tmp_path / "nowhere" / "shared.sqlite3"

    with Connection("embedded://") as broker, pytest.raises(OperationalError):
        app.send_task("outbox.dispatch_due", connection=broker, retry=False)
