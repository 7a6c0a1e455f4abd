"""What agents do with words: an answer with its mail, a question about needs, a note, leaving out what was missed."""

from collections.abc import Collection

from django.db import IntegrityError, transaction
from django.utils.translation import gettext, override

from consent.access.actors import Actor
from consent.access.models import UnpurposedReason
from consent.disclosures.actions import Asked, ask_for
from consent.disclosures.actions import pass_on as let_leave
from consent.disclosures.models import Recipient
from consent.disclosures.notices import notice_of
from consent.ledger.actions import Shown
from consent.ledger.models import Channel
from consent.sealing.actions import make_data_keys
from consent.sealing.envelopes import DataKey
from feedback.outbox import letters
from feedback.outbox.actions import Posting, enqueue, send_again
from feedback.stripping import StaffText, staff_text
from feedback.tickets.actions import add_answer, add_note, ask_for_needs, ask_to_pass_on
from feedback.tickets.actions import leave_out as leave_out_of
from feedback.tickets.history import record_event
from feedback.tickets.keys import destroy_spent_keys
from feedback.tickets.leaving_out import Passage
from feedback.tickets.links import address_link, mailed_words
from feedback.tickets.locking import hold
from feedback.tickets.models import Event, Message, Ticket
from feedback.tickets.words import repeat_hash


class NamesSpecial(Exception):
    """Staff's words name special categories of which their writer was not warned yet; `categories` are all named."""

    def __init__(self, categories: tuple[str, ...]) -> None:
        super().__init__()
        self.categories = categories


def answer(
    ticket: Ticket,
    raw: str,
    *,
    idempotency_key: str,
    actor: Actor,
    state: str = Ticket.State.WAITING,
    warned_of: Collection[str] = (),
) -> Message:
    """Answer a person: the words, the state after them and the mail in one transaction; twice the same is once.

    Raises NamesSpecial when the words name a category that is not in `warned_of`.
    """
    words = _staffs(raw, warned_of)
    idempotency = repeat_hash("answer", ticket.pk, idempotency_key, [words.text])
    [key] = make_data_keys(ticket.person_id)
    try:
        with transaction.atomic():
            message = add_answer(ticket, words, key=key, idempotency=idempotency, state=state, actor=actor)
            _post(ticket, message, words.text, key=key)
    except IntegrityError:
        return _first(idempotency)
    return message


def note(ticket: Ticket, raw: str, *, idempotency_key: str, actor: Actor, warned_of: Collection[str] = ()) -> Message:
    """Add a note that only staff see; twice the same is once. Raises NamesSpecial as `answer` does."""
    words = _staffs(raw, warned_of)
    idempotency = repeat_hash("note", ticket.pk, idempotency_key, [words.text])
    [key] = make_data_keys(ticket.person_id)
    try:
        with transaction.atomic():
            return add_note(ticket, words, key=key, idempotency=idempotency, actor=actor)
    except IntegrityError:
        return _first(idempotency)


def ask_what_they_need(ticket: Ticket, *, actor: Actor) -> bool:
    """Send the ready-made question about needs, in the person's language; return False where one is open already."""
    with override(ticket.language):
        words = staff_text(
            gettext(
                "What do you need so that our help suits you? Your message's page has a switch for each thing: "
                "there is nothing to write, and no reason to give."
            )
        )
        [key] = make_data_keys(ticket.person_id)
        with transaction.atomic():
            message = ask_for_needs(ticket, words, key=key, actor=actor)
            if message is not None:
                _post(ticket, message, words.text, key=key)
    return message is not None


def ask_about(ticket: Ticket, recipient: Recipient, *, actor: Actor) -> Asked:
    """Ask a person, in their language, about a recipient, for messages under the version that theirs came under."""
    with override(ticket.language):
        words = staff_text(
            gettext(
                "May we pass your message on to %(name)s? Your message's page tells what for, and has a button for yes "
                "and one for no. We answer you either way, and nothing is passed on before you say yes."
            )
            % {"name": recipient.name}
        )
        notice = notice_of(recipient, version=ticket.policy_version, language=ticket.language)
        shown = Shown(notice, Channel.SYSTEM, "agent:asks", expressed_by="agent")
        [key] = make_data_keys(ticket.person_id)
        with transaction.atomic():
            hold(ticket, actor=actor)
            asked = ask_for(recipient, ticket.person_id, shown)
            if asked == Asked.ASKED:
                message = ask_to_pass_on(ticket, words, to=recipient.slug, key=key, actor=actor)
                _post(ticket, message, words.text, key=key)
    return asked


def pass_on(ticket: Ticket, recipient: Recipient, *, actor: Actor) -> None:
    """Have a ticket passed on. Raises NotAllowed."""
    with transaction.atomic():
        hold(ticket, actor=actor)
        let_leave(recipient, ticket.stamp, ticket.pk, actor=actor)
        record_event(ticket, Event.Kind.PASSED_ON, actor=actor, after=recipient.slug)


def leave_out(ticket: Ticket, passage: Passage, *, actor: Actor) -> None:
    """Leave a passage out of one message or line, its opening in lists and its unsent mail; its old key is destroyed.

    The ticket's other messages, its other lines and its files keep it.
    Raises NotInWords where it does not stand, and ChangedSince where its words were also changed meanwhile: it may have
    stood there, or not.
    """
    key, note_key = make_data_keys(ticket.person_id, 2)
    note = staff_text(gettext("Something was left out here by hand."))
    try:
        with transaction.atomic():
            leave_out_of(ticket, passage, key=key, note=note, note_key=note_key, actor=actor)
    finally:
        destroy_spent_keys()  # also what a press before this one, killed at its end, had spent


def send_mail_again(ticket: Ticket, *, actor: Actor) -> int:
    """Send the failed mail of a ticket once more, unless its words are gone; return how many mails that are."""
    with transaction.atomic():
        hold(ticket, actor=actor)
        count = send_again(ticket.pk)
        if count:
            record_event(ticket, Event.Kind.MAIL_AGAIN, actor=actor)
    return count


def _staffs(raw: str, warned_of: Collection[str]) -> StaffText:
    words = staff_text(raw)
    if not set(words.warnings) <= set(warned_of):
        raise NamesSpecial(words.warnings)
    return words


def _post(ticket: Ticket, message: Message, words: str, *, key: DataKey) -> None:
    """Mail an answer: whole to a confirmed address; to another that an answer waits, once for each unread run."""
    address = ticket.address
    if address is None:
        return
    posting = Posting(ticket.person_id, ticket.policy_version, address, ticket.pk, message.pk)
    if address.is_verified:
        enqueue(letters.answer(words=words, **mailed_words(ticket, address)), posting=posting, key=key)
    elif ticket.unread_answers == 1:
        enqueue(letters.answer_waits(link=address_link(address), language=ticket.language), posting=posting, key=key)


def _first(idempotency: bytes) -> Message:
    return Message.objects.unpurposed(UnpurposedReason.VERIFICATION).get(idempotency=idempotency)
