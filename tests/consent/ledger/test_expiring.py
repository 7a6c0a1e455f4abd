"""What was given for a time ends with it: in the ledger, for good, and before anything that follows."""

from datetime import timedelta

from consent.access.predicates import may_use, states_of
from consent.ledger.actions import VALID_FOR, Agreed, Shown, agree_again, allow, withdraw_everything
from consent.ledger.models import ConsentEvent, ConsentState, Status
from consent.ledger.tasks import expire_what_lapsed
from consent.ledger.verification import problems
from consent.purposes import Purpose
from consent.sealing.envelopes import Stamp
from imsupport import clock


def _said_of(person_id: int, purpose: Purpose) -> list[str]:
    events = ConsentEvent.objects.filter(person_id=person_id, purpose=purpose).order_by("seq")
    return list(events.values_list("status", flat=True))


def test_the_clock_records_what_ended_and_what_rested_on_it_waits_to_be_erased(mia: Agreed) -> None:
    given = ConsentEvent.objects.get(person_id=mia.person.pk, purpose=Purpose.AGREEMENT)

    with clock.set_to(clock.now() + VALID_FOR + timedelta(days=1)):
        expire_what_lapsed()
        expire_what_lapsed()

    ended = ConsentEvent.objects.get(person_id=mia.person.pk, purpose=Purpose.AGREEMENT, status=Status.EXPIRED)
    assert (ended.notice_sha256, ended.policy_version) == (given.notice_sha256, given.policy_version)
    assert (ended.channel, ended.expressed_by) == ("system", "system")
    state = ConsentState.objects.get(person_id=mia.person.pk, purpose=Purpose.AGREEMENT)
    assert (state.ended_at, state.unswept_since, state.valid_until) == (ended.occurred_at, ended.occurred_at, None)
    assert list(problems()) == []


def test_before_its_time_nothing_ends(mia: Agreed) -> None:
    with clock.set_to(clock.now() + VALID_FOR - timedelta(days=1)):
        expire_what_lapsed()

    assert _said_of(mia.person.pk, Purpose.AGREEMENT) == [Status.GIVEN]


def test_agreeing_again_after_the_time_is_over_brings_no_old_row_back(mia: Agreed, shown: Shown) -> None:
    stamp = Stamp(mia.person.pk, 1, clock.now())

    with clock.set_to(clock.now() + VALID_FOR + timedelta(days=1)):
        agree_again(mia.person.pk, shown)

        new = Stamp(mia.person.pk, 1, clock.now())
        states = states_of([mia.person.pk], None)
        assert not may_use(stamp, Purpose.PROVIDE, states)
        assert may_use(new, Purpose.PROVIDE, states)
    assert _said_of(mia.person.pk, Purpose.AGREEMENT) == [Status.GIVEN, Status.EXPIRED, Status.GIVEN]


def test_an_optional_use_can_be_switched_on_again_after_its_time(mia: Agreed, shown: Shown) -> None:
    allow(mia.person.pk, [Purpose.IMPROVE], shown)

    with clock.set_to(clock.now() + VALID_FOR + timedelta(days=1)):
        allow(mia.person.pk, [Purpose.IMPROVE], shown)

    assert _said_of(mia.person.pk, Purpose.IMPROVE) == [Status.GIVEN, Status.EXPIRED, Status.GIVEN]


def test_stopping_everything_after_the_time_is_over_finds_it_ended(mia: Agreed, shown: Shown) -> None:
    with clock.set_to(clock.now() + VALID_FOR + timedelta(days=1)):
        withdraw_everything(mia.person.pk, shown)

    assert _said_of(mia.person.pk, Purpose.AGREEMENT) == [Status.GIVEN, Status.EXPIRED]
