from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from consent.access.actors import Actor
from consent.ledger.actions import Agreed
from feedback.desk import actions
from feedback.outbox.models import OutgoingMail
from feedback.tickets.models import Message, Ticket
from imsupport.accounts.models import User

PRIVATE = "Sorry to hear that you have diabetes."
WORSE = PRIVATE + " I am a Muslim, too."
by_kind = pytest.mark.parametrize(("kind", "act"), [("answer", actions.answer), ("note", actions.note)])


def _post(client: Client, ticket: Ticket, kind: str, **given: str) -> Any:
    return client.post(f"/desk/tickets/{ticket.ref}/{kind}/", {"idempotency_key": "one", "words": PRIVATE, **given})


@by_kind
def test_private_words_warn_before_they_are_sent_and_go_by_one_more_press(
    kind: str, act: object, mia: Agreed, ada: User, write: Callable[..., Ticket], client_for: Callable[..., Client]
) -> None:
    ticket, client = write(mia, email="mia@people.test", is_address_verified=True), client_for(ada)

    warned = _post(client, ticket, kind)

    page = warned.content.decode()
    assert warned.status_code == 409
    assert ('role="alert"' in page, "Your words seem to name: health" in page.replace("\n", "")) == (True, True)
    assert (f">{PRIVATE}</textarea>" in page, 'value="one"' in page, "all the same" in page) == (True, True, True)
    assert not Message.objects.filter(kind=kind).exists()
    assert not OutgoingMail.objects.filter(kind="answer").exists()

    sent = _post(client, ticket, kind, warned_of="health")

    assert sent.status_code == 302
    assert Message.objects.filter(kind=kind).count() == 1
    assert OutgoingMail.objects.filter(kind="answer").count() == (kind == "answer")


@by_kind
def test_what_was_not_warned_of_warns_again(
    kind: str, act: Callable[..., Message], mia: Agreed, agent: Actor, write: Callable[..., Ticket]
) -> None:
    ticket = write(mia)

    with pytest.raises(actions.NamesSpecial) as named:
        act(ticket, WORSE, idempotency_key="a", actor=agent, warned_of=["health"])

    assert named.value.categories == ("belief", "health")
    assert act(ticket, WORSE, idempotency_key="a", actor=agent, warned_of=["belief", "health"])


@by_kind
def test_ordinary_words_warn_of_nothing(
    kind: str, act: object, mia: Agreed, ada: User, write: Callable[..., Ticket], client_for: Callable[..., Client]
) -> None:
    response = _post(client_for(ada), write(mia), kind, words="Please update to 4.2 and restart.")

    assert response.status_code == 302
    assert Message.objects.filter(kind=kind).exists()


@by_kind
def test_words_that_were_warned_of_are_kept_whole(
    kind: str, act: object, mia: Agreed, ada: User, write: Callable[..., Ticket], client_for: Callable[..., Client]
) -> None:
    ticket, client = write(mia), client_for(ada)

    _post(client, ticket, kind, warned_of="health")

    assert PRIVATE in client.get(f"/desk/tickets/{ticket.ref}/").content.decode()
