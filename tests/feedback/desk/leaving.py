"""What the tests of leaving out by hand say, press and look at."""

from typing import Any

from django.test import Client

from consent.access.actors import SYSTEM
from consent.access.door import Look, read
from consent.access.models import AccessEvent
from consent.purposes import Purpose
from consent.sealing.envelopes import Envelope
from feedback.tickets.models import Message, Ticket

SAID = "Calls drop. My qanary is back, and the Qanary hurts. Please help."
VERIFIED = {"email": "mia@people.test", "is_address_verified": True}


def words_of(ticket: Ticket, kind: str = "person") -> Message:
    found: Message = Message.objects.filter(ticket=ticket, kind=kind).latest("pk")
    return found


def url_of(ticket: Ticket, place: object) -> str:
    return f"/desk/tickets/{ticket.ref}/leave-out/{place}/"


def post(client: Client, ticket: Ticket, place: object, words: str = "qanary", **more: object) -> Any:
    return client.post(url_of(ticket, place), {"words": words, "category": "health", **more})


def opened(*envelopes: Envelope | None) -> list[str | None]:
    reading = read(envelopes, look=Look(SYSTEM, Purpose.PROVIDE, AccessEvent.Act.OPENED, "test"))
    return [reading.text(envelope) for envelope in envelopes]


def key_of(ticket: Ticket) -> int:
    return int(words_of(ticket).text.sealed.key_id)
