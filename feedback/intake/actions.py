"""Submitting feedback: the one page on which the whole path of a message can be read."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction

from consent.access.asking import may_ask
from consent.access.models import UnpurposedReason
from consent.access.predicates import may_use, states_of
from consent.people.actions import drop_identifier, keep_identifier
from consent.people.confirmation import code_for, note_asked, note_not_asked
from consent.people.models import Identifier
from consent.purposes import Purpose
from consent.sealing.actions import make_data_keys, open_person_key
from consent.sealing.envelopes import DataKey
from feedback.intake.counting import count_left_out
from feedback.intake.devices import device_facts
from feedback.intake.keeping import sealed_parts, take_in
from feedback.intake.stripping import strip_words
from feedback.intake.uploads import CheckedFile
from feedback.intake.words import looks_like_a_programs
from feedback.outbox import letters
from feedback.outbox.actions import Posting, enqueue
from feedback.stripping import StrippedText
from feedback.tickets.links import address_link, mailed_words
from feedback.tickets.models import Attachment, Message, Ticket
from feedback.tickets.opening import Opened, Opening, Standing, open_ticket
from feedback.tickets.words import elided, repeat_hash
from imsupport import clock
from imsupport.ids import new_id


@dataclass(frozen=True)
class Submission:
    """What a person sends, raw. It is stripped before anything else happens to it."""

    message: str
    idempotency_key: str
    name: str = ""
    email: str = ""
    subject: str = ""
    topic: str = "other"
    needs: tuple[str, ...] = ()
    device: Mapping[str, str] = field(default_factory=dict)
    files: tuple[CheckedFile, ...] = ()
    kept: tuple[int, ...] = ()
    released: tuple[str, ...] = ()
    """What names the words that their writer says disclose nothing; see `strip`."""
    channel: str = "web"
    language: str = "en"
    app_id: str = ""
    is_address_verified: bool = False
    suspicions: tuple[str, ...] = ()
    repeats_by_key: bool = False
    """Its key is ours and no secret: it tells a repeat alone, without a hash of words that could be tried out."""
    standing: Standing | None = None
    """Of a ticket whose words are collected anew: what was left out of them was counted the first time."""


@dataclass(frozen=True)
class Stripped:
    """A submission whose words are stripped; only these are ever kept."""

    given: Submission
    words: StrippedText
    subject: StrippedText | None
    sender_name: StrippedText | None


@dataclass(frozen=True)
class Submitted:
    """What became of a submission. `words` says what was left out; a repeat changed nothing."""

    ticket: Ticket
    words: StrippedText
    is_repeat: bool = False


def submit_feedback(submission: Submission, *, person_id: int, policy_version: int) -> Submitted:
    """Strip, seal and keep a submission with its ticket, files and mail; the same one twice makes one ticket.

    Raises `sealing.KeyGone` when the person's key was destroyed.
    """
    return keep_stripped(strip_submission(submission), person_id=person_id, policy_version=policy_version)


def strip_submission(submission: Submission) -> Stripped:
    """Strip what a person sends; the slow part, which belongs before any transaction."""
    released = submission.released
    return Stripped(
        given=submission,
        words=strip_words(submission.message, released=released),
        subject=strip_words(submission.subject, released=released) if submission.subject else None,
        sender_name=strip_words(submission.name, released=released) if submission.name else None,
    )


def keep_stripped(sent: Stripped, *, person_id: int, policy_version: int) -> Submitted:
    """Seal and keep what was stripped, as `submit_feedback` does; also inside a caller's transaction."""
    submission, words = sent.given, sent.words
    opening = _opening(sent, person_id=person_id, policy_version=policy_version)
    person_key = open_person_key(person_id)
    key, *file_keys = make_data_keys(person_id, 1 + len(submission.files), person_key=person_key)
    try:
        with transaction.atomic():
            address = _kept_address(submission, person_key, policy_version)
            opened = open_ticket(opening, key=key, address=address)
            keep_files(opened.message, submission.files, file_keys)
            take_in(opened.message, submission.kept, form_key=submission.idempotency_key)
            if address is not None:
                _acknowledge(opened, address, key)
            if submission.standing is None:
                count_left_out(submission.channel, [words, sent.subject, sent.sender_name], submission.files)
    except IntegrityError:
        first = Ticket.objects.unpurposed(UnpurposedReason.VERIFICATION).get(idempotency=opening.idempotency)
        return Submitted(first, words, is_repeat=True)
    return Submitted(opened.ticket, words)


