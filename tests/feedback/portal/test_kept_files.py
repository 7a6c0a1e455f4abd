import io
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from consent.ledger.actions import Agreed
from consent.sealing.models import Key
from feedback.intake.models import KeptFile
from feedback.retention.tasks import sweep
from feedback.tickets.models import Attachment, StripCount, Ticket
from feedback.tickets.references import token_for
from imsupport import clock

WORDS = {"message": "The ring tone is too loud.", "idempotency_key": "k1"}
NOTHING_SAID = {**WORDS, "message": ""}


def _photo(name: str = "photo.jpg") -> SimpleUploadedFile:
    drawn = io.BytesIO()
    Image.new("RGB", (20, 20), "teal").save(drawn, "JPEG")
    return SimpleUploadedFile(name, drawn.getvalue(), "image/jpeg")


def _program() -> SimpleUploadedFile:
    return SimpleUploadedFile("tool.exe", b"MZ\x00\x90\xff\xfe")


def _kept_in(page: str) -> list[str]:
    return re.findall(r'<input type="hidden" name="kept" value="(\d+)">', page)


def _post(client: Client, path: str = "/feedback/", **fields: Any) -> str:
    return client.post(path, {**NOTHING_SAID, **fields}).content.decode()


def _media() -> list[Path]:
    folder = Path(settings.MEDIA_ROOT)
    return list(folder.iterdir()) if folder.exists() else []


@pytest.fixture
def client(mia: Agreed, client_for: Callable[..., Client]) -> Client:
    return client_for(mia)


def test_a_file_that_passed_is_kept_sealed_while_its_message_is_put_right(mia: Agreed, client: Client) -> None:
    page = _post(client, attachments=[_photo()])

    kept = KeptFile.objects.get()
    assert _kept_in(page) == [str(kept.pk)]
    assert "photo.jpg" in page
    assert "for one hour" in page
    assert (kept.person_id, kept.policy_version) == (mia.person.pk, 1)
    assert b"JFIF" not in _media()[0].read_bytes()
    assert not Attachment.objects.exists()


def test_what_was_left_out_of_a_kept_file_is_counted_once(client: Client) -> None:
    report = SimpleUploadedFile("report.txt", b"My son has diabetes. The call drops.")

    kept = _kept_in(_post(client, attachments=[report]))
    client.post("/feedback/", {**WORDS, "kept": kept})

    assert Attachment.objects.count() == 1
    assert list(StripCount.objects.filter(language="").values_list("category", "channel", "statements")) == [
        ("health", "web", 1)
    ]


def test_sending_takes_the_kept_files_in(client: Client) -> None:
    kept = _kept_in(_post(client, attachments=[_photo("first.jpg")]))
    kept = _kept_in(_post(client, kept=kept, attachments=[_photo("second.jpg")]))

    response = client.post("/feedback/", {**WORDS, "kept": kept, "attachments": [_photo("third.jpg")]})

    assert response.status_code == 302
    assert "3 pictures" in client.get(response["Location"]).content.decode()
    assert not KeptFile.objects.exists()
    assert len(_media()) == Attachment.objects.count() == 3
    ticket = Ticket.objects.get()
    url = f"/feedback/{token_for(ticket.pk, ticket.token_generation)}/"
    page = client.get(url).content.decode()
    assert all(name in page for name in ("first.jpg", "second.jpg", "third.jpg"))
    opened = client.get(f"{url}files/{kept[0]}/")
    assert Image.open(io.BytesIO(opened.content)).size == (20, 20)


def test_a_file_that_is_refused_does_not_take_the_others_along(client: Client) -> None:
    page = _post(client, message=WORDS["message"], attachments=[_photo(), _program()])

    assert "tool.exe" in page
    assert "This is something else" in page
    assert len(_kept_in(page)) == 1
    assert not Ticket.objects.exists()


def test_a_kept_file_is_removed_by_its_button_and_nothing_typed_is_lost(client: Client) -> None:
    kept = _kept_in(_post(client, attachments=[_photo("first.jpg"), _photo("second.jpg")]))
    keys = set(KeptFile.objects.values_list("key_id", flat=True))

    page = _post(client, f"/feedback/kept/{kept[0]}/remove/", kept=kept, name="Mia Typed")

    assert _kept_in(page) == kept[1:]
    assert "Mia Typed" in page
    assert "first.jpg" not in page
    assert len(_media()) == 1
    assert Key.objects.filter(pk__in=keys).count() == 1


