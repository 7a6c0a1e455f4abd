"""Law 2: free text from outside is stripped before it reaches any store; tickets accept nothing else."""

import ast
import logging
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from consent.access.actors import SYSTEM, person_actor
from consent.access.door import Look, read
from consent.access.models import AccessEvent
from consent.ledger.actions import Agreed
from consent.purposes import Purpose
from consent.sealing.actions import make_data_keys
from consent.sealing.envelopes import Envelope
from feedback.stripping import StaffText, StrippedText, staff_text, strip
from feedback.tickets.actions import add_reply
from feedback.tickets.files import content_of
from feedback.tickets.models import Attachment, Message, StripCount, Ticket
from feedback.tickets.opening import Opening, open_ticket
from feedback.tickets.references import token_for
from feedback.tickets.words import NotWords, seal_line, seal_words
from imsupport.accounts.models import User
from tests.architecture.source import imports, modules, named, tree_of

DISCLOSURE = "I have schizophrenia."


class Forged(str):
    """What somebody might hand over in place of stripped words."""

    text = DISCLOSURE
    marks = ()
    spans = ()


@pytest.mark.parametrize("words", [DISCLOSURE, DISCLOSURE.encode(), None, Forged(), {"text": DISCLOSURE}])
def test_a_message_accepts_nothing_but_stripped_and_staffs_words(mia: Agreed, words: Any) -> None:
    [key] = make_data_keys(mia.person.pk)

    with pytest.raises(NotWords):
        seal_words(words, key=key, message_id=1)


@pytest.mark.parametrize("made", [StrippedText, StaffText])
def test_nobody_makes_either_kind_by_hand(made: Callable[..., object]) -> None:
    with pytest.raises(TypeError):
        made(DISCLOSURE, (), (), object()) if made is StrippedText else made(DISCLOSURE, (), object())


def test_stripped_words_cannot_be_exchanged_afterwards() -> None:
    words = strip("The list is slow.")

    with pytest.raises(AttributeError):
        words.text = DISCLOSURE  # type: ignore[misc]


def test_the_engine_alone_makes_the_two_kinds() -> None:
    makers = {
        named(path)
        for path in modules()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("StrippedText", "StaffText")
    }
    outsiders = {
        named(path)
        for path in modules()
        for name in imports(path)
        if name.startswith("feedback.stripping.texts") and not named(path).startswith("feedback/stripping/")
    }

    assert makers == {"feedback/stripping/texts.py"}
    assert outsiders == set()


@pytest.mark.parametrize("part", ["text", "subject", "sender_name"])
def test_an_opening_with_raw_text_makes_no_ticket(mia: Agreed, part: str) -> None:
    [key] = make_data_keys(mia.person.pk)
    given: dict[str, Any] = {"text": strip("Slow."), "subject": None, "sender_name": None, part: DISCLOSURE}
    opening = Opening(mia.person.pk, 1, topic="other", channel="web", language="en", idempotency=b"k", **given)

    with pytest.raises((AttributeError, TypeError)):
        open_ticket(opening, key=key, address=None)

    assert not Message.objects.exists()


def test_a_raw_reply_is_refused(mia: Agreed, submitted: Callable[..., Ticket]) -> None:
    ticket = submitted(mia)
    [key] = make_data_keys(mia.person.pk)

    with pytest.raises(NotWords):
        add_reply(
            ticket,
            DISCLOSURE,  # type: ignore[arg-type]
            key=key,
            policy_version=1,
            idempotency=b"r",
            actor=person_actor(mia.person.pk),
        )

    assert Message.objects.count() == 1


