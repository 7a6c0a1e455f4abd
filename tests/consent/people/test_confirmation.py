from datetime import timedelta

import pytest

from consent.access.asking import may_ask
from consent.ledger.actions import Agreed
from consent.people.actions import keep_identifier
from consent.people.confirmation import (
    TRIES,
    code_for,
    confirm_by_code,
    identifier_of,
    link_token_for,
    note_asked,
)
from consent.people.models import Identifier
from imsupport import clock


def given(someone: Agreed, value: str = "mia@example.org") -> Identifier:
    return keep_identifier(person_id=someone.person.pk, kind=Identifier.Kind.EMAIL, value=value, policy_version=1)


def is_verified(identifier: Identifier) -> bool:
    return Identifier.objects.get(pk=identifier.pk).is_verified


def wrong_code(identifier: Identifier) -> str:
    return f"{(int(code_for(identifier)) + 1) % 1_000_000:06d}"


def test_the_code_has_six_digits_and_belongs_to_one_address(mia: Agreed, noor: Agreed) -> None:
    codes = [code_for(given(someone)) for someone in (mia, noor)]

    assert all(len(code) == 6 and code.isdigit() for code in codes)
    assert codes[0] != codes[1]
    assert code_for(given(mia)) == codes[0]


def test_the_code_is_stored_nowhere(mia: Agreed) -> None:
    identifier = given(mia)

    kept = Identifier.objects.filter(pk=identifier.pk).values().get()

    assert not any(code_for(identifier) in str(value) for name, value in kept.items() if not name.endswith("id"))


@pytest.mark.parametrize("written", ["{a}{b}", "{a} {b}", " {a}-{b}\n"])
def test_typing_the_code_confirms_the_address_however_it_is_spaced(mia: Agreed, written: str) -> None:
    identifier = given(mia)
    code = code_for(identifier)

    assert confirm_by_code(identifier, written.format(a=code[:3], b=code[3:]))

    assert is_verified(identifier)


@pytest.mark.parametrize("typed", ["", "abcdef", "12345", "1234567", "١٢٣٤٥٦", "\ud800"])
def test_anything_else_confirms_nothing(mia: Agreed, typed: str) -> None:
    identifier = given(mia)

    assert not confirm_by_code(identifier, typed)

    assert not is_verified(identifier)


def test_the_sixth_try_fails_even_with_the_right_code(mia: Agreed) -> None:
    identifier = given(mia)
    for _ in range(TRIES):
        assert not confirm_by_code(identifier, wrong_code(identifier))

    assert not confirm_by_code(identifier, code_for(identifier))

    assert not is_verified(identifier)


def test_the_fifth_try_may_still_be_right(mia: Agreed) -> None:
    identifier = given(mia)
    for _ in range(TRIES - 1):
        confirm_by_code(identifier, wrong_code(identifier))

    assert confirm_by_code(identifier, code_for(identifier))


def test_the_link_names_its_address_and_confirms_nothing_by_itself(mia: Agreed) -> None:
    identifier = given(mia)

    assert identifier_of(link_token_for(identifier.pk)) == identifier.pk

    assert not is_verified(identifier)


def test_every_other_token_is_refused_to_the_letter(mia: Agreed) -> None:
    token = link_token_for(given(mia).pk)
    flipped = [token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1 :] for at in range(len(token))]

    forged = [*flipped, token + "=", token + "A", token[:-1], f"{token[:5]}!{token[5:]}", "", "ä", "\ud800", "A" * 35]

    assert [identifier_of(each) for each in forged] == [None] * len(forged)


def test_an_address_is_asked_once_a_day(mia: Agreed) -> None:
    identifier = given(mia)
    assert may_ask(identifier)

    note_asked(identifier)

    assert not may_ask(identifier)
    with clock.set_to(clock.now() + timedelta(hours=25)):
        assert may_ask(identifier)


def test_an_address_that_was_asked_for_one_person_is_not_asked_again_for_another(mia: Agreed, noor: Agreed) -> None:
    note_asked(given(mia, "someone@example.org"))

    assert not may_ask(given(noor, " Someone@example.org"))
    assert may_ask(given(noor, "else@example.org"))
