"""Erasing: the keys go first, then the rows are blanked, then the files; each step may be repeated."""

from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.db import transaction

from consent.access.actors import Actor
from consent.access.models import UnpurposedReason
from consent.people.models import Identifier
from consent.sealing.actions import destroy_keys, destroy_person_keys
from consent.sealing.envelopes import Envelope
from feedback.outbox.actions import cancel_mail_of_ticket
from feedback.tickets.history import place_of, record_event, record_move
from feedback.tickets.models import Attachment, Event, Message, Ticket
from imsupport import clock

_TICKET_COLUMNS = ("subject", "sender_name", "opening", "needs")


def erase_ticket(ticket: Ticket, *, actor: Actor) -> None:
    """Destroy the keys of everything said in a ticket, then blank its rows, cancel its mail, delete its files."""
    messages = list(Message.objects.unpurposed(UnpurposedReason.ERASURE).filter(ticket=ticket))
    files = list(Attachment.objects.unpurposed(UnpurposedReason.ERASURE).filter(ticket=ticket))
    sealed = [getattr(ticket, name) for name in _TICKET_COLUMNS]
    sealed += [column for message in messages for column in (message.text, message.marks)]
    sealed += [file.name for file in files]
    destroy_keys({*_key_ids(sealed), *(file.key_id for file in files)})
    with transaction.atomic():
        _blank(ticket, actor=actor)
    delete_files(files)


def erase_person(person_id: int, *, actor: Actor) -> None:
    """Destroy every key of a person, then blank what they wrote; consent events stay under the pseudonym."""
    destroy_person_keys(person_id)
    tickets = Ticket.objects.unpurposed(UnpurposedReason.ERASURE).filter(person_id=person_id, erased_at=None)
    for ticket in tickets:
        erase_ticket(ticket, actor=actor)
    Identifier.objects.filter(person_id=person_id).delete()


def delete_files(files: Iterable[Attachment]) -> None:
    """Delete the sealed contents of files; those that are gone already are left alone."""
    for file in files:
        (Path(settings.MEDIA_ROOT) / file.stored_as).unlink(missing_ok=True)


def _blank(ticket: Ticket, *, actor: Actor) -> None:
    now = clock.now()
    erased = Ticket.objects.unpurposed(UnpurposedReason.ERASURE).filter(pk=ticket.pk, erased_at=None)
    was = place_of(ticket)
    blank = dict.fromkeys(_TICKET_COLUMNS)
    fresh = erased.update(**blank, device={}, address=None, state=Ticket.State.CLOSED, erased_at=now, unread_answers=0)
    Message.objects.unpurposed(UnpurposedReason.ERASURE).filter(ticket=ticket).update(
        text=None, marks=None, erased_at=now
    )
    Attachment.objects.unpurposed(UnpurposedReason.ERASURE).filter(ticket=ticket).update(name=None, erased_at=now)
    cancel_mail_of_ticket(ticket.pk)
    if fresh:
        record_event(ticket, Event.Kind.ERASED, actor=actor)
        record_move(was, None)


def _key_ids(envelopes: Iterable[Envelope | None]) -> set[int]:
    return {envelope.sealed.key_id for envelope in envelopes if envelope is not None}
