"""Passing a ticket on, as agents see it: what can be done about each recipient."""

from collections.abc import Iterable
from dataclasses import dataclass

from consent.access.predicates import may_use
from consent.disclosures.models import Recipient
from consent.ledger.models import ConsentState, Status
from feedback.tickets.models import Ticket

_SAID_NO = (Status.REFUSED, Status.WITHDRAWN)


@dataclass(frozen=True)
class Way:
    """A recipient, and what an agent can do: have it passed on, or ask; neither while an answer is awaited or a no."""

    recipient: Recipient
    is_allowed: bool
    is_asked: bool
    can_ask: bool


def ways(ticket: Ticket, recipients: Iterable[Recipient], consents: Iterable[ConsentState]) -> list[Way]:
    """Return each recipient with what its person's consent, as it was just read, lets one do."""
    states = {(state.person_id, state.purpose): state for state in consents}
    return [_way(ticket, one, states) for one in recipients]


def _way(ticket: Ticket, recipient: Recipient, states: dict[tuple[int, str], ConsentState]) -> Way:
    state = states.get((ticket.person_id, recipient.purpose))
    is_allowed = may_use(ticket.stamp, recipient.purpose, states)
    is_asked = state is not None and state.status == Status.REQUESTED
    said_no = state is not None and state.status in _SAID_NO
    return Way(recipient, is_allowed, is_asked, not (is_allowed or is_asked or said_no))
