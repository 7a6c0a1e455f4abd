from collections.abc import Callable
from datetime import datetime
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, models, transaction

from consent.access.models import AccessEvent
from consent.ledger import heads, triggers
from consent.ledger.actions import Agreed, Shown, allow, refuse, withdraw_everything
from consent.ledger.chain import written
from consent.ledger.models import ConsentEvent, ConsentState, LedgerHead, SignedHead
from consent.ledger.pages import in_pages
from consent.ledger.rows import _from_text
from consent.ledger.verification import problems
from consent.policies.models import Notice
from consent.purposes import Purpose
from consent.sealing.models import LedgerMark
from imsupport import clock

BITS = range(8)


@pytest.fixture
def ledger(shown: Shown, mia: Agreed, noor: Agreed) -> list[ConsentEvent]:
    refuse(shown)
    allow(mia.person.pk, [Purpose.IMPROVE, Purpose.CRASH], shown)
    withdraw_everything(noor.person.pk, shown)
    return list(ConsentEvent.objects.order_by("seq"))


@pytest.fixture
def without_triggers(ledger: list[ConsentEvent]) -> None:
    _drop_triggers()


def test_a_whole_ledger_has_no_problems_and_says_how_much_was_checked(ledger: list[ConsentEvent]) -> None:
    heads.sign_head()
    said = StringIO()

    call_command("verify_ledger", stdout=said)

    assert said.getvalue().strip() == f"the ledger is whole: {len(ledger)} events, 1 signed heads"


@pytest.mark.parametrize("column", [field.column for field in ConsentEvent._meta.local_concrete_fields])
def test_one_flipped_bit_of_any_column_of_any_event_is_named(
    column: str, ledger: list[ConsentEvent], without_triggers: None
) -> None:
    missed = []
    for event in ledger:
        for flipped in _flips(event, column):
            with transaction.atomic():
                event_id = _write(event, column, flipped)
                first = next(problems(), "")
                transaction.set_rollback(True)
            if str(event_id) not in first and f"after number {event.seq - 1} cannot be read" not in first:
                missed.append((event.seq, flipped, first))

    assert missed == []


@pytest.mark.parametrize(
    ("sign", "instead"), [(" ", "!"), (" ", "T"), (".", ","), (".000001", ".0000010"), ("26", "26 ")]
)
def test_a_stored_time_that_reads_back_the_same_but_was_changed_is_noticed(sign: str, instead: str) -> None:
    stored = "2026-11-26 11:30:05.000001"

    assert _from_text(stored) == written(datetime.fromisoformat(stored + "+00:00"))
    assert _from_text("2026-11-26 11:30:05") == "2026-11-26T11:30:05.000000+00:00"
    assert _from_text(stored.replace(sign, instead)) != _from_text(stored)
    assert _from_text("2026-11-26 11:30:05.000000") != _from_text("2026-11-26 11:30:05")


def test_a_cut_tail_is_found_by_the_head(ledger: list[ConsentEvent], without_triggers: None) -> None:
    ConsentEvent.objects.filter(pk=ledger[-1].pk).delete()

    assert f"the ledger ends at number {len(ledger) - 1}" in next(problems())


def test_a_tail_cut_with_its_head_is_found_by_the_key_store(ledger: list[ConsentEvent], without_triggers: None) -> None:
    last, before = ledger[-1], ledger[-2]
    LedgerMark.objects.create(pk=1, size=last.seq, hash=last.hash)
    ConsentEvent.objects.filter(pk=last.pk).delete()
    LedgerHead.objects.update(size=before.seq, hash=before.hash)

    assert f"the key store saw {last.seq} events" in next(problems())


def test_a_tail_cut_with_both_witnesses_is_found_by_the_signed_head(
    ledger: list[ConsentEvent], without_triggers: None
) -> None:
    heads.sign_head()
    ConsentEvent.objects.filter(pk=ledger[-1].pk).delete()
    LedgerHead.objects.update(size=ledger[-2].seq, hash=ledger[-2].hash)

    assert "saw another event" in next(problems())


def test_an_event_taken_out_of_the_middle_is_found(ledger: list[ConsentEvent], without_triggers: None) -> None:
    ConsentEvent.objects.filter(pk=ledger[2].pk).delete()

    assert f"event {ledger[3].pk} " in next(problems())


@pytest.mark.parametrize(
    ("column", "value"),
    [("size", 1), ("hash", "0" * 64), ("access_until", 1), ("access_count", 9), ("access_hash", "f" * 64)],
)
def test_a_changed_signed_head_is_named(
    column: str, value: Any, ledger: list[ConsentEvent], without_triggers: None
) -> None:
    head = heads.sign_head()
    SignedHead.objects.filter(pk=head.pk).update(**{column: value})

    assert f"signed head {head.pk} does not carry our signature" in next(problems())


