"""Which keys a ticket's words and files were sealed with, and what becomes of those that are spent."""

from collections.abc import Collection

from consent.access.models import UnpurposedReason
from consent.sealing.actions import destroy_keys
from feedback.tickets.models import Attachment, Message, SpentKey, Ticket

SEALED_COLUMNS = ("subject", "sender_name", "opening", "needs", "left_out")
"""What a ticket itself holds of its person's words."""
_BATCH = 500


def keys_of(ticket: Ticket) -> set[int]:
    """Return the ids of the keys that open anything of a ticket as its rows are now."""
    rows = Ticket.objects.unpurposed(UnpurposedReason.ERASURE).filter(pk=ticket.pk)
    messages = Message.objects.unpurposed(UnpurposedReason.ERASURE).filter(ticket=ticket)
    files = Attachment.objects.unpurposed(UnpurposedReason.ERASURE).filter(ticket=ticket)
    sealed = [getattr(row, name) for row in rows for name in SEALED_COLUMNS]
    sealed += [column for message in messages for column in (message.text, message.marks)]
    named = [(file.name, file.key_id) for file in files]
    opened_by = {envelope.sealed.key_id for envelope in [*sealed, *(name for name, _key in named)] if envelope}
    return opened_by | {key_id for _name, key_id in named}


def spend(key_ids: Collection[int], ticket: Ticket) -> None:
    """Note, in the transaction that sealed a ticket's words anew, which of their old keys open nothing any more."""
    spent = set(key_ids) - keys_of(ticket)
    SpentKey.objects.bulk_create((SpentKey(id=key_id) for key_id in spent), ignore_conflicts=True)


def destroy_spent_keys() -> int:
    """Destroy the keys that are noted as spent, then forget the notes; return how many. Safe to repeat.

    Outside any transaction: what is not committed might still need its key.
    """
    spent = list(SpentKey.objects.order_by("pk").values_list("pk", flat=True)[:_BATCH])
    if spent:
        destroy_keys(spent)
        SpentKey.objects.filter(pk__in=spent).delete()
    return len(spent)
