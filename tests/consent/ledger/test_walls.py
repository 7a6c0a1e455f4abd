"""Each wall of the ledger attacked alone, the others taken down first, in each of the five ways."""

import pytest
from django.db import DatabaseError, connection, transaction

from consent.ledger import heads
from consent.ledger.actions import Agreed, Shown, allow, withdraw_everything
from consent.ledger.chain import GENESIS, link
from consent.ledger.models import ConsentEvent, ConsentState, LedgerHead
from consent.ledger.states import replay
from consent.ledger.verification import problems
from consent.purposes import Purpose
from consent.sealing.models import LedgerMark
from tests.consent.ledger.attacks import (
    ATTACKS,
    Attack,
    Events,
    cut,
    delete,
    edit,
    reorder,
    take_triggers_down,
    write_back,
)

NAMED = {edit: 3, delete: 4, reorder: 3, write_back: 3}
"""Which of the events, as they were, the chain names first."""


@pytest.fixture
def ledger(shown: Shown, mia: Agreed, noor: Agreed) -> Events:
    allow(mia.person.pk, [Purpose.IMPROVE, Purpose.CRASH], shown)
    withdraw_everything(noor.person.pk, shown)
    return list(ConsentEvent.objects.order_by("seq"))


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_trigger_alone_refuses_it(attack: Attack, ledger: Events) -> None:
    before = list(ConsentEvent.objects.order_by("seq").values())

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        attack(ledger)

    assert list(ConsentEvent.objects.order_by("seq").values()) == before


@pytest.mark.parametrize("attack", [attack for attack in ATTACKS if attack is not cut])
def test_the_chain_alone_names_the_row(attack: Attack, ledger: Events) -> None:
    """By somebody who owns database and key store, but neither of our keys, before the first head was signed."""
    take_triggers_down()
    attack(ledger)
    _align_witnesses()

    assert f"event {ledger[NAMED[attack]].pk} " in next(problems())


def test_the_key_store_alone_misses_a_tail_that_was_cut_with_its_head(ledger: Events) -> None:
    last = ledger[-1]
    take_triggers_down()
    LedgerMark.objects.create(pk=1, size=last.seq, hash=last.hash)
    cut(ledger)
    _align_states_and_head()

    assert f"the key store saw {last.seq} events" in next(problems())


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_signed_head_alone_finds_it(attack: Attack, ledger: Events) -> None:
    """Even by somebody who owns every store and the chain's key, and links all anew: not the key that signs."""
    take_triggers_down()
    heads.sign_head()
    attack(ledger)
    _link_anew()
    _align_witnesses()

    assert any("saw another" in problem for problem in problems())


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_newest_alone_are_checked_as_well(attack: Attack, ledger: Events) -> None:
    take_triggers_down()
    heads.sign_head()
    attack(ledger)
    _align_witnesses()

    assert next(problems(newest=len(ledger) - 2), "")


def test_what_is_written_back_with_all_our_keys_contradicts_what_stands_before_it(ledger: Events) -> None:
    take_triggers_down()
    write_back(ledger)
    _link_anew()
    _align_witnesses()

    assert next(problems()).startswith(f"event {ledger[3].pk} (number 4) says it happened before")


def test_the_tree_alone_names_the_tile(ledger: Events, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("consent.ledger.tiles.WIDTH", 4)
    monkeypatch.setattr("consent.ledger.verification._TILE_BITS", 2)
    heads.sign_head()
    assert list(problems()) == []
    take_triggers_down()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE consent_treetile SET hash = %s WHERE level = 1", [b"x" * 32])

    assert next(problems()) == "tile 0 of level 1 is not what the events come to"


def test_an_untouched_ledger_with_a_head_has_no_problems(ledger: Events) -> None:
    heads.sign_head()

    assert list(problems()) == list(problems(newest=2)) == []


def _link_anew() -> None:
    before = GENESIS
    for seq, event in enumerate(ConsentEvent.objects.order_by("seq"), start=1):
        event.seq, event.prev_hash = seq, before
        before = event.hash = link(before, event)
        ConsentEvent.objects.filter(pk=event.pk).update(seq=seq, prev_hash=event.prev_hash, hash=before)


def _align_witnesses() -> None:
    _align_states_and_head()
    last = ConsentEvent.objects.order_by("-seq")[0]
    LedgerMark.objects.update_or_create(pk=1, defaults={"size": last.seq, "hash": last.hash})


def _align_states_and_head() -> None:
    last = ConsentEvent.objects.order_by("-seq")[0]
    LedgerHead.objects.update(size=last.seq, hash=last.hash)
    ConsentState.objects.all().delete()
    ConsentState.objects.bulk_create(replay(ConsentEvent.objects.order_by("seq")).values())
