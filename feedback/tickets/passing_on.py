"""What of a ticket is passed on to a recipient: its person's words as they read outside the conversation, facts."""

from collections.abc import Mapping, Sequence
from typing import Any

from consent.access.door import Look, read
from consent.disclosures.models import Part
from feedback.stripping import written_out
from feedback.tickets.models import Message, Ticket
from feedback.tickets.words import load_marks


def content(ticket_id: int, parts: Sequence[str], look: Look) -> Mapping[str, Any] | None:
    """Return the parts by name, opened for the recipient's own purpose; None where nothing may be or is left.

    Each message has a stamp of its own: one that came under another version than was allowed is not passed on.
    """
    ticket = Ticket.objects.for_purpose(look.purpose, actor=look.actor).filter(pk=ticket_id, erased_at=None).first()
    if ticket is None:
        return None
    passed: dict[str, Any] = {}
    if Part.MESSAGE in parts:
        passed["messages"] = _words(ticket, look)
    if Part.DEVICE in parts:
        passed["device"] = ticket.device
    return passed if any(passed.values()) else None


def _words(ticket: Ticket, look: Look) -> list[str]:
    rows = Message.objects.for_purpose(look.purpose, actor=look.actor)
    said = list(rows.filter(ticket=ticket, kind=Message.Kind.PERSON, erased_at=None).order_by("pk"))
    reading = read([column for row in said for column in (row.text, row.marks)], look=look)
    opened = [(reading.text(row.text), load_marks(reading.text(row.marks))) for row in said]
    return [written_out(text, marks, lambda category: "[…]") for text, marks in opened if text]
