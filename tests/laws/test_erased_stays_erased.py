"""Law 9: what was erased opens from no copy of the database ever made; the keys are gone."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client

from consent.access.actors import SYSTEM, person_actor
from consent.access.door import Look, read
from consent.access.models import AccessEvent
from consent.ledger.actions import Agreed, Shown, withdraw_everything
from consent.purposes import Purpose
from consent.sealing.models import DestroyedKey, Key
from feedback.retention.actions import erase_people_who_stopped
from feedback.tickets.erasing import erase_person, erase_ticket
from feedback.tickets.files import content_of
from feedback.tickets.models import Attachment, Message, Ticket
from feedback.tickets.references import token_for
from imsupport import clock
from tests.laws.conftest import WORDS

SEALED = {Ticket: ("subject", "sender_name", "opening", "needs"), Message: ("text", "marks"), Attachment: ("name",)}
Copy = dict[tuple[type[Any], int], dict[str, bytes]]


def test_after_erasing_a_ticket_an_older_copy_of_the_database_opens_nothing(
    mia: Agreed, submitted: Callable[..., Ticket]
) -> None:
    ticket = submitted(mia)
    files = {path.name: path.read_bytes() for path in Path(settings.MEDIA_ROOT).iterdir()}
    copy = _copied()
    assert WORDS in _opened()

    erase_ticket(ticket, actor=person_actor(mia.person.pk))
    _restore(copy)
    for name, content in files.items():
        (Path(settings.MEDIA_ROOT) / name).write_bytes(content)

    assert _opened() == set()


def test_after_erasing_a_person_an_older_copy_of_the_database_opens_nothing(
    mia: Agreed, submitted: Callable[..., Ticket]
) -> None:
    submitted(mia)
    copy = _copied()

    erase_person(mia.person.pk, actor=SYSTEM)
    _restore(copy)

    assert _opened() == set()
    assert not Key.objects.filter(person_id=mia.person.pk).exists()


def test_nobody_elses_words_are_touched(mia: Agreed, noor: Agreed, submitted: Callable[..., Ticket]) -> None:
    submitted(mia)
    kept = submitted(noor)

    erase_person(mia.person.pk, actor=SYSTEM)

    assert WORDS in _opened()
    assert Ticket.objects.get(erased_at=None) == kept


def test_the_rows_and_files_are_blank_and_say_that_they_were_erased(
    mia: Agreed, submitted: Callable[..., Ticket]
) -> None:
    ticket = submitted(mia)

    erase_ticket(ticket, actor=person_actor(mia.person.pk))

    for model, columns in SEALED.items():
        for row in model._base_manager.all():
            assert row.erased_at is not None
            assert [getattr(row, column) for column in columns] == [None] * len(columns)
    assert list(Path(settings.MEDIA_ROOT).iterdir()) == []
    assert Client().get(f"/feedback/{token_for(ticket.pk, ticket.token_generation)}/").status_code == 404


def test_each_destroyed_key_is_noted_for_the_day_a_copy_of_the_keys_returns(
    mia: Agreed, submitted: Callable[..., Ticket]
) -> None:
    submitted(mia)
    keys = set(Key.objects.filter(person_id=mia.person.pk).values_list("pk", flat=True))

    erase_person(mia.person.pk, actor=SYSTEM)

    assert keys <= set(DestroyedKey.objects.values_list("pk", flat=True))


def test_erasing_twice_changes_nothing_more(mia: Agreed, submitted: Callable[..., Ticket]) -> None:
    ticket = submitted(mia)
    erase_ticket(ticket, actor=SYSTEM)
    first = _copied(), Ticket.objects.get().events.count()

    erase_ticket(Ticket.objects.get(), actor=SYSTEM)

    assert (_copied(), Ticket.objects.get().events.count()) == first


def test_keys_go_thirty_days_after_everything_was_stopped(
    mia: Agreed, shown: Shown, submitted: Callable[..., Ticket]
) -> None:
    submitted(mia)
    withdraw_everything(mia.person.pk, shown)
    copy = _copied()

    with clock.set_to(clock.now() + timedelta(days=29)):
        erase_people_who_stopped()
        assert Key.objects.filter(person_id=mia.person.pk).exists()
    with clock.set_to(clock.now() + timedelta(days=31)):
        erase_people_who_stopped()

    _restore(copy)
    assert not Key.objects.filter(person_id=mia.person.pk).exists()
    assert _opened() == set()


def _opened() -> set[str]:
    """Open whatever opens, as the law would: the agreement is no obstacle, only the keys are."""
    envelopes = [
        getattr(row, column)
        for model, columns in SEALED.items()
        for row in model._base_manager.all()
        for column in columns
    ]
    envelopes += [content_of(file) for file in Attachment._base_manager.all()]
    reading = read(envelopes, look=Look(SYSTEM, Purpose.RIGHTS, AccessEvent.Act.EXPORTED, "test"))
    texts = (reading.text(envelope) for envelope in envelopes)
    return {text for text in texts if text is not None}


def _copied() -> Copy:
    return {
        (model, row.pk): {column: bytes(value.sealed) for column in columns if (value := getattr(row, column))}
        for model, columns in SEALED.items()
        for row in model._base_manager.all()
    }


def _restore(copy: Copy) -> None:
    """Put the sealed columns back as they were, past everything that Django would refuse."""
    with connection.cursor() as cursor:
        for (model, row_id), columns in copy.items():
            for column, sealed in columns.items():
                cursor.execute(f"UPDATE {model._meta.db_table} SET {column} = %s WHERE id = %s", [sealed, row_id])
