import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from imsupport import clock, counts


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
