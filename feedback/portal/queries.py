"""A person's own messages, as they are listed and shown to them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max, Sum

from consent.access.actors import Actor
from consent.access.door import Look, read
from consent.access.models import AccessEvent
from consent.purposes import Purpose
from feedback.tickets.conversation import Conversation, open_conversation
from feedback.tickets.models import Message, Ticket, TicketQuerySet
from feedback.tickets.references import token_for

LISTED_AT_MOST = 50
FIRST_CHARACTERS = 160


@dataclass(frozen=True)
class Listed:
    """One message with its latest answer; `said` and `answer` are their first words."""

    ticket: Ticket
    token: str
    said: str
    answer: str
    answered_at: datetime | None


def listed_messages(actor: Actor) -> list[Listed]:
    """Return a person's messages, those with an unread answer first, then by what happened last."""
    rows = _own(actor).order_by("-activity_at")[:LISTED_AT_MOST]
    tickets = sorted(rows, key=lambda ticket: not ticket.unread_answers)
    answers = _latest_answers(tickets, actor)
    sealed = [*(ticket.opening for ticket in tickets), *(answer.text for answer in answers.values())]
    reading = read(sealed, look=Look(actor, Purpose.PROVIDE, AccessEvent.Act.LISTED, "portal:mine"))
    listed = []
    for ticket in tickets:
        answer = answers.get(ticket.pk)
        words = reading.text(answer.text) if answer else None
        said, at = reading.text(ticket.opening) or "", answer.collected_at if answer else None
        listed.append(Listed(ticket, token_for(ticket.pk, ticket.token_generation), said, _first_words(words), at))
    return listed


def open_tickets(actor: Actor) -> TicketQuerySet:
    """Return a person's tickets that are not done with."""
    still_open: TicketQuerySet = _own(actor).still_open()
    return still_open


def own_conversation(ticket: Ticket, actor: Actor, kinds: tuple[str, ...] = ("person", "answer")) -> Conversation:
    """Return what a person and we said in a ticket, as its person sees it."""
    look = Look(actor, Purpose.PROVIDE, AccessEvent.Act.OPENED, "portal:ticket", ticket.pk)
    return open_conversation(ticket, look=look, kinds=kinds)


def unread_answers(actor: Actor) -> int:
    """Return how many answers wait unread for a person; one query."""
    return int(_own(actor).aggregate(n=Sum("unread_answers"))["n"] or 0)


def _own(actor: Actor) -> Any:
    return Ticket.objects.for_purpose(Purpose.PROVIDE, actor=actor).filter(erased_at=None)


def _latest_answers(tickets: list[Ticket], actor: Actor) -> dict[int, Message]:
    answers = Message.objects.for_purpose(Purpose.PROVIDE, actor=actor).filter(ticket__in=tickets, kind="answer")
    latest = answers.order_by().values("ticket").annotate(last=Max("pk")).values_list("last", flat=True)
    return {answer.ticket_id: answer for answer in answers.filter(pk__in=list(latest))}


def _first_words(words: str | None) -> str:
    line = " ".join((words or "").split())
    return line if len(line) <= FIRST_CHARACTERS else line[:FIRST_CHARACTERS].rsplit(" ", 1)[0] + " …"
