import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from consent.ledger.actions import Agreed, Shown, agree
from consent.people.models import Person
from consent.sealing.actions import make_data_keys
from consent.sealing.models import Key
from feedback.intake.actions import Submission, submit_feedback
from feedback.intake.uploads import CheckedFile
from feedback.retention import strays
from feedback.retention.tasks import sweep_strays
from feedback.tickets.models import Attachment, Ticket
from imsupport import clock

LOG = CheckedFile("log.txt", "text/plain", b"heron log")


@pytest.fixture
def ticket(mia: Agreed) -> Ticket:
    given = Submission(
        message="The bell is I have diabetes. grey.",
        idempotency_key="k",
        name="Mia",
        subject="The bell",
        email="mia@example.org",
        files=(LOG,),
    )
    return submit_feedback(given, person_id=mia.person.pk, policy_version=1).ticket


def _keys() -> set[int]:
    return set(Key.objects.values_list("pk", flat=True))


def _files() -> set[str]:
    return {path.name for path in Path(settings.MEDIA_ROOT).iterdir()}


def _lay_down(name: str) -> None:
    Path(settings.MEDIA_ROOT).mkdir(parents=True, exist_ok=True)
    (Path(settings.MEDIA_ROOT) / name).write_bytes(b"sealed")


def test_every_key_and_file_in_use_is_left_alone(ticket: Ticket) -> None:
    keys, files = _keys(), _files()

    with clock.set_to(clock.now() + timedelta(hours=25)):
        sweep_strays()

    assert (_keys(), _files()) == (keys, files)
    assert len(files) == 1


def test_a_data_key_without_a_row_goes_after_a_day_and_not_before(ticket: Ticket, mia: Agreed) -> None:
    keys = _keys()
    make_data_keys(mia.person.pk, 3)

    with clock.set_to(clock.now() + timedelta(hours=23)):
        assert strays.destroy_stray_keys() == 0
    with clock.set_to(clock.now() + timedelta(hours=25)):
        assert strays.destroy_stray_keys() == 3
        assert strays.destroy_stray_keys() == 0

    assert _keys() == keys


def test_the_key_of_a_person_who_never_came_to_be_goes_too(ticket: Ticket, shown: Shown) -> None:
    keys = _keys()
    with transaction.atomic():
        agree(shown)
        transaction.set_rollback(True)

    assert Person.objects.count() == 1
    with clock.set_to(clock.now() + timedelta(hours=25)):
        assert strays.destroy_stray_keys() == 1

    assert _keys() == keys


def test_many_go_in_batches(mia: Agreed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strays, "BATCH", 4)
    make_data_keys(mia.person.pk, 10)
    for at in range(10):
        _lay_down(f"{at:048x}")

    with clock.set_to(clock.now() + timedelta(hours=25)):
        assert (strays.destroy_stray_keys(), strays.delete_stray_files()) == (10, 10)

    assert _keys() == {mia.person.pk}


def test_a_file_without_a_row_goes_after_a_day_and_not_before(ticket: Ticket) -> None:
    files = _files()
    _lay_down("ab" * 24)

    assert strays.delete_stray_files() == 0
    with clock.set_to(clock.now() + timedelta(hours=25)):
        assert strays.delete_stray_files() == 1
        assert strays.delete_stray_files() == 0

    assert _files() == files


def test_what_an_operator_put_there_is_not_ours_to_delete(ticket: Ticket) -> None:
    _lay_down("README")
    os.utime(Path(settings.MEDIA_ROOT) / "README", (1, 1))

    with clock.set_to(clock.now() + timedelta(hours=25)):
        assert strays.delete_stray_files() == 0


def test_the_file_of_an_erased_row_goes(ticket: Ticket, client: Client) -> None:
    Attachment.objects.update(erased_at=clock.now())

    with clock.set_to(clock.now() + timedelta(hours=25)):
        assert strays.delete_stray_files() == 1


def test_every_model_with_sealed_values_is_asked() -> None:
    columns = strays.sealed_columns()

    assert {model.__name__ for model in columns} >= {"Ticket", "Message", "Attachment", "OutgoingMail", "Identifier"}
    assert all("person_id" in {field.attname for field in model._meta.concrete_fields} for model in columns)
