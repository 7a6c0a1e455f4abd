"""Keeping the notices that were decided on, and counting those that were shown."""

from django.db.models import F

from consent.policies import models
from consent.policies.notices import Notice
from imsupport import clock


def keep_notice(notice: Notice) -> None:
    """Keep the bytes of a notice once; an event names them by their hash."""
    models.Notice.objects.bulk_create(
        [
            models.Notice(
                sha256=notice.sha256,
                version_id=notice.version,
                language=notice.language,
                body=notice.body,
                first_shown_at=clock.now(),
            )
        ],
        ignore_conflicts=True,
    )


def count_served(notice: Notice) -> None:
    """Add one to the day's count of a notice that was shown; of whom it was shown to nothing is kept."""
    shown = {
        "day": clock.now().date(),
        "version": notice.version,
        "language": notice.language,
        "channel": "web",
    }
    same = models.NoticesServed.objects.filter(**shown)
    if same.update(served=F("served") + 1):
        return
    models.NoticesServed.objects.bulk_create([models.NoticesServed(**shown)], ignore_conflicts=True)
    same.update(served=F("served") + 1)