def test_a_disclosure_is_in_no_store_not_even_sealed(
    mia: Agreed, ada: User, client_for: Callable[..., Client], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    person = client_for(mia)

    person.post("/feedback/check/", {"message": f"Calls drop. {DISCLOSURE}"})
    person.post(
        "/feedback/",
        {
            "message": f"Calls drop. {DISCLOSURE}",
            "subject": DISCLOSURE,
            "name": "Mia",
            "idempotency_key": "k",
            "attachments": [SimpleUploadedFile("my-schizophrenia.txt", f"12:00 start. {DISCLOSURE}".encode())],
        },
    )
    ticket = Ticket.objects.get()
    link = reverse("portal:ticket-reply", args=[token_for(ticket.pk, ticket.token_generation)])
    person.post(link, {"message": f"Still so. {DISCLOSURE}", "idempotency_key": "r"})

    opened = " ".join(_everything_opened(ticket))
    assert "Calls drop." in opened
    assert "Still so." in opened
    assert "12:00 start." in opened
    assert "schizo" not in (opened + caplog.text).casefold()


def test_what_was_left_out_is_counted_apart_without_ticket_or_person(
    mia: Agreed, client_for: Callable[..., Client]
) -> None:
    client_for(mia).post("/feedback/", {"message": f"Calls drop. {DISCLOSURE}", "idempotency_key": "k"})

    row = StripCount.objects.get(language="")
    assert (row.category, row.statements) == ("health", 1)
    names = {field.name for field in StripCount._meta.local_fields}
    assert names == {"id", "day", "category", "channel", "language", "statements", "released", "by_hand"}


def test_a_category_is_never_counted_beside_a_language(mia: Agreed, client_for: Callable[..., Client]) -> None:
    client_for(mia).post("/feedback/", {"message": "我有糖尿病。通话断了。", "idempotency_key": "k"})

    rows = StripCount.objects.order_by("language").values_list("category", "channel", "language", "statements")
    assert list(rows) == [("health", "web", "", 1), ("", "", "zh", 1)]


def test_that_somebody_disclosed_something_is_sealed_with_the_words(
    mia: Agreed, client_for: Callable[..., Client]
) -> None:
    client_for(mia).post("/feedback/", {"message": f"Calls drop. {DISCLOSURE}", "idempotency_key": "k"})

    message = Message.objects.get()

    assert isinstance(message.marks, Envelope)
    assert b"health" not in message.marks.sealed


def test_a_stolen_dump_does_not_tell_who_disclosed_something(mia: Agreed, client_for: Callable[..., Client]) -> None:
    log = b"12:00 start."
    for number, said in enumerate((DISCLOSURE, "The list of calls is empty.")):
        files = [SimpleUploadedFile("log.txt", log + said.encode() if number == 0 else log, "text/plain")]
        form = {"message": f"Calls drop. {said}", "subject": said, "idempotency_key": f"k{number}"}
        client_for(mia).post("/feedback/", {**form, "attachments": files})

    told = [
        (len(message.marks.sealed), len(message.ticket.left_out.sealed), len(file.left_out.sealed))
        for message in Message.objects.order_by("pk")
        for file in Attachment.objects.filter(message=message)
    ]
    assert len(told) == 2
    assert told[0] == told[1]


def test_staffs_words_come_out_of_one_constructor_that_warns() -> None:
    words = staff_text(DISCLOSURE)

    assert words.warnings == ("health",)
    assert [field.name for field in fields(words)] == ["text", "warnings", "made_by"]


def test_a_line_with_a_cut_says_nothing_of_its_category(mia: Agreed) -> None:
    [key] = make_data_keys(mia.person.pk)

    sealed = seal_line(strip(DISCLOSURE), key=key, label="ticket.subject", row_id=1)

    assert sealed is not None
    assert key.unseal("ticket.subject", 1, sealed).decode() == "[…]"


def _everything_opened(ticket: Ticket) -> list[str]:
    files = list(Attachment.objects.filter(ticket=ticket))
    envelopes = [ticket.subject, ticket.sender_name, ticket.opening, *(file.name for file in files)]
    envelopes += [message.text for message in Message.objects.filter(ticket=ticket)]
    envelopes += [content_of(file) for file in files]
    assert len(list(Path(settings.MEDIA_ROOT).iterdir())) == len(files)
    look = Look(SYSTEM, Purpose.PROVIDE, AccessEvent.Act.OPENED, "test", ticket.pk)
    reading = read(envelopes, look=look)
    return [reading.text(envelope) or "" for envelope in envelopes]
