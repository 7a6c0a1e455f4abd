from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from consent.ledger.actions import Agreed
from feedback.tickets.models import Ticket

WORDS = {"message": "Calls drop.", "idempotency_key": "k"}
MEGABYTE = 1024 * 1024


def test_too_much_at_once_gets_a_clear_word_and_keeps_the_words(mia: Agreed, client_for: Callable[..., Client]) -> None:
    uploads = [SimpleUploadedFile(f"{number}.log", b"x" * MEGABYTE) for number in range(17)]

    response = client_for(mia).post("/feedback/", {**WORDS, "attachments": uploads})

    assert response.status_code == 400
    assert "15 megabytes" in response.content.decode()
    assert "Calls drop." in response.content.decode()
    assert not Ticket.objects.exists()


def test_a_text_of_ten_megabytes_gets_a_clear_word(mia: Agreed, client_for: Callable[..., Client]) -> None:
    response = client_for(mia).post("/feedback/", {**WORDS, "message": "word " * 2 * MEGABYTE})

    assert response.status_code == 400
    assert "20,000 characters" in response.content.decode()


def test_a_text_beyond_any_measure_is_turned_away(mia: Agreed, client_for: Callable[..., Client]) -> None:
    response = client_for(mia).post("/feedback/", {**WORDS, "message": "x" * 17 * MEGABYTE})

    assert response.status_code in (400, 413)
    assert not Ticket.objects.exists()
