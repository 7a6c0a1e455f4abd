"""Opening a ticket: its row, its first message and its place in a queue, in the transaction of a submission."""

from dataclasses import dataclass, field

from consent.people.models import Identifier
from consent.sealing.envelopes import DataKey
from feedback.stripping import StrippedText
from feedback.tickets.history import place_of, record_move
from feedback.tickets.models import Message, Team, Ticket
from feedback.tickets.references import new_reference
from feedback.tickets.words import categories_of, opening_of, seal_categories, seal_line, seal_words
from imsupport import clock
from imsupport.accounts.models import User
from imsupport.ids import new_id
from imsupport.rows import insert

SAFETY_TEAM = "safety"
"""Who reads what others do to a writer. While an agent is in it, only its members see these tickets."""


@dataclass(frozen=True)
class Standing:
    """Who reads a ticket, how soon, and what its lines lost before; of words collected anew, as it was with the old."""

    team_id: int | None
    priority: int
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class Opening:
    """What a new ticket is made of. Every word in it has been stripped."""

    person_id: int
    policy_version: int
    text: StrippedText
    subject: StrippedText | None
    sender_name: StrippedText | None
    topic: str
    channel: str
    language: str
    idempotency: bytes
    app_id: str = ""
    needs: tuple[str, ...] = ()
    device: dict[str, str] = field(default_factory=dict)
    suspicions: tuple[str, ...] = ()
    standing: Standing | None = None


@dataclass(frozen=True)
class Opened:
    ticket: Ticket
    message: Message


def open_ticket(opening: Opening, *, key: DataKey, address: Identifier | None) -> Opened:
    """Write a ticket with its first message, sealed under `key`. Needs the caller's transaction.

    Its row says when and by whom it was opened; the history starts with what happens after. Who is harmed or threatened
    is read first, and by the team for safety alone; by every agent while nobody in that team could read it. What was a
    ticket before stays with whom staff gave it to.
    """
    now = clock.now()
    ticket_id, message_id = new_id(), new_id()
    stamp = {
        "person_id": opening.person_id,
        "policy_version": opening.policy_version,
        "collected_at": now,
    }
    standing = opening.standing or _first_place(opening.topic)
    ticket = Ticket(
        id=ticket_id,
        ref=new_reference(),
        topic=opening.topic,
        priority=standing.priority,
        team_id=standing.team_id,
        channel=opening.channel,
        app_id=opening.app_id,
        language=opening.language,
        subject=seal_line(opening.subject, key=key, label="ticket.subject", row_id=ticket_id),
        sender_name=seal_line(opening.sender_name, key=key, label="ticket.sender_name", row_id=ticket_id),
        opening=key.seal("ticket.opening", ticket_id, opening_of(opening.text)),
        needs=key.seal("ticket.needs", ticket_id, ",".join(opening.needs)) if opening.needs else None,
        left_out=seal_categories(
            (*standing.left_out, *categories_of(opening.subject, opening.sender_name)),
            key=key,
            label="ticket.left_out",
            row_id=ticket_id,
        ),
        device=opening.device,
        suspicions=list(opening.suspicions),
        address=address,
        idempotency=opening.idempotency,
        activity_at=now,
        **stamp,
    )
    insert(ticket)
    words = seal_words(opening.text, key=key, message_id=message_id)
    message = Message(
        id=message_id,
        ticket=ticket,
        kind=Message.Kind.PERSON,
        text=words.text,
        marks=words.marks,
        **stamp,
    )
    insert(message)
    record_move(None, place_of(ticket))
    return Opened(ticket, message)


def _first_place(topic: str) -> Standing:
    if topic != Ticket.Topic.SAFETY:
        return Standing(None, Ticket.Priority.NORMAL)
    members = {"members__role": User.Role.AGENT, "members__is_active": True}
    team = Team.objects.filter(name=SAFETY_TEAM, **members).first()
    return Standing(team.pk if team else None, Ticket.Priority.URGENT)