def keep_files(
    message: Message, files: Iterable[CheckedFile], keys: Iterable[DataKey], idempotency: bytes | None = None
) -> None:
    """Seal the files of a message, each under its own key, and write their rows. Needs the caller's transaction.

    A file that comes alone may bring its idempotency; the same one again raises IntegrityError.
    """
    rows = []
    for file, key in zip(files, keys, strict=True):
        attachment_id = new_id()
        rows.append(
            Attachment(
                id=attachment_id,
                ticket_id=message.ticket_id,
                message=message,
                person_id=message.person_id,
                policy_version=message.policy_version,
                collected_at=message.collected_at,
                idempotency=idempotency,
                **sealed_parts(file, key=key, file_id=attachment_id),
            )
        )
    if rows:
        Attachment.objects.bulk_create(rows)


def _opening(sent: Stripped, *, person_id: int, policy_version: int) -> Opening:
    submission = sent.given
    idempotency = repeat_hash("submission", person_id, submission.idempotency_key, _said(sent))
    return Opening(
        person_id=person_id,
        policy_version=policy_version,
        text=sent.words,
        subject=sent.subject,
        sender_name=sent.sender_name,
        topic=submission.topic,
        channel=submission.channel,
        language=submission.language,
        idempotency=idempotency,
        app_id=submission.app_id,
        needs=submission.needs,
        device=device_facts(submission.device),
        suspicions=submission.suspicions,
        standing=submission.standing,
    )


def _said(sent: Stripped) -> list[str]:
    """Return what makes one message another; not the device, which its person does not write."""
    given = sent.given
    if given.repeats_by_key:
        return []
    written = [elided(words) if words else "" for words in (sent.words, sent.subject, sent.sender_name)]
    return [*written, given.email, given.topic, *given.needs, *map(fingerprint, given.files)]


def fingerprint(file: CheckedFile) -> str:
    """Return what tells a file from any other."""
    return f"{file.name}:{hashlib.sha256(file.content).hexdigest()}"


def _kept_address(submission: Submission, person_key: DataKey, policy_version: int) -> Identifier | None:
    """Keep the address; one that was given before everything was stopped stays dead, so it is collected anew."""
    if not submission.email:
        return None
    verified_at = clock.now() if submission.is_address_verified else None
    is_writers = submission.is_address_verified
    address = _kept(submission.email, person_key, policy_version, verified_at, is_writers)
    if address.is_fresh or may_use(address.stamp, Purpose.PROVIDE, states_of([address.person_id], Purpose.PROVIDE)):
        return address
    verified_at, is_writers = address.verified_at, address.opens_words
    drop_identifier(address)
    return _kept(submission.email, person_key, policy_version, verified_at, is_writers)


def _kept(
    email: str, person_key: DataKey, policy_version: int, verified_at: datetime | None, is_writers: bool
) -> Identifier:
    return keep_identifier(
        person_id=person_key.person_id,
        kind=Identifier.Kind.EMAIL,
        value=email,
        policy_version=policy_version,
        verified_at=verified_at,
        opens_words=is_writers,
        asked_at=None if verified_at else clock.now(),
        person_key=person_key,
    )


def _acknowledge(opened: Opened, address: Identifier, key: DataKey) -> None:
    ticket, message = opened.ticket, opened.message
    posting = Posting(ticket.person_id, ticket.policy_version, address, ticket.pk, message.pk)
    is_a_programs = looks_like_a_programs(ticket.suspicions)
    if address.is_verified and not is_a_programs:
        enqueue(letters.acknowledgement(**mailed_words(ticket, address)), posting=posting, key=key)
    elif not is_a_programs and may_ask(address):
        letter = letters.ask_if_written(
            code=code_for(address),
            link=address_link(address),
            written_at=message.collected_at,
            language=ticket.language,
        )
        enqueue(letter, posting=posting, key=key)
        if not address.is_fresh:
            note_asked(address)
    elif address.is_fresh and not address.is_verified:
        note_not_asked(address)
