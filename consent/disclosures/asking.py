"""The question about each recipient that stands on a person's page, and what they said to it."""

from collections.abc import Iterable
from dataclasses import dataclass

from consent.disclosures.models import Recipient
from consent.disclosures.notices import notice_of
from consent.disclosures.queries import recent_recipients
from consent.ledger.models import ConsentState, Status
from consent.ledger.states import GIVEN
from consent.policies.notices import Notice


@dataclass(frozen=True)
class Question:
    """A recipient about whom the person was asked at some time, in words, and whether it is allowed."""

    recipient: Recipient
    notice: Notice
    is_allowed: bool
    is_refused: bool

    @property
    def body(self) -> str:
        """The very words that the evidence is for, as our own template made them."""
        return self.notice.body.decode()


def questions(states: Iterable[ConsentState], *, version: int, language: str) -> list[Question]:
    """Return a question for each recipient that the states know of; nobody else is put before a person."""
    status = {state.purpose: state.status for state in states}
    return [
        Question(
            one,
            notice_of(one, version=version, language=language),
            status[one.purpose] in GIVEN,
            status[one.purpose] in (Status.REFUSED, Status.WITHDRAWN),
        )
        for one in recent_recipients()
        if one.purpose in status
    ]
