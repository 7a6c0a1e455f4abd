from datetime import timedelta

import pytest
from django.db.models import F

from consent.access.actors import SYSTEM
from consent.access.predicates import may_collect, may_use, states_of, usable
from consent.ledger.actions import Agreed, Shown, agree_again, allow, withdraw, withdraw_everything
from consent.ledger.models import Channel, ConsentState
from consent.people.models import Identifier
from consent.policies.models import PolicyVersion
from consent.policies.notices import Notice
from consent.purposes import ON_AGREEMENT, ON_CONSENT, ON_LAW, Purpose
from consent.sealing.envelopes import Stamp
from imsupport import clock

ALL = list(Purpose)


def _stamp(mia: Agreed, version: int = 1) -> Stamp:
    return Stamp(mia.person.pk, version, clock.now())


def _may(stamp: Stamp, purpose: Purpose) -> bool:
    return may_use(stamp, purpose, states_of([stamp.person_id], purpose))


def _allowed(stamp: Stamp) -> set[Purpose]:
    return {purpose for purpose in ALL if _may(stamp, purpose)}


def test_after_the_agreement_only_what_rests_on_it_and_on_law_is_allowed(mia: Agreed) -> None:
    assert _allowed(_stamp(mia)) == ON_AGREEMENT | ON_LAW


def test_a_stranger_s_row_is_used_for_what_the_law_asks_alone() -> None:
    assert _allowed(Stamp(5, 1, clock.now())) == ON_LAW


@pytest.mark.parametrize("purpose", sorted(ON_CONSENT))
def test_an_optional_use_is_allowed_alone(purpose: Purpose, mia: Agreed, shown: Shown) -> None:
    allow(mia.person.pk, [purpose], shown)

    assert _allowed(_stamp(mia)) == ON_AGREEMENT | ON_LAW | {purpose}


def test_stopping_everything_leaves_what_the_law_asks(mia: Agreed, shown: Shown) -> None:
    allow(mia.person.pk, ON_CONSENT, shown)
    stamp = _stamp(mia)

    withdraw_everything(mia.person.pk, shown)

    assert _allowed(stamp) == ON_LAW


def test_stopping_mail_stops_mail_alone(mia: Agreed, shown: Shown) -> None:
    stamp = _stamp(mia)

    withdraw(mia.person.pk, [Purpose.MAIL], shown)

    assert _allowed(stamp) == (ON_AGREEMENT | ON_LAW) - {Purpose.MAIL}


def test_old_rows_stay_dead_when_somebody_agrees_again(mia: Agreed, shown: Shown) -> None:
    old = _stamp(mia)
    withdraw_everything(mia.person.pk, shown)

    agree_again(mia.person.pk, shown)

    assert _allowed(old) == ON_LAW
    assert _allowed(_stamp(mia)) == ON_AGREEMENT | ON_LAW


def test_a_later_agreement_covers_rows_of_earlier_versions_and_not_the_other_way(mia: Agreed) -> None:
    states = {(mia.person.pk, "agreement"): ConsentState(status="ConsentGiven", policy_version=2)}

    covered = [may_use(_stamp(mia, version), Purpose.PROVIDE, states) for version in (1, 2, 3)]

    assert covered == [True, True, False]


def test_an_optional_use_covers_its_own_version_only(mia: Agreed) -> None:
    states = {(mia.person.pk, "p3.improve"): ConsentState(status="ConsentGiven", policy_version=2)}

    covered = [may_use(_stamp(mia, version), Purpose.IMPROVE, states) for version in (1, 2, 3)]

    assert covered == [False, True, False]


def test_an_agreement_that_ran_out_allows_nothing_more(mia: Agreed) -> None:
    ConsentState.objects.update(valid_until=clock.now() - timedelta(seconds=1))

    assert _allowed(_stamp(mia)) == ON_LAW
    assert not may_collect(mia.person.pk, Purpose.PROVIDE, version=1)


def test_collecting_needs_the_version_in_effect(mia: Agreed) -> None:
    answers = [may_collect(mia.person.pk, Purpose.PROVIDE, version=version) for version in (1, 2)]

    assert answers == [True, False]


@pytest.mark.parametrize("purpose", ALL)
@pytest.mark.parametrize("stopped", [(), (Purpose.MAIL,), tuple(Purpose)])
@pytest.mark.parametrize("shown_version", [1, 2])
def test_the_filter_and_the_function_say_the_same(
    purpose: Purpose, stopped: tuple[Purpose, ...], shown_version: int, mia: Agreed
) -> None:
    PolicyVersion.objects.get_or_create(
        number=shown_version, defaults={"effective_from": clock.now(), "announced_at": clock.now()}
    )
    shown = Shown(Notice(shown_version, "en", b"<p>now</p>"), Channel.WEB, "button:agree")
    allow(mia.person.pk, [Purpose.CRASH], shown)
    identifier = Identifier.objects.get(person_id=mia.person.pk)
    withdraw(mia.person.pk, stopped, shown)

    by_filter = _filtered(identifier, purpose)

    assert by_filter == _may(identifier.stamp, purpose)


def _filtered(identifier: Identifier, purpose: Purpose) -> bool:
    rows = Identifier.objects.annotate(collected_at=F("created_at"))
    return rows.filter(usable(purpose, SYSTEM), pk=identifier.pk).exists()
