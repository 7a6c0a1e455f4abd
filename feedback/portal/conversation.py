"""The conversation as its person sees it: opened through the one door, cuts drawn from their marks."""

from dataclasses import dataclass
from datetime import datetime

from consent.access.actors import Actor
from consent.access.door import Look, read
from consent.access.models import AccessEvent
from consent.purposes import Purpose
from feedback.stripping import Mark
from feedback.tickets.models import Attachment, Message, Ticket
from feedback.tickets.words import load_marks


@dataclass(frozen=True)
class Part:
    """A stretch of text, or the category of what was left out there."""

    text: str = ""
    category: str = ""


@dataclass(frozen=True)
class Entry:
    kind: str
    at: datetime
    parts: list[Part]
    text: str
    is_erased: bool


@dataclass(frozen=True)
class Conversation:
    subject: str | None
    entries: list[Entry]
    files: list[tuple[Attachment, str]]


def conversation_of(ticket: Ticket, *, actor: Actor, kinds: tuple[str, ...] = ("person", "answer")) -> Conversation:
    """Open what a person may see of their ticket; notes among staff are never part of it."""
    messages = list(
        Message.objects.for_purpose(Purpose.PROVIDE, actor=actor).filter(ticket=ticket, kind__in=kinds).order_by("id")
    )
    files = list(Attachment.objects.for_purpose(Purpose.PROVIDE, actor=actor).filter(ticket=ticket, erased_at=None))
    sealed = [column for message in messages for column in (message.text, message.marks)]
    look = Look(actor, Purpose.PROVIDE, AccessEvent.Act.OPENED, "portal:ticket", ticket.pk)
    reading = read([ticket.subject, *sealed, *(file.name for file in files)], look=look)
    entries = []
    for message in messages:
        text = reading.text(message.text)
        marks = load_marks(reading.text(message.marks))
        entries.append(Entry(message.kind, message.collected_at, parts_of(text or "", marks), text or "", text is None))
    return Conversation(reading.text(ticket.subject), entries, [(file, reading.text(file.name) or "") for file in files])


def parts_of(text: str, marks: tuple[Mark, ...]) -> list[Part]:
    """Return the text in parts, each mark a part of its own at its place."""
    parts, at = [], 0
    for mark in marks:
        parts += [Part(text=text[at : mark.place]), Part(category=mark.category)]
        at = mark.place
    return [part for part in [*parts, Part(text=text[at:])] if part.text or part.category]
