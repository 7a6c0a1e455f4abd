"""Law 2, when a request dies half-way: what was sent is in no store, no log, no temporary file and no error mail."""

import logging
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from consent.ledger.actions import Agreed
from feedback.tickets.models import Ticket
from feedback.tickets.references import token_for
from tests.laws.stores import everything_stored

FORM = {
    "message": "qanarymessage. I have qanarydisease schizophrenia.",
    "subject": "qanarysubject",
    "name": "qanaryname",
}


class Crash(Exception):
    """Whatever may go wrong."""


def _crash(*_args: object, **_kwargs: object) -> None:
    raise Crash


@pytest.mark.parametrize(
    "broken",
    [
        "feedback.intake.actions.strip_words",
        "feedback.intake.actions.open_person_key",
        "feedback.intake.actions.make_data_keys",
        "feedback.intake.actions.open_ticket",
        "feedback.intake.actions.keep_files",
        "feedback.intake.actions._acknowledge",
        "feedback.intake.actions.count_left_out",
        "feedback.portal.views._to_sent",
    ],
)
def test_a_submission_that_dies_leaves_no_word_of_it(
    broken: str,
    mia: Agreed,
    client_for: Callable[..., Client],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    caplog.set_level(logging.DEBUG)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    person = client_for(mia)
    person.raise_request_exception = False
    monkeypatch.setattr(broken, _crash)

    file = SimpleUploadedFile("qanaryfile.txt", b"qanarycontent", "text/plain")
    email = "qanaryemail@people.test"
    answer = person.post("/feedback/", {**FORM, "email": email, "idempotency_key": "k", "attachments": [file]})

    assert answer.status_code == 500
    assert "qanary" not in answer.content.decode() + everything_stored() + caplog.text
    assert mail.outbox == []
    assert os.listdir(temporary) == []


def test_a_reply_that_dies_leaves_no_word_of_it(
    mia: Agreed,
    submitted: Callable[..., Ticket],
    client_for: Callable[..., Client],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    caplog.set_level(logging.DEBUG)
    ticket = submitted(mia)
    person = client_for(mia)
    person.raise_request_exception = False
    monkeypatch.setattr("feedback.portal.actions.add_reply", _crash)

    link = f"/feedback/{token_for(ticket.pk, ticket.token_generation)}/reply/"
    answer = person.post(link, {"message": FORM["message"], "idempotency_key": "r"})

    assert answer.status_code == 500
    assert "qanary" not in answer.content.decode() + everything_stored() + caplog.text
