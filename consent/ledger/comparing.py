"""Every night the fast table is compared with the replay of all events; a difference is an alarm that stays."""

import logging
from datetime import UTC, datetime, time, timedelta

from consent.ledger.drift import differences
from consent.ledger.models import ConsentEvent, StateComparison
from imsupport import clock

log = logging.getLogger("imsupport.ledger")
AT_NIGHT = time(2)
LATE_AFTER = timedelta(hours=26)
_TOLD = 20


def compare_states() -> StateComparison:
    """Compare all states, log the first differences by their ids, and keep how many there were."""
    events = ConsentEvent.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
    found = 0
    for found, difference in enumerate(differences(), start=1):
        if found <= _TOLD:
            log.error("the ledger's fast table has drifted: %s", difference)
    return StateComparison.objects.create(compared_at=clock.now(), events=events, differences=found)


def last_comparison() -> StateComparison | None:
    """Return the newest comparison, or None before the first."""
    return StateComparison.objects.order_by("-pk").first()


def is_due() -> bool:
    """Say whether none was made since the last night began (at two, UTC)."""
    last = last_comparison()
    return last is None or last.compared_at < _last_night()


def _last_night() -> datetime:
    now = clock.now()
    tonight = datetime.combine(now.astimezone(UTC).date(), AT_NIGHT, tzinfo=UTC)
    return tonight if tonight <= now else tonight - timedelta(days=1)
