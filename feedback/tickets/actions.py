"""What can be done to a ticket. Each action is one transaction: the change, its event, its mail.

Each holds the ticket first, so it raises TicketGone for one that was erased or stopped meanwhile.
"""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction

from consent.access.actors import Actor
from consent.access.models import UnpurposedReason
from consent.disclosures.actions import recall_subject
from consent.sealing.envelopes import DataKey
from feedback.outbox.actions import cancel_mail_of_ticket
from feedback.stripping import StaffText, StrippedText
from feedback.tickets.history import place_of, record_event, record_move
from feedback.tickets.keys import SEALED_COLUMNS, keys_of, spend
from feedback.tickets.leaving_out import Passage, reseal_without
from feedback.tickets.locking import hold, lock
from feedback.tickets.models import Attachment, Event, Message, Team, Ticket
from feedback.tickets.words import seal_words
from imsupport import clock
from imsupport.ids import new_id
from imsupport.rows import insert

_SETTLED = (Ticket.State.SOLVED, Ticket.State.CLOSED)


class TicketClosed(Exception):
    """Nothing more can be added to a closed ticket."""


def add_reply(
    ticket: Ticket,
    words: StrippedText,
    *,
    key: DataKey,
    policy_version: int,
    idempotency: bytes,
    actor: Actor,
) -> Message:
    """Add the person's reply and open the ticket again; raise TicketClosed for a closed one.

    The reply is collected now, so it is stamped with the version in effect, not with the ticket's.
    Needs the caller's transaction.
    """
    hold(ticket, actor=actor)
    if ticket.state == Ticket.State.CLOSED:
        raise TicketClosed
    message = _add_message(
        ticket, words, kind=Message.Kind.PERSON, key=key, version=policy_version, idempotency=idempotency
    )
    record_event(ticket, Event.Kind.REPLIED, actor=actor)
    if ticket.state != Ticket.State.NEW:
        _move(ticket, state=Ticket.State.OPEN, actor=actor)
    _touch(ticket, unread_answers=0)
    return message


def add_answer(
    ticket: Ticket, words: StaffText, *, key: DataKey, idempotency: bytes, state: str, actor: Actor
) -> Message:
    """Add an agent's answer and set the state that follows it. Needs the caller's transaction."""
    hold(ticket, actor=actor)
    return _add_answer(ticket, words, key=key, idempotency=idempotency, state=state, actor=actor)


def ask_for_needs(ticket: Ticket, words: StaffText, *, key: DataKey, actor: Actor) -> Message | None:
    """Ask a person what they need, by an answer that opens a question; nothing while one is open.

    Needs the caller's transaction.
    """
    hold(ticket, actor=actor)
    if ticket.needs_asked_at is not None:
        return None
    ticket.needs_asked_at = clock.now()
    ticket.save(update_fields=["needs_asked_at"])
    record_event(ticket, Event.Kind.NEEDS_ASKED, actor=actor)
    return _add_answer(ticket, words, key=key, idempotency=None, state=Ticket.State.WAITING, actor=actor)


def ask_to_pass_on(ticket: Ticket, words: StaffText, *, to: str, key: DataKey, actor: Actor) -> Message:
    """Ask a person, by an answer, whether their message may be passed on. Needs the caller's transaction."""
    hold(ticket, actor=actor)
    record_event(ticket, Event.Kind.PASS_ASKED, actor=actor, after=to)
    return _add_answer(ticket, words, key=key, idempotency=None, state=Ticket.State.WAITING, actor=actor)


def say_needs(ticket: Ticket, needs: Collection[str], *, key: DataKey, actor: Actor) -> None:
    """Keep what a person needs in place of what was kept before, and close the question; nothing where none is open.

    Needs the caller's transaction, and `destroy_spent_keys` once it is committed. Raises TicketClosed.
    """
    hold(ticket, actor=actor)
    if ticket.needs_asked_at is None:
        return
    if ticket.state == Ticket.State.CLOSED:
        raise TicketClosed
    [before] = Ticket.objects.unpurposed(UnpurposedReason.MAINTENANCE).filter(pk=ticket.pk)
    ticket.needs = key.seal("ticket.needs", ticket.pk, ",".join(needs)) if needs else None
    ticket.needs_asked_at = None
    ticket.save(update_fields=["needs", "needs_asked_at"])
    if before.needs is not None:
        spend({before.needs.sealed.key_id}, ticket)
    record_event(ticket, Event.Kind.NEEDS_SAID, actor=actor)
    if ticket.state != Ticket.State.NEW:
        _move(ticket, state=Ticket.State.OPEN, actor=actor)
    _touch(ticket, unread_answers=0)


