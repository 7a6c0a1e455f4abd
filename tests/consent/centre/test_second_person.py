from datetime import timedelta

import pytest

from consent.policies.second_person import DELAY, NotTheSecond, alone_from, check_second, stood_alone
from imsupport import clock


def test_without_a_reason_nothing_ever_holds_alone() -> None:
    assert alone_from(clock.now(), "") is None
    assert alone_from(clock.now(), " \n") is None


def test_a_reason_makes_it_hold_after_24_hours() -> None:
    now = clock.now()

    assert alone_from(now, "I work alone.") == now + DELAY
    assert timedelta(hours=24) == DELAY


@pytest.mark.parametrize("confirming", ["user 1", ""])
def test_neither_its_author_nor_nobody_is_a_second_person(confirming: str) -> None:
    with pytest.raises(NotTheSecond):
        check_second("user 1", confirming)


def test_a_colleague_is_a_second_person() -> None:
    check_second("user 1", "user 2")


def test_only_what_no_colleague_confirmed_is_marked_as_alone() -> None:
    assert stood_alone("", "I work alone.")
    assert not stood_alone("user 2", "I work alone.")
    assert not stood_alone("", "")
