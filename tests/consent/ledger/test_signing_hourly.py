from datetime import timedelta

from consent.ledger.actions import Agreed
from consent.ledger.models import SignedHead
from consent.ledger.tasks import sign_head
from imsupport import clock
from imsupport.celery import app

OFTEN = timedelta(minutes=1)


def test_a_worker_that_was_just_started_soon_signs_when_no_head_is_younger_than_an_hour(mia: Agreed) -> None:
    # The scheduler remembers nothing beyond its own process: what it does rarely, a process that is often
    # started anew would never come to.
    [entry] = [entry for entry in app.conf.beat_schedule.values() if entry["task"] == "ledger.sign_head"]

    sign_head()

    assert entry["schedule"] <= OFTEN
    assert SignedHead.objects.count() == 1


def test_within_the_hour_no_second_head_is_signed(mia: Agreed) -> None:
    start = clock.now()

    for minutes in (0, 1, 30, 59):
        with clock.set_to(start + timedelta(minutes=minutes)):
            sign_head()

    assert SignedHead.objects.count() == 1


def test_after_an_hour_the_next_head_is_signed(mia: Agreed) -> None:
    start = clock.now()

    for minutes in range(0, 181, 20):
        with clock.set_to(start + timedelta(minutes=minutes, seconds=minutes)):
            sign_head()

    assert SignedHead.objects.count() == 4
