import io
import re
from collections.abc import Callable

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from consent.ledger.actions import Agreed
from consent.people import tokens
from consent.sealing.models import Key
from feedback.intake.actions import Submission, submit_feedback
from feedback.tickets.models import Attachment, Ticket
from feedback.tickets.references import token_for

WORDS = {"message": "My son is autistic. The ring tone is too loud.", "idempotency_key": "k1"}


def _rows() -> dict[str, int]:
    return {model._meta.label: model._base_manager.count() for model in apps.get_models()}


def _statements(act: Callable[[], object]) -> list[str]:
    with CaptureQueriesContext(connections["default"]) as one, CaptureQueriesContext(connections["keys"]) as other:
        act()
    queries = [query["sql"] for query in [*one.captured_queries, *other.captured_queries]]
    return [sql for sql in queries if not re.match(r"(SAVEPOINT|RELEASE|BEGIN|COMMIT|ROLLBACK)", sql)]


def test_words_without_agreement_come_back_and_nothing_is_kept(client_for: Callable[..., Client]) -> None:
    before = _rows()

    response = client_for().post("/feedback/", {**WORDS, "name": "Mia <b>", "email": "mia@example.org"})

    assert response.status_code == 403
    assert WORDS["message"] in response.content.decode()
    assert "Mia &lt;b&gt;" in response.content.decode()
    after = _rows()
    assert {name for name in after if after[name] != before[name]} == {"consent.GateDenial"}


def test_agreeing_below_the_words_sends_them(client_for: Callable[..., Client]) -> None:
    client = client_for()
    page = client.post("/feedback/", WORDS).content.decode()
    evidence = re.search(r'name="evidence" value="([^"]+)"', page)
    assert evidence

    response = client.post("/feedback/agree/", {**WORDS, "decision": "agree", "evidence": evidence[1]})

    assert response.status_code == 302
    assert Ticket.objects.count() == 1
    assert tokens.read(client.cookies["consent"].value)


def test_refusing_below_the_words_keeps_none(client_for: Callable[..., Client]) -> None:
    client = client_for()
    page = client.post("/feedback/", WORDS).content.decode()
    evidence = re.search(r'name="evidence" value="([^"]+)"', page)
    assert evidence

    client.post("/feedback/agree/", {**WORDS, "decision": "refuse", "evidence": evidence[1]})

    assert Ticket.objects.count() == 0
    assert client.cookies["consent"].value == tokens.REFUSED


def test_a_double_tap_makes_one_ticket(mia: Agreed, client_for: Callable[..., Client]) -> None:
    client = client_for(mia)

    first, second = client.post("/feedback/", WORDS), client.post("/feedback/", WORDS)

    assert (first.status_code, second.status_code) == (302, 302)
    assert Ticket.objects.count() == 1


def test_the_form_takes_two_statements_and_a_post_ten(mia: Agreed, client_for: Callable[..., Client]) -> None:
    client = client_for(mia)
    client.get("/feedback/")
    client.post("/feedback/", {**WORDS, "email": "first@example.org", "idempotency_key": "k0"})

    form = _statements(lambda: client.get("/feedback/"))
    post = _statements(lambda: client.post("/feedback/", {**WORDS, "email": "mia@example.org", "name": "Mia"}))

    assert len(form) <= 2, form
    assert len(post) <= 10, post


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("message", "", "One sentence is enough"),
        ("message", "x" * 20_001, "too long"),
        ("email", "not an address", "does not look like an e-mail"),
    ],
)
def test_bad_input_gets_a_clear_word_and_keeps_what_was_typed(
    mia: Agreed, client_for: Callable[..., Client], field: str, value: str, said: str
) -> None:
    response = client_for(mia).post("/feedback/", {**WORDS, "name": "Typed name", field: value})

    assert response.status_code == 400
    page = response.content.decode()
    assert said in page
    assert "Typed name" in page


def test_strange_characters_are_taken_out(mia: Agreed, client_for: Callable[..., Client]) -> None:
    response = client_for(mia).post(
        "/feedback/", {**WORDS, "message": "call\u202e drops \ud800".encode("utf-8", "replace")}
    )

    assert response.status_code == 302


def test_a_photo_loses_its_place(mia: Agreed, client_for: Callable[..., Client]) -> None:
    drawn, exif = io.BytesIO(), Image.Exif()
    exif[0x010F] = "CameraMakerCanary"
    Image.new("RGB", (20, 20)).save(drawn, "JPEG", exif=exif)
    client = client_for(mia)
    photo = SimpleUploadedFile("photo.jpg", drawn.getvalue(), "image/jpeg")

    client.post("/feedback/", {**WORDS, "attachments": [photo]})

    row = Attachment.objects.get()
    ticket = Ticket.objects.get()
    url = f"/feedback/{token_for(ticket.pk, ticket.token_generation)}/files/{row.pk}/"
    content = client.get(url).content
    assert Image.open(io.BytesIO(content)).size == (20, 20)
    assert b"CameraMakerCanary" not in content


def test_a_program_is_refused_by_its_content(mia: Agreed, client_for: Callable[..., Client]) -> None:
    upload = SimpleUploadedFile("photo.jpg", b"MZ\x00\x90\xff\xfe", "image/jpeg")

    response = client_for(mia).post("/feedback/", {**WORDS, "attachments": [upload]})

    assert response.status_code == 400
    assert "This is something else" in response.content.decode()


def test_checking_stores_nothing(mia: Agreed, client_for: Callable[..., Client]) -> None:
    client, before = client_for(mia), _rows()

    response = client.post("/feedback/check/", WORDS, headers={"Accept": "application/json"})

    assert [span["category"] for span in response.json()["spans"]] == ["health"]
    assert _rows() == before


def test_a_link_opens_its_ticket_and_a_forged_one_nothing(mia: Agreed, client_for: Callable[..., Client]) -> None:
    ticket = submit_feedback(
        Submission(message=WORDS["message"], idempotency_key="k"),
        person_id=mia.person.pk,
        policy_version=1,
    ).ticket
    token = token_for(ticket.pk, ticket.token_generation)

    opened, forged = client_for().get(f"/feedback/{token}/"), client_for().get(f"/feedback/{token[:-1]}x/")

    assert opened.status_code == 200
    assert "left out" in opened.content.decode()
    assert "autistic" not in opened.content.decode()
    assert opened["Cache-Control"] == "no-store"
    assert forged.status_code == 404


def test_erasing_destroys_the_key(mia: Agreed, client_for: Callable[..., Client]) -> None:
    client = client_for(mia)
    client.post("/feedback/", WORDS)
    ticket = Ticket.objects.get()
    keys = set(Key.objects.exclude(pk=mia.person.pk).values_list("pk", flat=True))

    client.post(f"/feedback/{token_for(ticket.pk, ticket.token_generation)}/erase/")

    assert keys
    assert not Key.objects.filter(pk__in=keys).exists()
    assert Ticket.objects.get().opening is None
