from collections.abc import Callable

import pytest

from consent.ledger.actions import Agreed
from feedback.intake.actions import Submission, submit_feedback
from feedback.intake.uploads import CheckedFile
from feedback.tickets.models import Ticket

WORDS = "The heron button stays grey."
FILE = CheckedFile("log.txt", "text/plain", b"heron log")


@pytest.fixture
def submitted() -> Callable[..., Ticket]:
    """Let somebody send words about a heron, as the form does."""

    def submit(someone: Agreed, *, version: int = 1, key: str = "k", email: str = "") -> Ticket:
        given = Submission(
            message=WORDS, idempotency_key=key, email=email, is_address_verified=bool(email), files=(FILE,)
        )
        return submit_feedback(given, person_id=someone.person.pk, policy_version=version).ticket

    return submit
