"""What people do with their own messages after sending them."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from consent.access.actors import Actor
from consent.access.models import UnpurposedReason
from consent.access.predicates import may_collect
from consent.ledger.actions import Agreed, Shown, allow, withdraw, withdraw_everything, withdraw_permissions
from consent.people.actions import drop_identifier
from consent.people.confirmation import TRIES
from consent.people.models import Identifier
from consent.policies.queries import current_version
from consent.purposes import Purpose
from consent.sealing.actions import make_data_keys
from consent.sealing.lookups import exact_lookup
from feedback.intake.actions import (
    Submission,
    Submitted,
    fingerprint,
    keep_files,
    keep_stripped,
    strip_submission,
)
from feedback.intake.counting import count_left_out
from feedback.intake.keeping import take_in
from feedback.intake.stripping import strip_words
from feedback.intake.uploads import FILES_AT_MOST, CheckedFile, FileRefused
from feedback.outbox.actions import cancel_mail_of_person
from feedback.tickets.actions import TicketClosed, add_reply
from feedback.tickets.actions import say_needs as keep_needs
from feedback.tickets.history import record_event
from feedback.tickets.keys import destroy_spent_keys
from feedback.tickets.locking import hold
from feedback.tickets.models import Attachment, Event, Message, Ticket
from feedback.tickets.references import normalised, token_for
from feedback.tickets.stopping import ask_to_stop_when_answered, seal_off_person
from feedback.tickets.words import repeat_hash
from imsupport import clock


@dataclass(frozen=True)
class Reply:
    """What a person adds to a ticket, raw. It is stripped before anything else happens to it."""

    message: str
    idempotency_key: str
    files: tuple[CheckedFile, ...] = ()
    kept: tuple[int, ...] = ()
    released: tuple[str, ...] = ()


FILES_FOLLOW_FOR = timedelta(hours=1)
"""So long may a message's files come after its words; later they come with a reply."""
_QUIET_AFTER_NOT_ME = timedelta(days=365)


class NotAgreed(Exception):
    """Words are collected under the version in effect, and its person has not agreed to that one."""


def agree_and_submit(submission: Submission, agree: Callable[[], Agreed]) -> tuple[Agreed, Submitted]:
    """Record an agreement and submit the words that came with it, in one transaction: both are kept, or neither."""
    sent, version = strip_submission(submission), current_version()
    with transaction.atomic():
        agreed = agree()
        done = keep_stripped(sent, person_id=agreed.person.pk, policy_version=version)
        if done.is_repeat:
            transaction.set_rollback(True)  # the agreement was recorded with the words the first time
    return agreed, done


def reply(ticket: Ticket, given: Reply, *, actor: Actor) -> None:
    """Add a person's reply, stripped, with its files; the same one twice adds one.

    Raises TicketClosed, and NotAgreed when the policy has changed since the person agreed.
    """
    version = current_version()
    if not may_collect(ticket.person_id, Purpose.PROVIDE, version=version):
        raise NotAgreed
    words = strip_words(given.message, released=given.released)
    key, *file_keys = make_data_keys(ticket.person_id, 1 + len(given.files))
    idempotency = repeat_hash("reply", ticket.pk, given.idempotency_key, [words.text, *map(fingerprint, given.files)])
    try:
        with transaction.atomic():
            message = add_reply(ticket, words, key=key, policy_version=version, idempotency=idempotency, actor=actor)
            keep_files(message, given.files, file_keys)
            take_in(message, given.kept, form_key=given.idempotency_key)
            count_left_out(ticket.channel, [words], given.files)
    except IntegrityError:
        return


def say_needs(ticket: Ticket, needs: Collection[str], *, actor: Actor) -> None:
    """Keep what a person says they need, when they were asked; saying it twice keeps it once.

    Raises what `reply` raises.
    """
    if not may_collect(ticket.person_id, Purpose.PROVIDE, version=current_version()):
        raise NotAgreed
    [key] = make_data_keys(ticket.person_id)
    with transaction.atomic():
        keep_needs(ticket, needs, key=key, actor=actor)
    destroy_spent_keys()


