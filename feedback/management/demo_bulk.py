"""Demo content by the hundred thousand: really sealed rows, written in batches of constant memory."""

import random
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

from django.db import transaction

from consent.ledger.actions import AGREED_PURPOSES
from consent.ledger.models import ConsentState, Status
from consent.people.models import Person
from consent.sealing.actions import make_data_keys, make_person_key
from consent.sealing.envelopes import DataKey
from feedback.management.demo_content import DEVICES, NAMES, STORIES
from feedback.stripping import StrippedText, strip
from feedback.tickets.models import Message, QueueChange, Ticket
from feedback.tickets.references import new_reference
from feedback.tickets.words import opening_of, seal_words
from imsupport import clock
from imsupport.accounts.models import User
from imsupport.ids import new_id

BATCH = 2_000
POLICY_VERSION = 1
_TOPICS = [topic for topic in Ticket.Topic.values if topic != Ticket.Topic.SAFETY]
_STATES = (Ticket.State.NEW, Ticket.State.OPEN, Ticket.State.WAITING, Ticket.State.SOLVED)


def write(*, tickets: int, people: int, chance: random.Random, say: Callable[[str], object]) -> None:
    """Write tickets with one message each; a person's consent state is written without its events."""
    words = [strip(story.message) for story in STORIES]
    agents = [None, *User.objects.filter(role=User.Role.AGENT).values_list("pk", flat=True)]
    left, per_person = tickets, max(1, tickets // people)
    while left:
        size = min(BATCH, left)
        owners = _meet_people(max(1, size // per_person))
        _write_batch(size, owners, words, agents, chance)
        left -= size
        say(f"{tickets - left} of {tickets}")


def _meet_people(count: int) -> list[int]:
    now = clock.now()
    people = [Person(id=new_id(), created_at=now) for _ in range(count)]
    with transaction.atomic(using="keys"):
        for person in people:
            make_person_key(person.pk)
    with transaction.atomic():
        Person.objects.bulk_create(people)
        ConsentState.objects.bulk_create(
            ConsentState(
                person_id=person.pk,
                purpose=purpose,
                status=Status.GIVEN,
                policy_version=POLICY_VERSION,
                given_at=now,
                last_seq=0,
            )
            for person in people
            for purpose in AGREED_PURPOSES
        )
    return [person.pk for person in people]


def _write_batch(
    size: int, owners: list[int], words: list[StrippedText], agents: list[int | None], chance: random.Random
) -> None:
    tickets: list[Ticket] = []
    messages: list[Message] = []
    share = -(-size // len(owners))
    for owner in owners:
        count = min(share, size - len(tickets))
        if count > 0:
            with transaction.atomic(using="keys"):
                keys = make_data_keys(owner, count)
            for key in keys:
                ticket, message = _ticket(owner, key, chance.choice(words), chance.choice(agents), chance)
                tickets.append(ticket)
                messages.append(message)
    with transaction.atomic():
        Ticket.objects.bulk_create(tickets)
        Message.objects.bulk_create(messages)
        counted = Counter((ticket.state, ticket.assignee_id or 0) for ticket in tickets)
        QueueChange.objects.bulk_create(
            QueueChange(state=state, team_id=0, assignee_id=agent, change=number)
            for (state, agent), number in counted.items()
        )


def _ticket(
    owner: int, key: DataKey, words: StrippedText, agent: int | None, chance: random.Random
) -> tuple[Ticket, Message]:
    ticket_id, message_id = new_id(), new_id()
    now = clock.now()
    at = now - timedelta(seconds=chance.randrange(60 * 60 * 24 * 40))
    state = chance.choice(_STATES)
    stamp = {"person_id": owner, "policy_version": POLICY_VERSION, "collected_at": now}
    ticket = Ticket(
        id=ticket_id,
        ref=new_reference(),
        state=state,
        topic=chance.choice(_TOPICS),
        channel="web",
        language="en",
        assignee_id=agent,
        sender_name=key.seal("ticket.sender_name", ticket_id, chance.choice(NAMES)),
        opening=key.seal("ticket.opening", ticket_id, opening_of(words)),
        device=dict(chance.choice(DEVICES)),
        idempotency=ticket_id.to_bytes(32),
        activity_at=at,
        solved_at=at if state == Ticket.State.SOLVED else None,
        **stamp,
    )
    sealed = seal_words(words, key=key, message_id=message_id)
    message = Message(
        id=message_id, ticket=ticket, kind=Message.Kind.PERSON, text=sealed.text, marks=sealed.marks, **stamp
    )
    return ticket, message
