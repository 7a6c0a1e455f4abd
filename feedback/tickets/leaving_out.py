"""Leaving out of a ticket by hand what the engine missed: the rest is sealed anew, and the old key is spent.

The rest must survive, so the order is another than on erasing: the new key first; then, in one transaction, all that
the old key sealed and a note that it is spent; then the old key. After a crash the sweep goes on from the note.
"""

import json
from dataclasses import dataclass

from consent.access.actors import Actor
from consent.access.door import Look, Reading, read
from consent.access.models import AccessEvent, UnpurposedReason
from consent.purposes import Purpose
from consent.sealing.envelopes import DataKey, Envelope, Sealed
from feedback.outbox import letters
from feedback.outbox.actions import cancel_mail, replace_letter, unsent_mail
from feedback.outbox.letters import ANSWER, Letter
from feedback.outbox.models import OutgoingMail
from feedback.stripping import Category, Mark, NotInWords, StrippedText, leave_out
from feedback.tickets.keys import SEALED_COLUMNS, spend
from feedback.tickets.links import mailed_words
from feedback.tickets.locking import TicketGone
from feedback.tickets.models import Message, Ticket
from feedback.tickets.strip_counts import Strips, count_strips
from feedback.tickets.words import elided, load_marks, opening_of, seal_line, seal_words

LINES = {"subject": "subject", "name": "sender_name"}
"""What a ticket says beside its messages, by the names that pages use."""
_TEXT = "message.text"


class ChangedSince(Exception):
    """The passage is not there, and its words were changed after the page that names it was drawn."""


@dataclass(frozen=True)
class Passage:
    """What is to be left out, and of what: a line of the ticket by its name, or a message by its number.

    drawn_with: the key of those words on the page on which the passage was chosen.
    """

    place: str
    words: str
    category: Category
    drawn_with: int | None = None


@dataclass(frozen=True)
class _Found:
    """All that one key seals in a ticket: its own columns, a message, and the mail that has not left."""

    ticket: Ticket
    message: Message | None
    mails: list[OutgoingMail]
    reading: Reading


def reseal_without(ticket: Ticket, passage: Passage, *, key: DataKey, actor: Actor) -> None:
    """Seal anew, under `key`, all that was sealed together with a passage; unsent mail that quotes it is written anew.

    Needs the caller's transaction with the ticket held, and `destroy_spent_keys` once it is committed. Raises
    NotInWords, or ChangedSince, when the passage is not there, and TicketGone when its words are not.
    """
    envelope = _envelope(ticket, passage.place, actor)
    spent = envelope.sealed.key_id
    found = _found(ticket, spent, actor)
    marks = load_marks(found.reading.text(found.message.marks)) if found.message and envelope.label == _TEXT else ()
    words = _without(passage, found.reading.text(envelope), marks, spent)
    _reseal_ticket(found, envelope, words, key)
    _reseal_message(found, envelope, words, key)
    for mail in found.mails:
        _reseal_mail(mail, found, words if envelope.label == _TEXT else None, key)
    spend({spent}, ticket)
    count_strips({passage.category: Strips(by_hand=1)}, channel=ticket.channel, text=words.text)


def _envelope(ticket: Ticket, place: str, actor: Actor) -> Envelope:
    """Return what is sealed at a place now, whatever the caller's ticket remembers."""
    row: Ticket | Message | None
    if place in LINES:
        row = Ticket.objects.for_purpose(Purpose.PROVIDE, actor=actor).filter(pk=ticket.pk).first()
    else:
        row = Message.objects.for_purpose(Purpose.PROVIDE, actor=actor).filter(ticket=ticket, pk=int(place)).first()
    envelope: Envelope | None = getattr(row, LINES.get(place, "text"), None)
    if envelope is None:
        raise TicketGone
    return envelope


def _found(ticket: Ticket, key_id: int, actor: Actor) -> _Found:
    """Open all that a key seals; nothing else is opened."""
    fresh = Ticket.objects.for_purpose(Purpose.PROVIDE, actor=actor).get(pk=ticket.pk)
    messages = Message.objects.for_purpose(Purpose.PROVIDE, actor=actor).filter(ticket=ticket)
    message = next((row for row in messages if row.text and row.text.sealed.key_id == key_id), None)
    mails = [mail for mail in unsent_mail(ticket.pk) if mail.letter.sealed.key_id == key_id]
    sealed = list(_columns_under(key_id, fresh).values())
    sealed += [message.text, message.marks] if message else []
    look = Look(actor, Purpose.PROVIDE, AccessEvent.Act.OPENED, "desk:ticket", ticket.pk)
    return _Found(fresh, message, mails, read([*sealed, *(mail.letter for mail in mails)], look=look))


def _without(passage: Passage, text: str | None, marks: tuple[Mark, ...], key_id: int) -> StrippedText:
    if text is None:
        raise TicketGone
    try:
        return leave_out(text, marks, passage.words, passage.category)
    except NotInWords as error:
        if passage.drawn_with not in (None, key_id):
            raise ChangedSince from error
        raise


def _columns_under(key_id: int, ticket: Ticket) -> dict[str, Envelope]:
    """Return what a ticket itself holds under a key, by its column."""
    columns: dict[str, Envelope | None] = {name: getattr(ticket, name) for name in SEALED_COLUMNS}
    return {name: column for name, column in columns.items() if column is not None and column.sealed.key_id == key_id}


def _reseal_ticket(found: _Found, changed: Envelope, words: StrippedText, key: DataKey) -> None:
    ticket, sealed = found.ticket, dict[str, Sealed | None]()
    for name, envelope in _columns_under(changed.sealed.key_id, ticket).items():
        if envelope.label == changed.label:
            sealed[name] = seal_line(words, key=key, label=envelope.label, row_id=ticket.pk)
        elif name == "opening" and changed.label == _TEXT:
            sealed[name] = key.seal(envelope.label, ticket.pk, opening_of(words))
        else:
            sealed[name] = _again(found.reading, envelope, key)
    if sealed:
        Ticket.objects.unpurposed(UnpurposedReason.ERASURE).filter(pk=ticket.pk).update(**sealed)


def _reseal_message(found: _Found, changed: Envelope, words: StrippedText, key: DataKey) -> None:
    message = found.message
    if message is None:
        return
    if changed.label == _TEXT:
        anew = seal_words(words, key=key, message_id=message.pk)
        message.text, message.marks = anew.text, anew.marks
    else:
        message.text = _again(found.reading, message.text, key)
        message.marks = _again(found.reading, message.marks, key) if message.marks else None
    message.save(update_fields=["text", "marks"])


def _again(reading: Reading, envelope: Envelope, key: DataKey) -> Sealed:
    content = reading.content(envelope)
    if content is None:
        raise TicketGone
    return key.seal(envelope.label, envelope.row_id, content)


def _reseal_mail(mail: OutgoingMail, found: _Found, words: StrippedText | None, key: DataKey) -> None:
    """Write an answer's mail anew from its words; the letters that quote no words are sealed as they are."""
    written, address = found.reading.text(mail.letter), mail.address
    if written is None or address is None:
        cancel_mail(mail)
    elif words is not None and mail.kind == ANSWER:
        replace_letter(mail, letters.answer(words=elided(words), **mailed_words(found.ticket, address)), key=key)
    else:
        replace_letter(mail, Letter(**json.loads(written)), key=key)