def test_nobody_else_and_no_other_form_can_take_or_remove_them(
    noor: Agreed, client: Client, client_for: Callable[..., Client]
) -> None:
    kept = _kept_in(_post(client, attachments=[_photo()]))
    hers = client_for(noor)

    _post(hers, f"/feedback/kept/{kept[0]}/remove/")
    hers.post("/feedback/", {**WORDS, "kept": kept})
    client.post("/feedback/", {**WORDS, "kept": kept, "idempotency_key": "another form"})

    assert KeptFile.objects.count() == 1
    assert not Attachment.objects.exists()
    assert client_for().post(f"/feedback/kept/{kept[0]}/remove/").status_code == 403


def test_they_are_gone_after_an_hour_and_not_before(client: Client) -> None:
    kept = _kept_in(_post(client, attachments=[_photo()]))
    key_id = KeptFile.objects.get().key_id

    with clock.set_to(clock.now() + timedelta(minutes=59)):
        sweep()
        assert KeptFile.objects.count() == len(_media()) == 1
    with clock.set_to(clock.now() + timedelta(minutes=61)):
        client.post("/feedback/", {**WORDS, "kept": kept})
        assert not Attachment.objects.exists()
        sweep()

    assert not KeptFile.objects.exists()
    assert not _media()
    assert not Key.objects.filter(pk=key_id).exists()


def test_five_files_at_most_kept_ones_counted_in(client: Client) -> None:
    kept = _kept_in(_post(client, attachments=[_photo(f"{number}.jpg") for number in range(4)]))

    page = _post(client, message=WORDS["message"], kept=kept, attachments=[_photo("a.jpg"), _photo("b.jpg")])

    assert "Five files at most" in page
    assert KeptFile.objects.count() == 4


def test_one_form_keeps_five_however_often_it_comes(client: Client) -> None:
    four = [_photo(f"{number}.jpg") for number in range(4)]
    assert "not kept" not in _post(client, attachments=four)

    page = _post(client, attachments=[_photo("a.jpg"), _photo("b.jpg")])

    assert "1 file was not kept: we keep five for one message" in page
    assert KeptFile.objects.count() == len(_media()) == 5


def test_one_person_keeps_twenty_within_an_hour(client: Client) -> None:
    for form in range(4):
        _post(client, idempotency_key=f"form {form}", attachments=[_photo(f"{number}.jpg") for number in range(5)])

    page = _post(client, idempotency_key="one more", attachments=[_photo("a.jpg"), _photo("b.jpg")])

    assert "2 files were not kept: we keep five for one message and twenty in one hour" in page
    assert KeptFile.objects.count() == 20
    with clock.set_to(clock.now() + timedelta(minutes=61)):
        _post(client, idempotency_key="later", attachments=[_photo()])
    assert KeptFile.objects.count() == 21


def test_looking_what_would_be_left_out_keeps_nothing_and_shows_what_is_kept(client: Client) -> None:
    kept = _kept_in(_post(client, attachments=[_photo("first.jpg")]))

    page = _post(client, "/feedback/check/", message="Loud.", kept=kept, attachments=[_photo("second.jpg")])

    assert _kept_in(page) == kept
    assert "chosen again" in page
    assert KeptFile.objects.count() == 1


def test_who_agrees_with_words_that_are_not_right_yet_keeps_their_files(
    client_for: Callable[..., Client],
) -> None:
    client = client_for()
    evidence = client.get("/consent/").context["notice"].evidence

    page = _post(client, "/feedback/agree/", decision="agree", evidence=evidence, attachments=[_photo()])

    assert len(_kept_in(page)) == KeptFile.objects.count() == 1


def test_without_an_agreement_no_file_is_kept(client_for: Callable[..., Client]) -> None:
    _post(client_for(), attachments=[_photo()])

    assert not KeptFile.objects.exists()
    assert not _media()


def test_a_reply_keeps_its_files_too(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    client.post("/feedback/", WORDS)
    ticket = Ticket.objects.get()
    url = f"/feedback/{token_for(ticket.pk, ticket.token_generation)}/"

    kept = _kept_in(_post(client, f"{url}reply/", attachments=[_photo("first.jpg"), _photo("second.jpg")]))
    page = _post(client, f"{url}kept/{kept[0]}/remove/", message="typed", kept=kept)
    assert _kept_in(page) == kept[1:]
    assert "typed" in page
    client.post(f"{url}reply/", {**WORDS, "message": "On wifi too.", "kept": kept[1:]})

    attachment = Attachment.objects.get()
    assert attachment.pk == int(kept[1])
    assert attachment.message_id == ticket.messages.latest("pk").pk
    assert not KeptFile.objects.exists()
    monkeypatch.setattr("feedback.intake.keeping.current_version", lambda: 2)
    assert not _kept_in(_post(client, f"{url}reply/", attachments=[_photo()]))
