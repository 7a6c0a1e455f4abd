import asyncio
import json
import re
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.test import Client

from consent.access.actors import SYSTEM
from consent.access.door import Look, read
from consent.access.models import AccessEvent
from consent.ledger.actions import Agreed
from consent.purposes import Purpose
from feedback.outbox import actions
from feedback.outbox.models import OutgoingMail
from feedback.outbox.queries import figures, is_mail_held_up
from feedback.outbox.tasks import dispatch_due
from imsupport import clock
from tests.feedback.outbox.conftest import Write, an_answer
from tests.servers import free_port


class Sink:
    def __init__(self) -> None:
        self.connections = 0
        self.letters: list[bytes] = []

    async def handle_EHLO(self, server: Any, session: Any, envelope: Any, hostname: str, responses: Any) -> Any:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.letters.append(envelope.content)
        return "250 taken"


@pytest.fixture
def sink(settings: Any) -> Iterator[Sink]:
    sink = Sink()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    controller = Controller(sink, hostname=settings.EMAIL_HOST, port=settings.EMAIL_PORT)
    controller.start()
    yield sink
    controller.stop()


def test_a_row_is_sealed_and_its_message_id_fixed_when_it_is_written(mia: Agreed, write: Write) -> None:
    mail = OutgoingMail.objects.get(pk=write(mia).pk)

    assert re.fullmatch(r"<[\w-]{24}@localhost>", mail.message_id)
    assert b"Turn it off" not in bytes(mail.letter.sealed)
    look = Look(SYSTEM, Purpose.MAIL, AccessEvent.Act.DELIVERED, "test")
    opened = read([mail.letter], look=look).text(mail.letter)
    assert opened is not None
    assert json.loads(opened)["text"] == an_answer().text


def test_a_request_writes_mail_and_opens_no_connection_to_a_mail_server(
    mia: Agreed, client_for: Callable[..., Client], sink: Sink, django_capture_on_commit_callbacks: Any
) -> None:
    form = {"message": "The ringer is silent.", "email": "mia@example.org", "idempotency_key": "k" * 22}

    with django_capture_on_commit_callbacks(execute=True):
        answered = client_for(mia).post("/feedback/", form)

    assert (answered.status_code, sink.connections) == (302, 0)
    assert OutgoingMail.objects.get().state == OutgoingMail.State.DUE
    dispatch_due()
    assert (sink.connections, len(sink.letters)) == (1, 1)
    assert b"ringer" not in sink.letters[0]


def test_a_mail_goes_over_smtp_with_its_headers(mia: Agreed, write: Write, sink: Sink) -> None:
    mail = write(mia)

    dispatch_due()

    [letter] = sink.letters
    assert f"Message-ID: {mail.message_id}".encode() in letter
    assert OutgoingMail.objects.get().state == OutgoingMail.State.SENT


def test_a_mail_server_that_stalls_is_cut_off_before_the_lease_ends(
    mia: Agreed, write: Write, sink: Sink, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    stalled = threading.Event()

    async def stall(server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        for _ in range(100):
            if stalled.is_set():
                break
            await server.push("250-wait")
            await asyncio.sleep(0.1)
        return "250 ok"

    monkeypatch.setattr(sink, "handle_MAIL", stall, raising=False)
    monkeypatch.setattr("feedback.outbox.delivery.SMTP_SECONDS", 1)
    write(mia)

    began = clock.now()
    dispatch_due()
    stalled.set()

    assert clock.now() - began < timedelta(seconds=5)
    mail = OutgoingMail.objects.get()
    assert (mail.state, mail.attempts) == (OutgoingMail.State.DUE, 1)


def test_a_broker_that_is_down_neither_fails_nor_slows_the_next_request(
    mia: Agreed, write: Write, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    asked = []

    def is_down(*args: Any, **kwargs: Any) -> None:
        asked.append(args)
        raise OSError("no broker")

    monkeypatch.setattr(actions, "_next_wake_at", 0.0)
    monkeypatch.setattr(actions.current_app._get_current_object(), "send_task", is_down)

    with django_capture_on_commit_callbacks(execute=True):
        write(mia)
    with django_capture_on_commit_callbacks(execute=True):
        write(mia)

    assert len(asked) == 1
    assert OutgoingMail.objects.filter(state=OutgoingMail.State.DUE).count() == 2


def test_many_mails_give_one_hint(
    mia: Agreed, write: Write, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    hints: list[Any] = []
    monkeypatch.setattr(actions, "_next_wake_at", 0.0)
    monkeypatch.setattr(
        actions.current_app._get_current_object(), "send_task", lambda name, **options: hints.append(name)
    )

    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(5):
            write(mia)

    assert hints == ["outbox.dispatch_due"]


def test_figures_count_by_state_and_say_when_mail_is_held_up(mia: Agreed, write: Write, office: Any) -> None:
    first = write(mia)
    dispatch_due()
    second = write(mia)

    now = figures()

    assert now.by_state == {"due": 1, "sent": 1}
    assert now.oldest_due_at == second.due_at
    assert first.due_at < second.due_at
    assert not is_mail_held_up()
    with clock.set_to(clock.now() + timedelta(minutes=11)):
        assert is_mail_held_up()