def add_file(ticket: Ticket, file: CheckedFile, *, idempotency_key: str, actor: Actor) -> None:
    """Add a file to the message that its person has just sent; the same one twice is added once.

    Raises FileRefused when there are five or the message is older than an hour or of another version of the
    policy, and what `reply` raises.
    """
    version = current_version()
    if not may_collect(ticket.person_id, Purpose.PROVIDE, version=version):
        raise NotAgreed
    if ticket.state == Ticket.State.CLOSED:
        raise TicketClosed
    own = Message.objects.for_purpose(Purpose.PROVIDE, actor=actor).filter(ticket=ticket, kind=Message.Kind.PERSON)
    message = own.order_by("-pk").first()
    if message is None or message.policy_version != version or message.collected_at < clock.now() - FILES_FOLLOW_FOR:
        raise FileRefused(_("This comes too late for the message it belongs to. Send it with a reply."))
    idempotency = exact_lookup("file", f"{ticket.pk}:{idempotency_key}".encode())
    files = Attachment.objects.for_purpose(Purpose.PROVIDE, actor=actor).filter(message=message)
    if files.filter(idempotency=idempotency).exists():
        return
    if files.count() >= FILES_AT_MOST:
        raise FileRefused(_("Five files at most, please."))
    keys = make_data_keys(ticket.person_id)
    try:
        with transaction.atomic():
            hold(ticket, actor=actor)
            keep_files(message, [file], keys, idempotency)
            count_left_out(ticket.channel, [], [file])
    except IntegrityError:
        return


def mark_answers_read(ticket: Ticket, *, actor: Actor) -> None:
    """Note that the person has seen the answers."""
    own = Ticket.objects.for_purpose(Purpose.PROVIDE, actor=actor).filter(pk=ticket.pk)
    own.update(unread_answers=0)


def ticket_by_reference(address: Identifier, ref: str, *, actor: Actor) -> Ticket | None:
    """Return the ticket of a confirmed address by the reference from *sent*: what lets its own words be read.

    Five tries for an address in all, wrong codes counted in.
    """
    tries = Identifier.objects.filter(pk=address.pk, code_tries__lt=TRIES)
    if not address.is_verified or not tries.update(code_tries=F("code_tries") + 1):
        return None
    own = Ticket.objects.for_purpose(Purpose.PROVIDE, actor=actor)
    found: Ticket | None = own.filter(address=address, erased_at=None, ref=normalised(ref)).first()
    if found is not None:
        Identifier.objects.filter(pk=address.pk).update(code_tries=0)
    return found


def make_new_link(ticket: Ticket, *, actor: Actor) -> str:
    """Let every link that led to a ticket open nothing any more, once however often pressed; return the new token."""
    pressed_on = ticket.token_generation
    with transaction.atomic():
        hold(ticket, actor=actor)
        if ticket.token_generation == pressed_on:
            ticket.token_generation += 1
            ticket.save(update_fields=["token_generation"])
            record_event(ticket, Event.Kind.NEW_LINK, actor=actor)
    return token_for(ticket.pk, ticket.token_generation)


def disown_address(address: Identifier) -> None:
    """Forget an address that is not its writer's, and write there no more; links in mails open nothing any more."""
    with transaction.atomic():
        if address.opens_words:
            rows = Ticket.objects.unpurposed(UnpurposedReason.MAINTENANCE).filter(address=address)
            rows.update(token_generation=F("token_generation") + 1)
        drop_identifier(address, quiet_for=_QUIET_AFTER_NOT_ME)


def stop_mail(person_id: int, shown: Shown) -> None:
    """Stop e-mails: nothing that waits leaves any more."""
    with transaction.atomic():
        withdraw(person_id, [Purpose.MAIL], shown)
        cancel_mail_of_person(person_id)


def start_mail(person_id: int, shown: Shown) -> None:
    """Switch e-mails on again for what is written from now on; what waited when they stopped stays unsent."""
    with transaction.atomic():
        # An address that somebody merely typed in is not theirs to be written to again.
        own = Identifier.objects.filter(person_id=person_id, verified_at__isnull=False)
        own.exclude(mail_stopped_at=None).update(mail_stopped_at=None)
        allow(person_id, [Purpose.MAIL], shown)


def stop_optional(person_id: int, shown: Shown) -> None:
    """Stop every optional use, and passing on to anybody."""
    withdraw_permissions(person_id, shown)


def stop_everything(person_id: int, shown: Shown) -> None:
    """Stop everything: nobody reads or answers any more, from this moment."""
    with transaction.atomic():
        withdraw_everything(person_id, shown)
        seal_off_person(person_id)


def stop_after_answer(person_id: int, shown: Shown) -> None:
    """Let what is open be answered first; with nothing open, everything stops at once."""
    if not ask_to_stop_when_answered(person_id):
        stop_everything(person_id, shown)
