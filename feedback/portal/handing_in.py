"""Handing in again what was stopped: its person's own words, collected anew under the version in effect."""

from collections.abc import Iterable

from consent.access.actors import Actor
from consent.access.door import Look, read
from consent.access.models import AccessEvent
from consent.ledger.actions import Shown, agree_again
from consent.purposes import Purpose
from feedback.intake.actions import Submission, submit_feedback
from feedback.intake.stripping import kept_spans
from feedback.intake.uploads import CheckedFile
from feedback.stripping import Span
from feedback.tickets.conversation import Conversation, Entry, open_conversation
from feedback.tickets.erasing import erase_ticket
from feedback.tickets.files import content_of
from feedback.tickets.models import Attachment, Ticket
from feedback.tickets.opening import Standing
from feedback.tickets.stopping import sealed_off
from feedback.tickets.words import load_categories

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
    beside = read([address.value if address else None, ticket.left_out], look=look)
    return Submission(
        message="\n\n".join(_line(entry) for entry in told.entries if not entry.is_erased),
        idempotency_key=f"again:{ticket.pk}",
        repeats_by_key=True,
        name=told.sender_name or "",
        email=(beside.text(address.value) or "") if address else "",
        subject=told.subject or "",
        topic=ticket.topic,
        needs=tuple(told.needs),
        device=ticket.device,
        files=_files(told.files, look),
        released=_released(told),
        channel=ticket.channel,
        language=ticket.language,
        app_id=ticket.app_id,
        standing=Standing(ticket.team_id, ticket.priority, load_categories(beside.text(ticket.left_out))),
    )


def _line(entry: Entry) -> str:
    return "".join(part.text or " […] " for part in entry.parts).strip()


def _released(told: Conversation) -> tuple[str, ...]:
    """Return what names the words that their writer kept, so that they are kept once more.

    A line keeps no marks: what stands in it, its writer kept.
    """
    spans = [span for entry in told.entries for span in _kept(entry)]
    for line in (told.subject, told.sender_name):
        spans += kept_spans(line or "", lambda span: True)
    return tuple(sorted({span.release_key for span in spans}))


def _kept(entry: Entry) -> list[Span]:
    """Return what an entry's marks say was kept, and what stands in its words: one mark stands for all of these."""
    places = {mark.place for mark in entry.released}

    def is_kept(span: Span) -> bool:
        within = range(span.start, span.end)
        if places.isdisjoint(within):
            return False
        places.update(within)
        return True

    return kept_spans("".join(part.text for part in entry.parts), is_kept) if places else []


def _files(files: Iterable[tuple[Attachment, str]], look: Look) -> tuple[CheckedFile, ...]:
    kept = []
    for row, name in files:
        envelope = content_of(row)
        reading = read([envelope, row.left_out], look=look)
        content = reading.content(envelope)
        if content is not None:
            kept.append(CheckedFile(name, row.content_type, content, load_categories(reading.text(row.left_out))))
    return tuple(kept)
