"""Files that passed while their message did not: kept sealed for an hour, so that an error does not lose them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from consent.access.actors import person_actor
from consent.access.door import Look, read
from consent.access.models import AccessEvent
from consent.access.predicates import may_collect
from consent.policies.queries import current_version
from consent.purposes import Purpose
from consent.sealing.actions import destroy_keys, make_data_keys
from consent.sealing.envelopes import DataKey
from consent.sealing.lookups import exact_lookup
from feedback.intake.counting import count_left_out
from feedback.intake.models import KeptFile
from feedback.intake.uploads import FILES_AT_MOST, CheckedFile
from feedback.tickets.files import keep_content
from feedback.tickets.models import Attachment, Message
from feedback.tickets.words import seal_categories
from imsupport import clock
from imsupport.ids import new_id

KEPT_FOR = timedelta(hours=1)
KEPT_AT_MOST = 20
"""Of one person: each waits sealed on our disk, and nothing of it was sent yet."""
TAKEN_IN_FOR = KEPT_FOR - timedelta(minutes=1)
"""Less than they are kept for, so that none is swept while it is being taken in."""


@dataclass(frozen=True)
class Waiting:
    """A kept file as its person is shown it."""

    id: int
    name: str


@dataclass(frozen=True)
class Filled:
    """One filled form of one person; its files are found under its idempotency key."""

    person_id: int
    key: str

    @property
    def lookup(self) -> bytes:
        return exact_lookup("kept-file", f"{self.person_id}:{self.key}".encode())


def keep_for_now(files: Sequence[CheckedFile], filled: Filled, *, channel: str) -> int:
    """Seal files that passed and keep them for an hour; return how many were too many for that.

    What was left out of them is counted here, not when they are taken in. None is kept of a person who does not agree
    to the present version.
    """
    version = current_version()
    if not files or not filled.key or not may_collect(filled.person_id, Purpose.PROVIDE, version=version):
        return 0
    fitting = files[: _room(filled)]
    if not fitting:
        return len(files)
    rows = []
    for file, key in zip(fitting, make_data_keys(filled.person_id, len(fitting)), strict=True):
        file_id = new_id()
        row = KeptFile(id=file_id, form=filled.lookup, **sealed_parts(file, key=key, file_id=file_id))
        row.person_id, row.policy_version, row.collected_at = filled.person_id, version, clock.now()
        rows.append(row)
    KeptFile.objects.bulk_create(rows)
    count_left_out(channel, [], fitting)
    return len(files) - len(fitting)


def waiting_files(filled: Filled) -> list[Waiting]:
    """Return what is kept for a form."""
    rows = list(_of(filled).order_by("pk"))
    look = Look(person_actor(filled.person_id), Purpose.PROVIDE, AccessEvent.Act.OPENED, "portal:kept")
    reading = read([row.name for row in rows], look=look)
    return [Waiting(row.pk, reading.text(row.name) or "") for row in rows]


def take_in(message: Message, file_ids: Collection[int], *, form_key: str) -> None:
    """Make kept files the message's; they stay sealed and keep their stamp. Needs the caller's transaction."""
    if not file_ids:
        return
    rows = _of(Filled(message.person_id, form_key)).filter(pk__in=file_ids)
    taken = [_attached(row, message) for row in rows.select_for_update()[:FILES_AT_MOST]]
    KeptFile.objects.filter(pk__in=[file.pk for file in taken]).delete()
    Attachment.objects.bulk_create(taken)


def remove_waiting(file_id: int, filled: Filled) -> None:
    """Let go of one kept file of a form."""
    let_go(_of(filled).filter(pk=file_id))


def let_go(files: Iterable[KeptFile]) -> int:
    """Destroy kept files, the keys first; return how many. Safe to repeat."""
    gone = list(files)
    destroy_keys(file.key_id for file in gone)
    for file in gone:
        (Path(settings.MEDIA_ROOT) / file.stored_as).unlink(missing_ok=True)
    KeptFile.objects.filter(pk__in=[file.pk for file in gone]).delete()
    return len(gone)


def sealed_parts(file: CheckedFile, *, key: DataKey, file_id: int) -> dict[str, Any]:
    """Seal a file's content into the media folder; return the columns of its row."""
    return {
        "name": key.seal("attachment.name", file_id, file.name),
        "left_out": seal_categories(file.left_out, key=key, label="attachment.left_out", row_id=file_id),
        "content_type": file.content_type,
        "size_bytes": len(file.content),
        "stored_as": keep_content(file.content, key=key, attachment_id=file_id),
        "key_id": key.id,
    }


def _room(filled: Filled) -> int:
    """Return how many more files may be kept for a form."""
    own = KeptFile.objects.for_purpose(Purpose.PROVIDE, actor=person_actor(filled.person_id))
    of_forms = [
        bytes(form) for form in own.filter(collected_at__gt=clock.now() - KEPT_FOR).values_list("form", flat=True)
    ]
    return max(0, min(FILES_AT_MOST - of_forms.count(filled.lookup), KEPT_AT_MOST - len(of_forms)))


def _attached(row: KeptFile, message: Message) -> Attachment:
    return Attachment(
        id=row.pk,
        ticket_id=message.ticket_id,
        message=message,
        person_id=row.person_id,
        policy_version=row.policy_version,
        collected_at=row.collected_at,
        name=row.name,
        left_out=row.left_out,
        content_type=row.content_type,
        size_bytes=row.size_bytes,
        stored_as=row.stored_as,
        key_id=row.key_id,
    )


def _of(filled: Filled) -> "QuerySet[KeptFile]":
    own = KeptFile.objects.for_purpose(Purpose.PROVIDE, actor=person_actor(filled.person_id))
    return own.filter(form=filled.lookup, collected_at__gt=clock.now() - TAKEN_IN_FOR)