def leave_out(
    ticket: Ticket, passage: Passage, *, key: DataKey, note: StaffText, note_key: DataKey, actor: Actor
) -> None:
    """Leave a passage out of a ticket by hand; `reseal_without` says how. Needs the caller's transaction.

    A note tells who did it and when: an event in the clear would tell a stolen dump that something was disclosed.
    """
    hold(ticket, actor=actor)
    reseal_without(ticket, passage, key=key, actor=actor)
    _add_note(ticket, note, key=note_key, idempotency=None, actor=actor)


def add_note(ticket: Ticket, words: StaffText, *, key: DataKey, idempotency: bytes, actor: Actor) -> Message:
    """Add a note that only staff see. Needs the caller's transaction."""
    hold(ticket, actor=actor)
    return _add_note(ticket, words, key=key, idempotency=idempotency, actor=actor)


def set_state(ticket: Ticket, state: str, *, actor: Actor, snoozed_until: datetime | None = None) -> None:
    """Move a ticket to a state; snoozing needs a time."""
    with transaction.atomic():
        hold(ticket, actor=actor)
        ticket.snoozed_until = snoozed_until if state == Ticket.State.SNOOZED else None
        ticket.save(update_fields=["snoozed_until"])
        _move(ticket, state=state, actor=actor)
        _touch(ticket)


def assign(ticket: Ticket, assignee_id: int | None, *, actor: Actor) -> None:
    """Give a ticket to an agent, or to nobody."""
    with transaction.atomic():
        hold(ticket, actor=actor)
        _assign(ticket, assignee_id, actor=actor)
        _touch(ticket)


def set_team(ticket: Ticket, team_id: int | None, *, actor: Actor) -> None:
    """Give a ticket to a team, or to none; an assignee stays who is in the team."""
    with transaction.atomic():
        hold(ticket, actor=actor)
        before, was = place_of(ticket), str(ticket.team_id or "")
        ticket.team_id = team_id
        ticket.save(update_fields=["team"])
        record_event(ticket, Event.Kind.TEAM, actor=actor, before=was, after=str(team_id or ""))
        record_move(before, place_of(ticket))
        if team_id and ticket.assignee_id and not Team.objects.filter(pk=team_id, members=ticket.assignee_id).exists():
            _assign(ticket, None, actor=actor)
        _touch(ticket)


def set_priority(ticket: Ticket, priority: int, *, actor: Actor) -> None:
    """Set how urgent a ticket is."""
    with transaction.atomic():
        hold(ticket, actor=actor)
        was = ticket.get_priority_display()
        ticket.priority = priority
        ticket.save(update_fields=["priority"])
        record_event(ticket, Event.Kind.PRIORITY, actor=actor, before=was, after=ticket.get_priority_display())
        _touch(ticket)


def set_tags(ticket: Ticket, tags: Iterable[str], *, actor: Actor) -> None:
    """Set a ticket's tags; they come from the managers' list, which the form has checked."""
    with transaction.atomic():
        hold(ticket, actor=actor)
        was = ", ".join(ticket.tags)
        ticket.tags = sorted(set(tags))
        ticket.save(update_fields=["tags"])
        record_event(ticket, Event.Kind.TAGS, actor=actor, before=was, after=", ".join(ticket.tags))
        _touch(ticket)


def mark_read(ticket: Ticket, *, history: Iterable[Event], actor: Actor) -> None:
    """Note that the person's words were read, once for each time the person wrote; `history` is newest first."""
    for event in history:
        if event.kind == Event.Kind.READ:
            return
        if event.kind == Event.Kind.REPLIED:
            break
    with transaction.atomic():
        record_event(ticket, Event.Kind.READ, actor=actor)


