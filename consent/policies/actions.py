"""Keeping the notices that were decided on, counting those that were shown; writing and publishing versions."""

import hashlib
from datetime import timedelta

from django.db import transaction
from django.db.models import F

from consent.policies import models
from consent.policies.notices import Notice
from consent.policies.publishing import may_stand_alone
from consent.policies.second_person import NotTheSecond, check_second
from imsupport import clock


class NotPublishable(Exception):
    """A draft cannot be published: by this person, not yet, or because another version is announced already."""


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


def keep_draft(draft: models.PolicyDraft, *, named: str) -> models.PolicyDraft:
    """Keep a draft as it is now written, by whom; who wrote last needs another one to publish it."""
    with transaction.atomic():
        if draft.pk and not models.PolicyDraft.objects.select_for_update().filter(pk=draft.pk, published=None).exists():
            raise NotPublishable("it was published already")
        draft.entered_by, draft.entered_at = named, clock.now()
        draft.save()
    return draft


def publish_draft(draft_id: int, *, written_at: str, named: str) -> models.PolicyVersion:
    """Publish a draft as the next version, announced now and in effect after its lead.

    `written_at` says which writing of it was read (its `entered_at`, as text): a later one is not published unread.
    Raises NotPublishable.
    """
    with transaction.atomic():
        draft = models.PolicyDraft.objects.select_for_update().filter(pk=draft_id, published=None).first()
        if draft is None or draft.entered_at.isoformat() != written_at:
            raise NotPublishable("it was published already, or written anew since it was read")
        now = clock.now()
        confirmed_by = _second(draft, named)
        last = models.PolicyVersion.objects.select_for_update().order_by("-number")[0]
        if last.effective_from > now:
            raise NotPublishable(f"version {last.number} is announced and not in effect yet")
        version = models.PolicyVersion.objects.create(
            number=last.number + 1,
            announced_at=now,
            effective_from=max(now + timedelta(days=draft.lead_days), last.effective_from + timedelta(microseconds=1)),
            entered_by=draft.entered_by,
            confirmed_by=confirmed_by,
            reason="" if confirmed_by else draft.reason,
        )
        models.PolicyText.objects.bulk_create(
            models.PolicyText(
                version=version,
                language=language,
                body=body,
                sha256=hashlib.sha256(body.encode()).hexdigest(),
                is_authoritative=language == "en",
            )
            for language, body in draft.texts.items()
        )
        models.PurposeInVersion.objects.bulk_create(
            models.PurposeInVersion(version=version, purpose=purpose, **words)
            for purpose, words in draft.offers.items()
        )
        draft.published = version
        draft.save(update_fields=["published"])
    return version


def _second(draft: models.PolicyDraft, named: str) -> str:
    """Return who confirms the draft: a colleague, or nobody after 24 hours with a reason."""
    try:
        check_second(draft.entered_by, named)
    except NotTheSecond as error:
        if not may_stand_alone(draft, clock.now()):
            raise NotPublishable("a colleague has to publish it") from error
        return ""
    return named
