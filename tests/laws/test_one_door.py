"""Law 4: unsealing needs a purpose and an actor, asks the ledger at that instant, and leaves an access event."""

import ast
from collections.abc import Callable

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.test import Client

from consent.access.actors import STRANGER, SYSTEM, Actor, ActorKind, person_actor
from consent.access.door import Look, read
from consent.access.models import AccessEvent
from consent.ledger.actions import Agreed, Shown, withdraw_everything
from consent.purposes import Purpose
from feedback.outbox.delivery import deliver_due
from feedback.outbox.models import OutgoingMail
from feedback.tickets.models import Attachment, Message, Ticket
from feedback.tickets.references import token_for
from imsupport.accounts.models import User
from tests.architecture.source import imports, modules, named, tree_of

PLACES = ("/desk/", "/desk/tickets/{ref}/", "/desk/tickets/{ref}/files/{file}/", "{link}", "{link}words.txt")


def test_the_door_alone_unseals() -> None:
    users = {
        named(path)
        for path in modules("consent", "feedback")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Attribute) and node.attr == "unseal"
    }

    assert users == {"consent/access/door.py"}


def test_the_door_alone_takes_keys_out_to_open() -> None:
    openers = {
        named(path) for path in modules() for name in imports(path) if name == "consent.sealing.actions.open_keys"
    }

    assert openers == {"consent/access/door.py"}


def test_secrets_of_keys_stay_in_the_sealing_room() -> None:
    holders = {
        named(path)
        for path in modules("consent", "feedback")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Attribute) and node.attr == "secret"
    }
    ciphers = {named(path) for path in modules() for name in imports(path) if "hazmat" in name and "AESGCM" in name}

    assert all(name.startswith("consent/sealing/") for name in holders)
    assert ciphers == {"consent/sealing/cipher.py"}


def test_no_look_means_no_words(mia: Agreed, submitted: Callable[..., Ticket]) -> None:
    envelope = submitted(mia).opening

    assert "heron" not in f"{envelope} {envelope!r} {envelope.sealed!r}"
    assert not hasattr(envelope, "text")
    assert not hasattr(envelope, "open")


@pytest.mark.parametrize("place", PLACES)
def test_no_event_means_no_words(
    place: str, mia: Agreed, ada: User, client_for: Callable[..., Client], submitted: Callable[..., Ticket]
) -> None:
    ticket = submitted(mia)
    url = _url(place, ticket)
    shown = client_for(ada if url.startswith("/desk/") else mia).get(url)

    _take_the_events_away()
    client = client_for(ada if url.startswith("/desk/") else mia)
    client.raise_request_exception = False
    refused = client.get(url)

    assert b"heron" in shown.content
    assert refused.status_code == 500
    assert b"heron" not in refused.content


def test_no_event_means_no_mail(mia: Agreed, submitted: Callable[..., Ticket]) -> None:
    submitted(mia, email="mia@people.test")
    with transaction.atomic():
        _take_the_events_away()

        with pytest.raises(DatabaseError):
            deliver_due()

        transaction.set_rollback(True)
    assert mail.outbox == []
    assert OutgoingMail.objects.get().letter is not None


@pytest.mark.parametrize("place", PLACES)
def test_every_look_leaves_an_event_that_names_actor_purpose_and_person(
    place: str, mia: Agreed, ada: User, client_for: Callable[..., Client], submitted: Callable[..., Ticket]
) -> None:
    ticket = submitted(mia)
    url = _url(place, ticket)
    expected = ("agent", ada.pk) if url.startswith("/desk/") else ("person", mia.person.pk)

    client_for(ada if url.startswith("/desk/") else mia).get(url)

    event = AccessEvent.objects.get()
    assert (event.actor_kind, event.actor_id) == expected
    assert (event.purpose, event.persons) == ("p1.provide", [mia.person.pk])


def test_the_ledger_is_asked_at_that_instant(mia: Agreed, shown: Shown, submitted: Callable[..., Ticket]) -> None:
    message = Message.objects.get(ticket=submitted(mia))
    look = Look(Actor(ActorKind.AGENT, 1), Purpose.PROVIDE, AccessEvent.Act.OPENED, "test", message.ticket_id)
    before = read([message.text], look=look).text(message.text)

    withdraw_everything(mia.person.pk, shown)

    assert before is not None
    assert read([message.text], look=look).text(message.text) is None


def test_another_purpose_opens_nothing(mia: Agreed, submitted: Callable[..., Ticket]) -> None:
    message = Message.objects.get(ticket=submitted(mia))

    for purpose in (Purpose.IMPROVE, Purpose.DEVELOP, Purpose.USAGE, Purpose.PERSONALISE, Purpose.CRASH):
        look = Look(SYSTEM, purpose, AccessEvent.Act.EXPORTED, "test")
        assert read([message.text], look=look).text(message.text) is None
        assert not Message.objects.for_purpose(purpose, actor=SYSTEM).exists()
    assert not AccessEvent.objects.exists()


def test_a_person_reaches_their_own_rows_only(mia: Agreed, noor: Agreed, submitted: Callable[..., Ticket]) -> None:
    ticket = submitted(mia)

    theirs = Ticket.objects.for_purpose(Purpose.PROVIDE, actor=person_actor(noor.person.pk))

    assert not theirs.exists()
    assert Ticket.objects.for_purpose(Purpose.PROVIDE, actor=person_actor(mia.person.pk)).get() == ticket


def test_a_person_opens_their_own_envelopes_only(mia: Agreed, noor: Agreed, submitted: Callable[..., Ticket]) -> None:
    own, other = submitted(mia).opening, submitted(noor, key="n").opening
    look = Look(person_actor(mia.person.pk), Purpose.PROVIDE, AccessEvent.Act.OPENED, "test")

    reading = read([own, other], look=look)

    assert (reading.text(own) is not None, reading.text(other)) == (True, None)
    assert AccessEvent.objects.get().persons == [mia.person.pk]


@pytest.mark.parametrize("purpose", [Purpose.PROVIDE, Purpose.RIGHTS])
def test_neither_a_stranger_nor_another_person_opens_anything(
    purpose: Purpose, mia: Agreed, noor: Agreed, submitted: Callable[..., Ticket]
) -> None:
    envelope = submitted(mia).opening

    for actor in (STRANGER, person_actor(noor.person.pk)):
        look = Look(actor, purpose, AccessEvent.Act.OPENED, "test")
        assert read([envelope], look=look).text(envelope) is None
    assert not AccessEvent.objects.exists()


def _url(place: str, ticket: Ticket) -> str:
    file = Attachment.objects.get(ticket=ticket)
    link = f"/feedback/{token_for(ticket.pk, ticket.token_generation)}/"
    return place.format(ref=ticket.ref, file=file.pk, link=link)


def _take_the_events_away() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE consent_accessevent RENAME TO consent_accessevent_away")
