"""The operator says which identifiers are left out; cards and passwords always are, by whichever door they come."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from consent.access.actors import person_actor
from consent.ledger.actions import Agreed
from feedback.intake.actions import Submission, strip_submission
from feedback.intake.uploads import check_file
from feedback.portal.queries import own_conversation
from feedback.tickets.models import Ticket
from feedback.tickets.references import token_for

WORDS = "Write to mia@example.org or +49 170 1234567. My password is hunter2, my card 4111 1111 1111 1111."


@pytest.fixture
def client(mia: Agreed, client_for: Callable[..., Client]) -> Client:
    return client_for(mia)


def _kept(mia: Agreed) -> str:
    conversation = own_conversation(Ticket.objects.get(), person_actor(mia.person.pk))
    return "\n".join("".join(part.text for part in entry.parts) for entry in conversation.entries)


def test_addresses_stay_and_cards_and_passwords_go_unless_the_operator_says_more(mia: Agreed, client: Client) -> None:
    client.post("/feedback/", {"message": WORDS, "idempotency_key": "k1"})

    kept = _kept(mia)
    assert "mia@example.org" in kept
    assert "+49 170 1234567" in kept
    assert "hunter2" not in kept
    assert "4111" not in kept


def test_what_the_operator_names_is_left_out_of_messages_and_replies(
    mia: Agreed, client: Client, settings: Any
) -> None:
    settings.STRIP_IDENTIFIERS = frozenset({"phone"})
    client.post("/feedback/", {"message": WORDS, "idempotency_key": "k1"})
    ticket = Ticket.objects.get()
    client.post(
        f"/feedback/{token_for(ticket.pk, ticket.token_generation)}/reply/",
        {"message": "Sorry, it is +33 6 12 34 56 78.", "idempotency_key": "k2"},
    )

    kept = _kept(mia)
    assert "mia@example.org" in kept
    assert "+49 ••• •••••••" in kept
    assert "+33 • •• •• •• ••" in kept


def test_what_the_operator_names_is_left_out_of_subject_name_and_files(settings: Any) -> None:
    settings.STRIP_IDENTIFIERS = frozenset({"email"})

    sent = strip_submission(Submission("Hello", "k1", name="mia@example.org", subject="For mia@example.org"))
    file = check_file(SimpleUploadedFile("log of mia@example.org.txt", b"login mia@example.org failed"))

    assert sent.subject is not None
    assert sent.sender_name is not None
    assert "@" not in sent.subject.text + sent.sender_name.text + file.name
    assert file.content == b"login [\xe2\x80\xa6] failed"


def test_what_the_operator_names_is_shown_while_typing(client: Client, settings: Any) -> None:
    settings.STRIP_IDENTIFIERS = frozenset({"email"})

    answer = client.post("/feedback/check/", {"message": WORDS}, headers={"Accept": "application/json"})

    assert {span["category"] for span in answer.json()["spans"]} == {"email", "secret", "card"}
