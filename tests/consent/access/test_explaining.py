"""Each answer has its reason, and says what the predicate says."""

from datetime import timedelta

import pytest

from consent.access.explaining import Ground, Why, grounds
from consent.access.predicates import may_use, states_at
from consent.ledger.actions import VALID_FOR, Agreed, Shown, agree_again, allow, withdraw, withdraw_everything
from consent.ledger.models import Channel
from consent.policies.models import PolicyVersion
from consent.policies.notices import Notice
from consent.purposes import ON_LAW, Purpose
from consent.sealing.envelopes import Stamp
from imsupport import clock


def _of(stamp: Stamp, purpose: Purpose) -> Ground:
    now = clock.now()
    answers = grounds(stamp, now)
    states = states_at([stamp.person_id], now)
    assert [one.is_allowed for one in answers] == [may_use(stamp, one.purpose, states, at=now) for one in answers]
    assert {one.is_allowed for one in answers if one.why in (Why.LAW, Why.STANDS)} == {True}
    assert not any(one.is_allowed for one in answers if one.why not in (Why.LAW, Why.STANDS))
    return next(one for one in answers if one.purpose == purpose)


@pytest.fixture
def stamp(mia: Agreed) -> Stamp:
    return Stamp(mia.person.pk, 1, clock.now())


def test_what_stands_and_what_was_never_allowed(stamp: Stamp) -> None:
    assert _of(stamp, Purpose.PROVIDE).why is Why.STANDS
    assert _of(stamp, Purpose.CRASH).why is Why.NEVER_GIVEN
    assert {_of(stamp, purpose).why for purpose in ON_LAW} == {Why.LAW}


def test_what_was_declined_counts_as_never_allowed(stamp: Stamp, shown: Shown) -> None:
    allow(stamp.person_id, [], shown)

    assert _of(stamp, Purpose.IMPROVE).why is Why.NEVER_GIVEN


def test_what_ended_and_what_was_allowed_too_late(stamp: Stamp, shown: Shown) -> None:
    allow(stamp.person_id, [Purpose.CRASH], shown)
    withdraw(stamp.person_id, [Purpose.CRASH], shown)
    ended = _of(stamp, Purpose.CRASH)
    allow(stamp.person_id, [Purpose.CRASH], shown)

    assert ended.why is Why.ENDED
    assert ended.state is not None
    assert ended.state.ended_at is not None
    assert _of(stamp, Purpose.CRASH).why is Why.ENDED_SINCE


def test_stopped_mail_and_a_time_that_is_over(stamp: Stamp, shown: Shown) -> None:
    withdraw(stamp.person_id, [Purpose.MAIL], shown)

    assert _of(stamp, Purpose.MAIL).why is Why.MAIL_STOPPED
    with clock.set_to(clock.now() + VALID_FOR + timedelta(days=1)):
        assert _of(stamp, Purpose.PROVIDE).why is Why.LAPSED


def test_an_optional_use_of_another_version(stamp: Stamp) -> None:
    PolicyVersion.objects.create(number=2, announced_at=clock.now(), effective_from=clock.now())
    newer = Shown(Notice(2, "en", b"<p>two</p>"), Channel.WEB, "button:agree")
    agree_again(stamp.person_id, newer)
    allow(stamp.person_id, [Purpose.CRASH], newer)

    assert _of(stamp, Purpose.CRASH).why is Why.OTHER_VERSION
    assert _of(stamp, Purpose.PROVIDE).why is Why.STANDS


def test_a_past_moment_is_answered_as_it_was(stamp: Stamp, shown: Shown) -> None:
    before = clock.now()
    withdraw_everything(stamp.person_id, shown)

    then = {one.purpose: one.why for one in grounds(stamp, before)}

    assert then[Purpose.PROVIDE] is Why.STANDS
    assert _of(stamp, Purpose.PROVIDE).why is Why.ENDED
