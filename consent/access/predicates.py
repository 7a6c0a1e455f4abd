"""The two predicates to which all gating reduces: may this be collected, may that row be used.

Each exists once for rows in the database (a filter) and once for stamps in memory, side by side.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db.models import Q

from consent.access.actors import Actor, ActorKind
from consent.access.states_in_sql import HasState
from consent.ledger.models import ConsentEvent, ConsentState
from consent.ledger.states import GIVEN, replay
from consent.purposes import ON_LAW, AnyPurpose, Purpose, rests_on_consent
from consent.sealing.envelopes import Stamp
from imsupport import clock

States = Mapping[tuple[int, str], ConsentState]
_IN_GIVEN = ", ".join(["%s"] * len(GIVEN))


def may_collect(
    person_id: int, purpose: AnyPurpose, *, version: int, states: States | None = None, at: datetime | None = None
) -> bool:
    """Say whether anything may be collected from the person under `version`, the one in effect now, or at `at`.

    The ledger is asked unless its `states` are given; a past moment needs those of then (`states_at`).
    """
    known = states_of([person_id], purpose) if states is None else states
    now = at or clock.now()
    mail = known.get((person_id, Purpose.MAIL))
    if purpose is Purpose.MAIL and mail is not None and not _stands(mail, now):
        return False
    state = known.get((person_id, asked_of(purpose)))
    return state is not None and _stands(state, now) and version == state.policy_version


def collectable(purpose: AnyPurpose, *, version: int) -> Q:
    """Return `may_collect` of now as a filter for persons."""
    allowed = Q(_standing(purpose, "pk", "s.policy_version = %s", [version]))
    return allowed & ~Q(_mail_stopped("pk")) if purpose is Purpose.MAIL else allowed


def may_use(stamp: Stamp, purpose: AnyPurpose, states: States, *, at: datetime | None = None) -> bool:
    """Say whether a row collected under `stamp` may be used for `purpose`, by the states of now, or of `at`.

    What rests on the agreement needs the agreement to the row's version or a later one, standing and not
    ended since the row; a purpose with a permission of its own needs it in that very version; what the law asks is
    always true.
    """
    if purpose in ON_LAW:
        return True
    now = at or clock.now()
    mail = states.get((stamp.person_id, Purpose.MAIL))
    if purpose is Purpose.MAIL and mail is not None and not _stands(mail, now):
        return False
    state = states.get((stamp.person_id, asked_of(purpose)))
    if state is None or not _stands(state, now):
        return False
    if state.ended_at is not None and state.ended_at > stamp.collected_at:
        return False
    if rests_on_consent(purpose):
        return state.policy_version == stamp.version
    return state.policy_version >= stamp.version


def usable(purpose: AnyPurpose, actor: Actor) -> Q:
    """Return `may_use` as a filter for rows of personal models; a person reaches their own rows only."""
    if actor.kind is ActorKind.STRANGER:
        return Q(pk__in=[])
    own = Q(person_id=actor.id) if actor.kind is ActorKind.PERSON else Q()
    if purpose in ON_LAW:
        return own
    sign = "=" if rests_on_consent(purpose) else ">="
    for_row = f"(s.ended_at IS NULL OR s.ended_at <= {{}}) AND s.policy_version {sign} {{}}"
    allowed = Q(_standing(purpose, "person_id", for_row, columns=["collected_at", "policy_version"]))
    if purpose is Purpose.MAIL:
        allowed &= ~Q(_mail_stopped("person_id"))
    return own & allowed


def states_of(person_ids: Iterable[int], purpose: AnyPurpose | None) -> dict[tuple[int, str], ConsentState]:
    """Return the states that decide `purpose` for these persons, in one query; None for every purpose."""
    rows = ConsentState.objects.filter(person_id__in=set(person_ids))
    if purpose is not None:
        rows = rows.filter(purpose__in={asked_of(purpose), purpose})
    return {(row.person_id, row.purpose): row for row in rows}


def states_at(person_ids: Iterable[int], at: datetime) -> dict[tuple[int, str], ConsentState]:
    """Return what the ledger came to for these persons at a past moment, by replay of their events up to it."""
    events = ConsentEvent.objects.filter(person_id__in=set(person_ids), occurred_at__lte=at)
    return replay(events.order_by("seq"))


def asked_of(purpose: AnyPurpose) -> AnyPurpose:
    """Return the purpose whose consent decides this one: its own where it needs one of its own, else the agreement."""
    return purpose if rests_on_consent(purpose) else Purpose.AGREEMENT


def _standing(
    purpose: AnyPurpose, person: str, condition: str, given: Sequence[int] = (), columns: Sequence[str] = ()
) -> HasState:
    """Ask whether the consent that decides `purpose` stands now and meets a further condition."""
    stands = f"s.purpose = %s AND s.status IN ({_IN_GIVEN}) AND (s.valid_until IS NULL OR s.valid_until > %s)"
    all_given: list[str | int | datetime] = [str(asked_of(purpose)), *sorted(GIVEN), clock.now(), *given]
    return HasState(f"{stands} AND {condition}", all_given, person=person, columns=columns)


def _mail_stopped(person: str) -> HasState:
    """Ask whether e-mails do not stand, of the person whom the column `person` names."""
    over = f"s.purpose = %s AND (s.status NOT IN ({_IN_GIVEN}) OR s.valid_until <= %s)"
    return HasState(over, [str(Purpose.MAIL), *sorted(GIVEN), clock.now()], person=person)


def _stands(state: ConsentState, now: datetime) -> bool:
    return state.status in GIVEN and (state.valid_until is None or now < state.valid_until)
