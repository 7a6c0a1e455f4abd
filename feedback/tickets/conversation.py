"""A conversation as one may see it: opened through the one door, cuts drawn from their marks."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, FilteredRelation, Q

from consent.access.door import Look, read
from consent.access.predicates import may_use
from consent.ledger.models import ConsentState
from feedback.stripping import Mark
from feedback.tickets.models import Attachment, Message, Ticket
from feedback.tickets.words import load_categories, load_marks

_OF_FILE = {f"file_{field.attname}": field.attname for field in Attachment._meta.concrete_fields}


@dataclass(frozen=True)
class Part:
    """A stretch of text, or the category of what was left out there."""

    text: str = ""
    category: str = ""


@dataclass(frozen=True)
class Entry:
    """One message, opened. `sealed_with` is the key of its words, None once they are erased."""

    id: int
    sealed_with: int | None
    kind: str
    at: datetime
    author: str
    parts: list[Part]
    is_erased: bool
    released: tuple[Mark, ...] = ()
    """What its writer kept; it stands in the text like any other word."""


@dataclass(frozen=True)
class Conversation:
    """What a ticket says: its lines, its messages, its files with their names.

    left_out: the category of each cut in lines and files; those in messages are parts of these.
    """

    subject: str | None
    sender_name: str | None
    needs: list[str]
    entries: list[Entry]
    files: list[tuple[Attachment, str]]
    left_out: list[str]
    consents: list[ConsentState]


def open_conversation(ticket: Ticket, *, look: Look, kinds: Collection[str]) -> Conversation:
    """Open messages of the given kinds with the ticket's lines and their files, in one reading; four queries."""
    messages = Message.objects.for_purpose(look.purpose, actor=look.actor).filter(ticket=ticket, kind__in=kinds)
    there = FilteredRelation("attachments", condition=Q(attachments__erased_at=None))
    joined = messages.select_related("author").annotate(there=there)
    found = list(joined.annotate(**{name: F(f"there__{of}") for name, of in _OF_FILE.items()}).order_by("id"))
    rows = list({row.pk: row for row in found}.values())
    files = sorted(map(_file_of, filter(_has_file, found)), key=lambda file: file.pk)
    lines = [ticket.subject, ticket.sender_name, ticket.needs, ticket.left_out]
    sealed = [column for row in rows for column in (row.text, row.marks)]
    of_files = [column for file in files for column in (file.name, file.left_out)]
    reading = read([*lines, *sealed, *of_files], look=look)
    entries = []
    for row in rows:
        text, marks = reading.text(row.text), load_marks(reading.text(row.marks))
        author = row.author.name if row.author else ""
        key_id = row.text.sealed.key_id if row.text else None
        parts = parts_of(text or "", marks)
        released = tuple(mark for mark in marks if mark.released)
        entries.append(Entry(row.pk, key_id, row.kind, row.collected_at, author, parts, text is None, released))
    needs = (reading.text(ticket.needs) or "").split(",") if ticket.needs else []
    consents = sorted(reading.states.values(), key=lambda state: state.purpose)
    # A file has a stamp of its own: one that waited for its message is older than that.
    usable = [file for file in files if may_use(file.stamp, look.purpose, reading.states)]
    named = [(file, reading.text(file.name) or "") for file in usable]
    left_out = [reading.text(column) for column in (ticket.left_out, *(file.left_out for file in usable))]
    categories = [category for written in left_out for category in load_categories(written)]
    subject, name = reading.text(ticket.subject), reading.text(ticket.sender_name)
    return Conversation(subject, name, needs, entries, named, categories, consents)


def _has_file(row: Message) -> bool:
    return row.__dict__["file_id"] is not None


def _file_of(row: Message) -> Attachment:
    return Attachment.from_db(row._state.db, list(_OF_FILE.values()), [getattr(row, name) for name in _OF_FILE])


def parts_of(text: str, marks: tuple[Mark, ...]) -> list[Part]:
    """Return the text in parts, each cut a part of its own at its place; what its writer released is text."""
    parts, at = [], 0
    for mark in marks:
        if mark.released:
            continue
        parts += [Part(text=text[at : mark.place]), Part(category=mark.category)]
        at = mark.place
    return [part for part in [*parts, Part(text=text[at:])] if part.text or part.category]
