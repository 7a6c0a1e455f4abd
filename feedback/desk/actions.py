"""What agents do that leaves the house: an answer with its mail, and a note that stays."""

from django.db import IntegrityError, transaction

from consent.access.actors import Actor
from consent.access.models import UnpurposedReason
from consent.sealing.actions import make_data_keys
from consent.sealing.envelopes import DataKey
from feedback.outbox import letters
from feedback.outbox.actions import Posting, enqueue, send_again
from feedback.stripping import staff_text
from feedback.tickets.actions import add_answer, add_note
from feedback.tickets.history import record_event
from feedback.tickets.links import address_link, mailed_words
from feedback.tickets.locking import hold
from feedback.tickets.models import Event, Message, Ticket
from feedback.tickets.words import repeat_hash


def answer(
    ticket: Ticket, raw: str, *, idempotency_key: str, actor: Actor, state: str = Ticket.State.WAITING
) -> Message:
    """Answer a person: the words, the state after them and the mail in one transaction; twice the same is once."""
    words = staff_text(raw)
    idempotency = repeat_hash("answer", ticket.pk, idempotency_key, [words.text])
    [key] = make_data_keys(ticket.person_id)
    try:
        with transaction.atomic():
            message = add_answer(ticket, words, key=key, idempotency=idempotency, state=state, actor=actor)
            _post(ticket, message, words.text, key=key)
    except IntegrityError:
        return _first(idempotency)
    return message


def note(ticket: Ticket, raw: str, *, idempotency_key: str, actor: Actor) -> Message:
    """Add a note that only staff see; twice the same is once."""
    words = staff_text(raw)
    idempotency = repeat_hash("note", ticket.pk, idempotency_key, [words.text])
    [key] = make_data_keys(ticket.person_id)
    try:
        with transaction.atomic():
            return add_note(ticket, words, key=key, idempotency=idempotency, actor=actor)
    except IntegrityError:
        return _first(idempotency)


def send_mail_again(ticket: Ticket, *, actor: Actor) -> int:
    """Send the failed mail of a ticket once more, unless its words are gone; return how many mails that are."""
    with transaction.atomic():
        hold(ticket, actor=actor)
        count = send_again(ticket.pk)
        if count:
            record_event(ticket, Event.Kind.MAIL_AGAIN, actor=actor)
    return count


def _post(ticket: Ticket, message: Message, words: str, *, key: DataKey) -> None:
    """Whole to a confirmed address; to an unconfirmed one only that an answer waits, once for each unread run."""
    address = ticket.address
    if address is None:
        return
    posting = Posting(ticket.person_id, ticket.policy_version, address, ticket.pk, message.pk)
    if address.is_verified:
        enqueue(letters.answer(words=words, **mailed_words(ticket, address)), posting=posting, key=key)
    elif ticket.unread_answers == 1:
        enqueue(letters.answer_waits(link=address_link(address)), posting=posting, key=key)


def _first(idempotency: bytes) -> Message:
    return Message.objects.unpurposed(UnpurposedReason.VERIFICATION).get(idempotency=idempotency)
