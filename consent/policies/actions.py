"""Keeping the notices that were decided on."""

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
