"""Handing in again what was stopped: its person's own words, collected anew under the version in effect."""

from collections.abc import Iterable, Iterator

from consent.access.actors import Actor
from consent.access.door import Look, read
from consent.access.models import AccessEvent
from consent.ledger.actions import Shown, agree_again
from consent.purposes import Purpose
from feedback.intake.actions import Submission, submit_feedback
from feedback.intake.uploads import CheckedFile
from feedback.stripping import strip
from feedback.tickets.conversation import Entry, open_conversation
from feedback.tickets.erasing import erase_ticket
from feedback.tickets.files import content_of
from feedback.tickets.models import Attachment, Ticket
from feedback.tickets.stopping import sealed_off

_PLACE = "portal:hand-in-again"


class NothingToHandIn(Exception):
    """All was handed in already, or was stopped more than 30 days ago."""


def hand_in_again(person_id: int, shown: Shown, *, actor: Actor) -> list[Ticket]:
    """Agree anew and submit again what was sealed off, then erase the old; safe to repeat after a crash.

    The old rows stay dead: each is a new collection, with the person's words and files, without answers.
    Raises NothingToHandIn, and records no agreement, when all was handed in or its 30 days are over.
    """
    old = list(sealed_off(person_id).select_related("address"))
    if not old:
        raise NothingToHandIn
    again = [_written(ticket, actor) for ticket in old]
    agree_again(person_id, shown)
    handed_in = []
    for ticket, submission in zip(old, again, strict=True):
        handed_in.append(submit_feedback(submission, person_id=person_id, policy_version=shown.notice.version).ticket)
        erase_ticket(ticket, actor=actor)
    return handed_in


def _written(ticket: Ticket, actor: Actor) -> Submission:
    look = Look(actor, Purpose.RIGHTS, AccessEvent.Act.OPENED, _PLACE, ticket.pk)
    told = open_conversation(ticket, look=look, kinds=("person",))
    address = ticket.address
    return Submission(
        message="\n\n".join(_line(entry) for entry in told.entries if not entry.is_erased),
        idempotency_key=f"again:{ticket.pk}",
        repeats_by_key=True,
        name=told.sender_name or "",
        email=(read([address.value], look=look).text(address.value) or "") if address else "",
        subject=told.subject or "",
        topic=ticket.topic,
        needs=tuple(told.needs),
        device=ticket.device,
        files=_files(told.files, look),
        released=tuple(sorted({key for entry in told.entries for key in _released(entry)})),
        channel=ticket.channel,
        language=ticket.language,
        app_id=ticket.app_id,
    )


def _line(entry: Entry) -> str:
    return "".join(part.text or " […] " for part in entry.parts).strip()


def _released(entry: Entry) -> Iterator[str]:
    """Yield what names the words that their writer kept, so that they are kept once more."""
    kept = {(mark.place, mark.category) for mark in entry.released}
    spans = strip("".join(part.text for part in entry.parts)).spans if kept else ()
    return (span.release_key for span in spans if span.release_key and (span.start, span.category) in kept)


def _files(files: Iterable[tuple[Attachment, str]], look: Look) -> tuple[CheckedFile, ...]:
    kept = []
    for row, name in files:
        envelope = content_of(row)
        content = read([envelope], look=look).content(envelope)
        if content is not None:
            kept.append(CheckedFile(name, row.content_type, content))
    return tuple(kept)
