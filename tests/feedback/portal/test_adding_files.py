from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from consent.access.actors import Actor, ActorKind
from consent.ledger.actions import Agreed
from feedback.tickets.actions import set_state
from feedback.tickets.models import Attachment, Event, Ticket
from feedback.tickets.references import token_for
from imsupport import clock
from imsupport.accounts.models import User

WORDS = {"message": "The ring tone is too loud.", "idempotency_key": "k1"}
JSON = {"Accept": "application/json"}


@pytest.fixture
def client(mia: Agreed, client_for: Callable[..., Client]) -> Client:
    return client_for(mia)


@pytest.fixture
def sent(client: Client) -> dict[str, str]:
    said: dict[str, str] = client.post("/feedback/", WORDS, headers=JSON).json()
    return said


def _add(client: Client, url: str, name: str = "call.log", key: str = "f1") -> Any:
    log = SimpleUploadedFile(name, b"I have diabetes.\ncall ended\n")
    return client.post(url, {"attachments": [log], "idempotency_key": key})


def test_words_sent_first_say_where_their_files_go(sent: dict[str, str], client: Client) -> None:
    ticket = Ticket.objects.get()

    assert sent["ref"] == ticket.ref
    assert client.get(sent["next"]).status_code == 200
    assert sent["files"] == f"/feedback/{token_for(ticket.pk, ticket.token_generation)}/files/"


def test_a_file_that_follows_belongs_to_the_message_before_it(sent: dict[str, str], client: Client) -> None:
    response = _add(client, sent["files"])

    assert response.status_code == 200
    kept, message = Attachment.objects.get(), Ticket.objects.get().messages.get()
    assert kept.message_id == message.pk
    assert kept.stamp == message.stamp
    assert b"diabetes" not in client.get(f"{sent['files']}{kept.pk}/").content
    assert not Event.objects.filter(kind=Event.Kind.REPLIED).exists()


def test_the_same_file_again_is_one_and_another_is_another(sent: dict[str, str], client: Client) -> None:
    statuses = [_add(client, sent["files"], key=key).status_code for key in ("f1", "f1", "f2")]

    assert statuses == [200, 200, 200]
    assert Attachment.objects.count() == 2


def test_five_at_most_and_a_refused_one_says_why(sent: dict[str, str], client: Client) -> None:
    refused = client.post(
        sent["files"], {"attachments": [SimpleUploadedFile("a.exe", b"MZ\x00\xff")], "idempotency_key": "x"}
    )
    for number in range(5):
        _add(client, sent["files"], key=str(number))
    sixth = _add(client, sent["files"], key="sixth")

    assert (refused.status_code, sixth.status_code) == (400, 400)
    assert "something else" in refused.json()["said"]
    assert "Five files" in sixth.json()["said"]
    assert Attachment.objects.count() == 5


def test_an_hour_later_it_takes_a_reply(sent: dict[str, str], client: Client) -> None:
    with clock.set_to(clock.now() + timedelta(minutes=61)):
        response = _add(client, sent["files"])

    assert response.status_code == 400
    assert "reply" in response.json()["said"]
    assert not Attachment.objects.exists()


def test_a_closed_message_and_a_changed_policy_take_none(
    sent: dict[str, str], client: Client, ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as later:
        later.setattr("feedback.portal.actions.current_version", lambda: 2)
        changed = _add(client, sent["files"])
    set_state(Ticket.objects.get(), Ticket.State.CLOSED, actor=Actor(ActorKind.AGENT, ada.pk))
    closed = _add(client, sent["files"])

    assert (changed.status_code, closed.status_code) == (403, 409)
    assert changed.json()["said"]
    assert closed.json()["said"]
    assert not Attachment.objects.exists()


def test_a_reply_sent_first_says_where_its_files_go(sent: dict[str, str], client: Client) -> None:
    url = sent["files"].removesuffix("files/")

    said = client.post(f"{url}reply/", {**WORDS, "message": "On wifi too."}, headers=JSON).json()
    _add(client, said["files"])

    assert (said["next"], said["files"]) == (url, sent["files"])
    assert Attachment.objects.get().message_id == Ticket.objects.get().messages.latest("pk").pk


def test_without_the_link_nothing_is_added(sent: dict[str, str], client_for: Callable[..., Client]) -> None:
    forged = sent["files"].replace("/files/", "x/files/")

    assert _add(client_for(), forged).status_code == 404