def test_an_access_event_that_vanishes_after_it_was_signed_is_found(
    mia: Agreed, ledger: list[ConsentEvent], without_triggers: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(heads, "SETTLING", -heads.SETTLING)
    looks = [_look(mia, fold) for fold in (b"a", b"b")]
    heads.sign_head()
    looks[0].delete()

    assert any("are not those that were signed" in problem for problem in problems())


def test_a_second_head_goes_on_from_the_first(
    mia: Agreed, ledger: list[ConsentEvent], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(heads, "SETTLING", -heads.SETTLING)
    _look(mia, b"a")
    heads.sign_head()

    second = heads.sign_head()

    assert (second.access_count, list(problems())) == (1, [])


@pytest.mark.parametrize(
    "change",
    [
        lambda states: states.update(status="ConsentGiven"),
        lambda states: states.update(last_seq=0),
        lambda states: states.delete(),
    ],
)
def test_a_fast_table_that_drifted_is_named(
    change: Callable[[Any], Any], noor: Agreed, ledger: list[ConsentEvent]
) -> None:
    change(ConsentState.objects.filter(person_id=noor.person.pk, purpose=Purpose.AGREEMENT))

    assert f"the state of person {noor.person.pk} for agreement" in next(problems())


def test_a_state_without_any_event_is_named_outside_the_demo(ledger: list[ConsentEvent], settings: Any) -> None:
    settings.DEMO = False
    forged = ConsentState.objects.create(
        person_id=5, purpose="agreement", status="ConsentGiven", policy_version=1, last_seq=0
    )

    assert list(problems()) == [f"state {forged.pk} rests on no event"]


def test_changed_words_of_a_notice_are_named(ledger: list[ConsentEvent], without_triggers: None) -> None:
    Notice.objects.update(body=b"something else")

    assert "is not what its hash says" in next(problems())


def test_missing_triggers_are_named(ledger: list[ConsentEvent], without_triggers: None) -> None:
    assert "trigger consent_consentevent_no_update is missing" in list(problems())


def test_the_command_fails_with_the_first_bad_row(ledger: list[ConsentEvent], without_triggers: None) -> None:
    ConsentEvent.objects.filter(pk=ledger[1].pk).update(language="de")

    with pytest.raises(CommandError, match=f"event {ledger[1].pk} "):
        call_command("verify_ledger", stdout=StringIO())


def test_pages_give_every_row_once_in_order(ledger: list[ConsentEvent], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("consent.ledger.pages._PAGE", 2)

    assert [row.pk for row in in_pages(ConsentEvent.objects.all(), "seq")] == [row.pk for row in ledger]


def _drop_triggers() -> None:
    with connection.cursor() as cursor:
        for table in triggers.APPEND_ONLY:
            for event in ("update", "delete"):
                on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER {table}_no_{event}{on_table}")


def _look(mia: Agreed, fold: bytes) -> AccessEvent:
    return AccessEvent.objects.create(
        act="opened",
        actor_kind="agent",
        actor_id=1,
        purpose="p1.provide",
        place="desk:ticket",
        persons=[mia.person.pk],
        at=clock.now(),
        fold=fold,
    )


def _flips(event: ConsentEvent, column: str) -> list[Any]:
    """Values of the column that differ from the stored one in a single bit."""
    value = getattr(event, column)
    kind = event._meta.get_field(column)
    if isinstance(kind, models.BooleanField):
        return [not value]
    if isinstance(kind, models.DateTimeField):
        return [value.replace(microsecond=value.microsecond ^ 1), value.replace(day=value.day ^ 1)] if value else []
    if isinstance(kind, models.BinaryField):
        return [bytes([value[0] ^ 1 << bit]) + bytes(value[1:]) for bit in BITS]
    if isinstance(value, int):
        flipped = [value ^ 1 << bit for bit in (*BITS, 20, 30)]
        taken = set(ConsentEvent.objects.values_list(column, flat=True)) if kind.unique else set()
        return [number for number in flipped if number not in taken and number >= 0]
    return [chr(ord(value[0]) ^ 1 << bit) + value[1:] for bit in range(7)] if value else []


def _write(event: ConsentEvent, column: str, value: Any) -> int:
    ConsentEvent.objects.filter(seq=event.seq).update(**{column: value})
    return value if column == "id" else event.pk
