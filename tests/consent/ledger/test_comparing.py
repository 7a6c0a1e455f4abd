import logging
from datetime import UTC, datetime, timedelta

import pytest

from consent.ledger.actions import Agreed
from consent.ledger.comparing import LATE_AFTER, last_comparison
from consent.ledger.models import ConsentState, StateComparison
from consent.ledger.tasks import compare_states
from feedback.dashboards.queries import denials, ledger_health, mail_health
from feedback.dashboards.wellbeing import sentences
from feedback.dashboards.windows import until_now
from feedback.management.commands.doctor import examine
from imsupport import clock
from imsupport.celery import app

NOON = datetime(2027, 3, 4, 12, tzinfo=UTC)


def _alarms() -> list[str]:
    window = until_now()
    said = sentences(mail_health(), ledger_health(), denials(window), window)
    return [f"{sentence.figure} {sentence.words}" for sentence in said if not sentence.is_well]


def _doctor() -> tuple[bool, str]:
    return next(finding for finding in examine() if finding[1].startswith("states:"))


def test_it_is_made_once_a_night_however_often_the_worker_starts(mia: Agreed) -> None:
    [entry] = [entry for entry in app.conf.beat_schedule.values() if entry["task"] == "ledger.compare_states"]
    made = []
    for minutes in range(0, 3 * 24 * 60, 30):
        with clock.set_to(NOON + timedelta(minutes=minutes)):
            compare_states()
            made.append(StateComparison.objects.count())

    assert entry["schedule"] <= timedelta(hours=1)
    assert made[-1] == 4
    at = [row.compared_at for row in StateComparison.objects.order_by("pk")][1:]
    assert {(moment.hour, moment.minute) for moment in at} == {(2, 0)}


def test_a_difference_is_logged_by_ids_and_stays_an_alarm(mia: Agreed, caplog: pytest.LogCaptureFixture) -> None:
    compare_states()
    assert last_comparison().differences == 0  # type: ignore[union-attr]
    assert _doctor()[0]
    assert not any("compared" in alarm or "events come to" in alarm for alarm in _alarms())
    ConsentState.objects.filter(person_id=mia.person.pk, purpose="agreement").update(status="ConsentRefused")

    with clock.set_to(clock.now() + timedelta(days=1)), caplog.at_level(logging.ERROR):
        compare_states()
        alarms, doctor = _alarms(), _doctor()

    assert f"the state of person {mia.person.pk} for agreement is not what the events come to" in caplog.text
    assert "1 state is not what its events come to. Run verify_ledger." in alarms
    assert (doctor[0], "1 differ from their events" in doctor[1]) == (False, True)


def test_a_night_without_a_comparison_is_an_alarm(mia: Agreed) -> None:
    compare_states()

    with clock.set_to(clock.now() + LATE_AFTER + timedelta(minutes=1)):
        alarms, doctor = _alarms(), _doctor()

    assert any("every state was compared with its events" in alarm for alarm in alarms)
    assert (doctor[0], doctor[1].endswith("too long ago")) == (False, True)
