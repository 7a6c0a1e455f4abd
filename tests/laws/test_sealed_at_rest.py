"""Law 3 and law 2: what people write is nowhere in the clear, whatever field it was written in."""

import io
import logging
import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from consent.ledger.actions import Agreed
from feedback.outbox.delivery import deliver_due
from feedback.portal.forms import DEVICE, FeedbackForm, ReplyForm
from feedback.tickets.models import Ticket
from feedback.tickets.references import token_for
from imsupport.accounts.models import User
from tests.laws.stores import everything_stored

DISCLOSURE = "My brother has schizophrenia qanarydisease."
# Closed lists, and what identifies nobody: kept in the clear by decision.
IN_THE_CLEAR = {"topic", "needs", "website", "idempotency_key"}


def test_no_canary_is_found_in_any_store(
    mia: Agreed, ada: User, client_for: Callable[..., Client], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    fields = sorted(set(FeedbackForm.base_fields) - IN_THE_CLEAR)
    canaries = {name: f"qanary{name}x" for name in fields}
    canaries["email"] = "qanaryemailx@people.test"
    canaries["message"] = f"qanarymessagex the call drops. {DISCLOSURE}"
    drawn, exif = io.BytesIO(), Image.Exif()
    exif[0x010E] = "qanaryexifx"
    Image.new("RGB", (9, 9)).save(drawn, "JPEG", exif=exif)
    files = [
        SimpleUploadedFile("qanaryfilenamex.jpg", drawn.getvalue(), "image/jpeg"),
        SimpleUploadedFile("log.txt", b"qanaryfilecontentx", "text/plain"),
    ]
    person, agent = client_for(mia), client_for(ada)

    sent = person.post("/feedback/", {**canaries, "idempotency_key": "k", "attachments": files})
    assert sent.status_code == 302
    ticket = Ticket.objects.get()
    link = f"/feedback/{token_for(ticket.pk, ticket.token_generation)}/"
    for name in ReplyForm.base_fields:
        assert name in ("message", "idempotency_key")
    person.post(link + "reply/", {"message": "qanaryreplyx", "idempotency_key": "r"})
    agent.get("/desk/")
    agent.get(f"/desk/tickets/{ticket.ref}/")
    agent.post(f"/desk/tickets/{ticket.ref}/answer/", {"words": "qanaryanswerx", "idempotency_key": "a"})
    agent.post(f"/desk/tickets/{ticket.ref}/note/", {"words": "qanarynotex", "idempotency_key": "n"})
    person.get(link)
    person.post("/feedback/", {**canaries, "message": "", "idempotency_key": "k2"})
    client_for().post("/feedback/", {**canaries, "idempotency_key": "k3"})
    client_for().get("/feedback/qanaryurlx/")
    deliver_due()

    assert not re.search("qanary", everything_stored() + caplog.text)


def test_the_device_facts_in_the_clear_come_from_a_closed_list() -> None:
    assert {key for key, _label in DEVICE} == {"brand", "model", "system", "app_version", "network", "language"}
