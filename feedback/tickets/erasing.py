"""Erasing: the keys go first, then the files, then the rows are blanked; each step may be repeated.

The rows last: as long as something is left to do, they say that the ticket is not erased yet.
"""

from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from consent.access.actors import Actor
from consent.access.models import UnpurposedReason
from consent.people.actions import drop_identifiers
from consent.people.models import Identifier
from consent.sealing.actions import destroy_keys, destroy_person_keys
from feedback.tickets.actions import blank_ticket
from feedback.tickets.keys import keys_of
from feedback.tickets.models import Attachment, Ticket


def erase_ticket(ticket: Ticket, *, actor: Actor) -> None:
    """Destroy the keys of everything said in a ticket, then delete its files, blank its rows, cancel its mail."""
    is_blank = False
    while not is_blank:  # what was answered meanwhile has a key that must go first, too
        destroyed = keys_of(ticket)
        destroy_keys(destroyed)
        delete_files(Attachment.objects.unpurposed(UnpurposedReason.ERASURE).filter(ticket=ticket))
        is_blank = blank_ticket(ticket, destroyed=destroyed, actor=actor)


def erase_person(person_id: int, *, actor: Actor) -> None:
    """Destroy every key of a person, then blank what they wrote; consent events stay under the pseudonym."""
    destroy_person_keys(person_id)
    tickets = Ticket.objects.unpurposed(UnpurposedReason.ERASURE).filter(person_id=person_id, erased_at=None)
    for ticket in tickets:
        erase_ticket(ticket, actor=actor)
    drop_identifiers(Identifier.objects.filter(person_id=person_id))


def delete_files(files: Iterable[Attachment]) -> None:
    """Delete the sealed contents of files; those that are gone already are left alone."""
    for file in files:
        (Path(settings.MEDIA_ROOT) / file.stored_as).unlink(missing_ok=True)
