"""A conversation as one may see it: opened through the one door, cuts drawn from their marks."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from consent.access.door import Look, read
from consent.ledger.models import ConsentState
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
    """One message, opened."""

    kind: str
    at: datetime
    author: str
    parts: list[Part]
    is_erased: bool


@dataclass(frozen=True)
class Conversation:
    """What a ticket says: its lines, its messages, its files with their names."""

    subject: str | None
    sender_name: str | None
    needs: list[str]
    entries: list[Entry]
    files: list[tuple[Attachment, str]]
    consents: list[ConsentState]


def open_conversation(ticket: Ticket, *, look: Look, kinds: Collection[str]) -> Conversation:
    """Open messages of the given kinds with the ticket's lines and files, in one reading; five queries."""
    messages = Message.objects.for_purpose(look.purpose, actor=look.actor).filter(ticket=ticket, kind__in=kinds)
    rows = list(messages.select_related("author").order_by("id"))
    attachments = Attachment.objects.for_purpose(look.purpose, actor=look.actor).filter(ticket=ticket, erased_at=None)
    files = list(attachments.order_by("id"))
    lines = [ticket.subject, ticket.sender_name, ticket.needs]
    sealed = [column for row in rows for column in (row.text, row.marks)]
    reading = read([*lines, *sealed, *(file.name for file in files)], look=look)
    entries = []
    for row in rows:
        text, marks = reading.text(row.text), load_marks(reading.text(row.marks))
        author = row.author.name if row.author else ""
        entries.append(Entry(row.kind, row.collected_at, author, parts_of(text or "", marks), text is None))
    needs = (reading.text(ticket.needs) or "").split(",") if ticket.needs else []
    consents = sorted(reading.states.values(), key=lambda state: state.purpose)
    named = [(file, reading.text(file.name) or "") for file in files]
    return Conversation(reading.text(ticket.subject), reading.text(ticket.sender_name), needs, entries, named, consents)


def parts_of(text: str, marks: tuple[Mark, ...]) -> list[Part]:
    """Return the text in parts, each mark a part of its own at its place."""
    parts, at = [], 0
    for mark in marks:
        parts += [Part(text=text[at : mark.place]), Part(category=mark.category)]
        at = mark.place
    return [part for part in [*parts, Part(text=text[at:])] if part.text or part.category]