def blank_ticket(ticket: Ticket, *, destroyed: Collection[int], actor: Actor) -> bool:
    """Blank the rows of a ticket whose keys were destroyed and cancel its mail. Safe to repeat.

    Returns False, and blanks nothing, when something was sealed in it since under a key that is none of those.
    """
    now = clock.now()
    blank = dict.fromkeys(SEALED_COLUMNS)
    erased = Ticket.objects.unpurposed(UnpurposedReason.ERASURE).filter(pk=ticket.pk, erased_at=None)
    messages = Message.objects.unpurposed(UnpurposedReason.ERASURE).filter(ticket=ticket)
    files = Attachment.objects.unpurposed(UnpurposedReason.ERASURE).filter(ticket=ticket)
    with transaction.atomic():
        lock(ticket)
        if keys_of(ticket).difference(destroyed):
            return False
        was = place_of(ticket)
        fresh = erased.update(
            **blank, device={}, address=None, state=Ticket.State.CLOSED, erased_at=now, unread_answers=0
        )
        messages.update(text=None, marks=None, erased_at=now)
        files.update(name=None, left_out=None, erased_at=now)
        cancel_mail_of_ticket(ticket.pk)
        recall_subject(ticket.pk)
        if fresh:
            record_event(ticket, Event.Kind.ERASED, actor=actor)
            record_move(was, None)
    return True


def _add_answer(
    ticket: Ticket, words: StaffText, *, key: DataKey, idempotency: bytes | None, state: str, actor: Actor
) -> Message:
    message = _add_staffs(ticket, words, kind=Message.Kind.ANSWER, key=key, idempotency=idempotency, actor=actor)
    record_event(ticket, Event.Kind.ANSWERED, actor=actor)
    if ticket.assignee_id is None:
        _assign(ticket, actor.id, actor=actor)
    _move(ticket, state=state, actor=actor)
    _touch(ticket, unread_answers=ticket.unread_answers + 1)
    return message


def _add_note(ticket: Ticket, words: StaffText, *, key: DataKey, idempotency: bytes | None, actor: Actor) -> Message:
    message = _add_staffs(ticket, words, kind=Message.Kind.NOTE, key=key, idempotency=idempotency, actor=actor)
    record_event(ticket, Event.Kind.NOTED, actor=actor)
    _touch(ticket)
    return message


def _add_staffs(
    ticket: Ticket, words: StaffText, *, kind: Message.Kind, key: DataKey, idempotency: bytes | None, actor: Actor
) -> Message:
    """Add what staff wrote; it stands under the version that the ticket was collected with."""
    version = ticket.policy_version
    return _add_message(ticket, words, kind=kind, key=key, version=version, idempotency=idempotency, author_id=actor.id)


def _add_message(
    ticket: Ticket,
    words: StrippedText | StaffText,
    *,
    kind: Message.Kind,
    key: DataKey,
    version: int,
    idempotency: bytes | None,
    author_id: int | None = None,
) -> Message:
    message_id = new_id()
    sealed = seal_words(words, key=key, message_id=message_id)
    message = Message(
        id=message_id,
        ticket=ticket,
        person_id=ticket.person_id,
        policy_version=version,
        collected_at=clock.now(),
        kind=kind,
        author_id=author_id,
        text=sealed.text,
        marks=sealed.marks,
        idempotency=idempotency,
    )
    insert(message)
    return message


def _move(ticket: Ticket, *, state: str, actor: Actor) -> None:
    if ticket.state == state:
        return
    before, was = place_of(ticket), ticket.state
    ticket.state = state
    ticket.solved_at = _solved_at(ticket, was)
    ticket.save(update_fields=["state", "solved_at"])
    record_event(ticket, Event.Kind.STATE, actor=actor, before=was, after=state)
    record_move(before, place_of(ticket))


def _solved_at(ticket: Ticket, was: str) -> datetime | None:
    """Return since when a ticket is done with; closing what was solved does not begin that time anew."""
    if ticket.is_open:
        return None
    keeps = was in _SETTLED and ticket.state in _SETTLED
    return (ticket.solved_at if keeps else None) or clock.now()


def _assign(ticket: Ticket, assignee_id: int | None, *, actor: Actor) -> None:
    if ticket.assignee_id == assignee_id:
        return
    before, was = place_of(ticket), str(ticket.assignee_id or "")
    ticket.assignee_id = assignee_id
    ticket.save(update_fields=["assignee"])
    record_event(ticket, Event.Kind.ASSIGNED, actor=actor, before=was, after=str(assignee_id or ""))
    record_move(before, place_of(ticket))


def _touch(ticket: Ticket, unread_answers: int | None = None) -> None:
    ticket.activity_at = clock.now()
    fields = ["activity_at"]
    if unread_answers is not None:
        ticket.unread_answers = unread_answers
        fields.append("unread_answers")
    ticket.save(update_fields=fields)
