"""The same key with the same words is a repeat; with other words it is a message of its own, and nothing is lost."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from consent.access.actors import Actor, ActorKind, person_actor
from consent.ledger.actions import Agreed
from feedback.desk.actions import answer, note
from feedback.intake.actions import Submission, submit_feedback
from feedback.portal.actions import Reply, reply
from feedback.tickets.models import Message, Ticket
from imsupport.accounts.models import User

WORDS = {"message": "The ring tone is too loud.", "idempotency_key": "k1", "email": "mia@people.test", "name": "Mia"}
OTHERS = [
    {"message": "The picture freezes."},
    {"name": "Mia B."},
    {"email": "mia@home.test"},
    {"subject": "Ring tone"},
    {"topic": "problem"},
    {"needs": "captions"},
]


@pytest.fixture
def ticket(mia: Agreed) -> Ticket:
    given = Submission(message="The heron button stays grey.", idempotency_key="k")
    return submit_feedback(given, person_id=mia.person.pk, policy_version=1).ticket


@pytest.fixture
def agent(ada: User) -> Actor:
    return Actor(ActorKind.AGENT, ada.pk)


@pytest.mark.parametrize("other", OTHERS, ids=[next(iter(other)) for other in OTHERS])
def test_the_same_form_sent_again_with_something_changed_is_kept(
    other: dict[str, str], mia: Agreed, client_for: Callable[..., Client]
) -> None:
    client = client_for(mia)
    client.post("/feedback/", WORDS)

    pages = [client.post("/feedback/", {**WORDS, **other})["Location"] for _press in range(2)]

    assert Ticket.objects.count() == 2
    assert pages[0].split(":")[0] == pages[1].split(":")[0]


def test_a_file_that_came_with_the_second_press_is_kept(mia: Agreed, client_for: Callable[..., Client]) -> None:
    client = client_for(mia)
    client.post("/feedback/", WORDS)

    for _press in range(2):
        client.post("/feedback/", {**WORDS, "attachments": [SimpleUploadedFile("call.log", b"call ended\n")]})

    assert Ticket.objects.count() == 2
    assert sum(ticket.attachments.count() for ticket in Ticket.objects.all()) == 1


def test_a_facts_changed_by_the_browser_alone_is_a_repeat(mia: Agreed, client_for: Callable[..., Client]) -> None:
    client = client_for(mia)

    for system in ("Android 10", "Android 11"):
        client.post("/feedback/", {**WORDS, "device_system": system, "share_system": "on"})

    assert Ticket.objects.count() == 1


def test_replies_of_one_key(ticket: Ticket, mia: Agreed) -> None:
    for message in ("On wifi too.", "On wifi too.", "And on the train."):
        reply(Ticket.objects.get(), Reply(message, "r"), actor=person_actor(mia.person.pk))

    assert Message.objects.filter(ticket=ticket).count() == 3


@pytest.mark.parametrize("say", [answer, note])
def test_answers_and_notes_of_one_key(say: Callable[..., Message], ticket: Ticket, agent: Actor) -> None:
    said = [
        say(ticket, words, idempotency_key="a", actor=agent).pk
        for words in ("Please update.", "Please update.", "Please restart.")
    ]

    assert said[0] == said[1] != said[2]
    assert Message.objects.filter(ticket=ticket).count() == 3


def test_without_the_key_of_the_form_words_cannot_be_tried_out(mia: Agreed) -> None:
    """What is handed in again has a key that can be guessed, so nothing of its words is in the hash."""
    hashes = {
        bytes(_submit(mia, message, key=key, repeats_by_key=is_ours).idempotency)
        for message in ("Grey.", "Green.")
        for key, is_ours in (("random", False), ("again:1", True))
    }

    assert len(hashes) == 3


def _submit(who: Agreed, message: str, *, key: str, repeats_by_key: bool) -> Ticket:
    given = Submission(message=message, idempotency_key=key, repeats_by_key=repeats_by_key)
    return submit_feedback(given, person_id=who.person.pk, policy_version=1).ticket
