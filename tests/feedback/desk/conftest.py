from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from consent.access.actors import Actor, ActorKind
from consent.ledger.actions import Agreed
from feedback.intake.actions import Submission, submit_feedback
from feedback.tickets.models import Ticket
from imsupport.accounts.models import User

_CONTROL = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


@pytest.fixture
def write() -> Callable[..., Ticket]:
    numbers = iter(range(1_000))

    def submit(who: Agreed, message: str = "The picture freezes when I call my sister.", **more: Any) -> Ticket:
        submission = Submission(message=message, idempotency_key=f"key-{next(numbers)}", **more)
        return submit_feedback(submission, person_id=who.person.pk, policy_version=1).ticket

    return submit


@pytest.fixture
def agent(ada: User) -> Actor:
    return Actor(ActorKind.AGENT, ada.pk)


@pytest.fixture
def statements() -> Callable[[], Any]:
    @contextmanager
    def count() -> Iterator[list[str]]:
        said: list[str] = []
        with CaptureQueriesContext(connections["default"]) as rows, CaptureQueriesContext(connections["keys"]) as keys:
            yield said
        queries = [query["sql"] for query in (*rows.captured_queries, *keys.captured_queries)]
        said += [sql for sql in queries if not sql.upper().startswith(_CONTROL)]

    return count
