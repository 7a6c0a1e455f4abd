"""The sealed contents of attachments, in the media folder under random names."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from consent.access.door import Look, read
from consent.sealing.envelopes import DataKey, Envelope, Sealed
from feedback.tickets.models import Attachment, Ticket

LABEL = "attachment.content"


@dataclass(frozen=True)
class OpenedFile:
    """A file as it may be handed out, under a name that says nothing."""

    name: str
    content_type: str
    content: bytes


def keep_content(content: bytes, *, key: DataKey, attachment_id: int) -> str:
    """Seal a file's content and write it durably; return the name it is stored under. Comes before its row."""
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    name = secrets.token_hex(24)
    try:
        with open(folder / name, "xb") as file:
            file.write(key.seal(LABEL, attachment_id, content))
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        # What a full disk took of it would only keep the disk full.
        (folder / name).unlink(missing_ok=True)
        raise
    return name


def content_of(attachment: Attachment) -> Envelope | None:
    """Return the sealed content as a closed envelope; None when the file is gone."""
    try:
        raw = (Path(settings.MEDIA_ROOT) / attachment.stored_as).read_bytes()
    except FileNotFoundError:
        return None
    return Envelope(Sealed(raw), LABEL, attachment.pk, attachment.stamp)


def open_file(ticket: Ticket, file_id: int, *, look: Look) -> OpenedFile | None:
    """Open a file of a ticket through the one door; None when it is not there, erased or may not be used."""
    rows = Attachment.objects.for_purpose(look.purpose, actor=look.actor)
    row = rows.filter(ticket=ticket, pk=file_id).first()
    envelope = content_of(row) if row else None
    content = read([envelope], look=look).content(envelope)
    return OpenedFile(f"file-{file_id}", row.content_type, content) if row and content is not None else None
