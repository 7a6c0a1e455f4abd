"""Says why a row might, or might not, be used at a past moment: for each purpose, by the ledger's own events."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from consent.access.predicates import States, asked_of, may_use, states_at
from consent.ledger.models import ConsentState
from consent.ledger.states import ENDED, GIVEN
from consent.purposes import ON_LAW, AnyPurpose, Disclosing, Purpose, is_disclosing, rests_on_consent
from consent.sealing.envelopes import Stamp


class Why(StrEnum):
    """What decided; STANDS and LAW allow, all others forbid."""

    LAW = "law"
    STANDS = "stands"
    NEVER_GIVEN = "never given"
    ENDED = "ended"
    LAPSED = "lapsed"
    ENDED_SINCE = "ended since"
    OTHER_VERSION = "other version"
    MAIL_STOPPED = "mail stopped"


@dataclass(frozen=True)
class Ground:
    """Whether a purpose was allowed, why, and the state of the consent that decided, if there was any."""

    purpose: AnyPurpose
    is_allowed: bool
    why: Why
    state: ConsentState | None


def grounds(stamp: Stamp, at: datetime) -> list[Ground]:
    """Return the ground of each purpose for a row collected under `stamp`, at a moment that is not to come.

    Of the recipients to whom it might be passed on, those about whom the person was ever asked have one each.
    """
    states = states_at([stamp.person_id], at)
    recipients = [Disclosing(purpose) for _person, purpose in sorted(states) if is_disclosing(purpose)]
    purposes: list[AnyPurpose] = [purpose for purpose in Purpose if purpose is not Purpose.DISCLOSE or not recipients]
    return [_ground(stamp, purpose, states, at) for purpose in purposes + list[AnyPurpose](recipients)]


def _ground(stamp: Stamp, purpose: AnyPurpose, states: States, at: datetime) -> Ground:
    mail = states.get((stamp.person_id, Purpose.MAIL))
    state = states.get((stamp.person_id, asked_of(purpose)))
    is_allowed = may_use(stamp, purpose, states, at=at)
    if purpose in ON_LAW:
        return Ground(purpose, is_allowed, Why.LAW, None)
    if is_allowed:
        return Ground(purpose, is_allowed, Why.STANDS, state)
    why = _why_not(stamp, purpose, state, at)
    return Ground(purpose, False, why, state) if why else Ground(purpose, False, Why.MAIL_STOPPED, mail)


def _why_not(stamp: Stamp, purpose: AnyPurpose, state: ConsentState | None, at: datetime) -> Why | None:
    """Return what of the consent itself forbids it; None when that allows it."""
    if state is None or state.status not in GIVEN | ENDED:
        return Why.NEVER_GIVEN
    if state.status in ENDED:
        return Why.ENDED
    if state.valid_until is not None and state.valid_until <= at:
        return Why.LAPSED
    if state.ended_at is not None and state.ended_at > stamp.collected_at:
        return Why.ENDED_SINCE
    is_exact = rests_on_consent(purpose)
    is_other = state.policy_version != stamp.version if is_exact else state.policy_version < stamp.version
    return Why.OTHER_VERSION if is_other else None
