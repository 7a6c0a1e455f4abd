from collections.abc import Callable, Iterator
from typing import Any

import pytest

from consent.ledger.actions import Agreed
from consent.people.actions import keep_identifier
from consent.people.models import Identifier
from consent.sealing.actions import make_data_keys
from feedback.outbox import letters
from feedback.outbox.actions import Posting, enqueue
from feedback.outbox.letters import Letter
from feedback.outbox.models import OutgoingMail
from imsupport import clock
from imsupport.ids import new_id
from tests.feedback.outbox import post_office

Write = Callable[..., OutgoingMail]


@pytest.fixture
def office(settings: Any) -> Iterator[Any]:
    settings.EMAIL_BACKEND = "tests.feedback.outbox.post_office.Backend"
    yield post_office
    post_office.taken.clear()
    post_office.on_arrival = None


@pytest.fixture
def address_of() -> Callable[..., Identifier]:
    def keep(someone: Agreed, *, is_verified: bool = True, value: str = "mia@example.org") -> Identifier:
        return keep_identifier(
            person_id=someone.person.pk,
            kind=Identifier.Kind.EMAIL,
            value=value,
            policy_version=1,
            verified_at=clock.now() if is_verified else None,
        )

    return keep


@pytest.fixture
def write(address_of: Callable[..., Identifier]) -> Write:
    """Put a letter to someone into the outbox."""

    def put(someone: Agreed, letter: Letter | None = None, *, is_verified: bool = True) -> OutgoingMail:
        address = address_of(someone, is_verified=is_verified)
        [key] = make_data_keys(someone.person.pk)
        posting = Posting(someone.person.pk, 1, address, new_id(), new_id())
        return enqueue(letter or an_answer(), posting=posting, key=key)

    return put


def an_answer() -> Letter:
    return letters.answer(
        ref="IM-7K3QX2M", link="https://help.example/f/t/", words="Turn it off and on again.", language="en"
    )
