"""Which keys a ticket's words and files were sealed with."""

from consent.access.models import UnpurposedReason
from feedback.tickets.models import Attachment, Message, Ticket

SEALED_COLUMNS = ("subject", "sender_name", "opening", "needs")
"""What a ticket itself holds of its person's words."""


def keys_of(ticket: Ticket) -> set[int]:
    """Return the ids of the keys that open anything of a ticket."""
    messages = Message.objects.unpurposed(UnpurposedReason.ERASURE).filter(ticket=ticket)
    files = Attachment.objects.unpurposed(UnpurposedReason.ERASURE).filter(ticket=ticket)
    sealed = [getattr(ticket, name) for name in SEALED_COLUMNS]
    sealed += [column for message in messages for column in (message.text, message.marks)]
    named = [(file.name, file.key_id) for file in files]
    opened_by = {envelope.sealed.key_id for envelope in [*sealed, *(name for name, _key in named)] if envelope}
    return opened_by | {key_id for _name, key_id in named}
