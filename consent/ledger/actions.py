"""The acts that the ledger knows: agree, refuse, allow, withdraw. Written in the request that caused them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Min

from consent.ledger.chain import GENESIS, link
from consent.ledger.models import Channel, ConsentEvent, ConsentState, EndedDisclosing, LedgerHead, Status
from consent.ledger.states import ENDED, GIVEN, apply, check_transition
from consent.people import tokens
from consent.people.actions import meet_person
from consent.people.models import Person
from consent.policies.actions import keep_notice
from consent.policies.notices import Notice
from consent.purposes import AnyPurpose, Purpose, is_disclosing, named_purpose, rests_on_consent
from consent.sealing.models import LedgerMark
from imsupport import clock
from imsupport.ids import new_id

AGREED_PURPOSES = (Purpose.AGREEMENT, Purpose.MAIL)
VALID_FOR = timedelta(days=730)


@dataclass(frozen=True)
class Shown:
    """What was shown and how it was answered: the notice, the channel, the control that was pressed."""

    notice: Notice
    channel: Channel
    indicated_by: str
    app_id: str = ""
    gpc: bool = False
    expressed_by: str = "subject"


@dataclass(frozen=True)
class Agreed:
    """A person who agreed, and the token that binds them (signed, for the cookie or the form)."""

    person: Person
    signed_token: str


def agree(shown: Shown, token: bytes | None = None) -> Agreed:
    """Record the agreement of somebody new to us; their pseudonym, key and token are made with it.

    A token that was made for the page they agreed on is theirs then; raises TokenTaken when it is already.
    """
    token = token or tokens.new_token()
    with transaction.atomic():
        person = meet_person(policy_version=shown.notice.version, token=token)
        _record(person.pk, AGREED_PURPOSES, Status.GIVEN, shown)
    return Agreed(person, tokens.signed(token))


def agree_again(person_id: int, shown: Shown) -> None:
    """Record that a person we know agrees to the version shown now (a renewal while the old one stands).

    E-mails that they stopped alone stay stopped: they are switched on by themselves, never by agreeing.
    """
    with transaction.atomic():
        states = _present_states(person_id, AGREED_PURPOSES)
        for purpose in AGREED_PURPOSES:
            if purpose == Purpose.MAIL and _is_stopped_alone(states.get(purpose), states.get(Purpose.AGREEMENT)):
                continue
            stands = _status(states.get(purpose)) in GIVEN
            _record(person_id, [purpose], Status.RENEWED if stands else Status.GIVEN, shown)


def _is_stopped_alone(mail: ConsentState | None, agreement: ConsentState | None) -> bool:
    """Say whether e-mails were stopped by an act of their own; stopping everything ends both at one instant."""
    if mail is None or agreement is None or mail.status != Status.WITHDRAWN:
        return False
    return mail.ended_at != agreement.ended_at


def refuse(shown: Shown) -> ConsentEvent:
    """Record that someone refused, under a fresh pseudonym that nothing points to."""
    with transaction.atomic():
        return _record(new_id(), [Purpose.AGREEMENT], Status.REFUSED, shown)[0]


def allow(person_id: int, purposes: Iterable[AnyPurpose], shown: Shown) -> list[ConsentEvent]:
    """Record consent to optional purposes; those that stand already under the version shown are left alone."""
    with transaction.atomic():
        states = _present_states(person_id, wanted := list(purposes))
        on = {purpose: states[purpose] for purpose in wanted if _status(states.get(purpose)) in GIVEN}
        fresh = [purpose for purpose in wanted if purpose not in on]
        older = [purpose for purpose, state in on.items() if state.policy_version != shown.notice.version]
        given = _record(person_id, fresh, Status.GIVEN, shown)
        return given + _record(person_id, older, Status.RENEWED, shown)


def decline(person_id: int, purposes: Iterable[AnyPurpose], shown: Shown) -> list[ConsentEvent]:
    """Record that optional purposes are off: a withdrawal where they were on, else a refusal once."""
    with transaction.atomic():
        states = _present_states(person_id, wanted := list(purposes))
        on = [purpose for purpose in wanted if _status(states.get(purpose)) in GIVEN]
        unasked = [purpose for purpose in wanted if purpose not in states]
        withdrawn = _record(person_id, on, Status.WITHDRAWN, shown)
        return withdrawn + _record(person_id, unasked, Status.REFUSED, shown)


def withdraw(person_id: int, purposes: Iterable[AnyPurpose], shown: Shown) -> list[ConsentEvent]:
    """Record the withdrawal of every given purpose among `purposes`; what does not stand is left alone."""
    with transaction.atomic():
        states = _present_states(person_id, wanted := list(purposes))
        on = [purpose for purpose in wanted if _status(states.get(purpose)) in GIVEN]
        return _record(person_id, on, Status.WITHDRAWN, shown)


def withdraw_everything(person_id: int, shown: Shown) -> list[ConsentEvent]:
    """Record the withdrawal of the agreement and of whatever was allowed beside it."""
    beside = _asked_beside(person_id)
    return withdraw(person_id, [*AGREED_PURPOSES, *beside], shown)


def withdraw_permissions(person_id: int, shown: Shown) -> list[ConsentEvent]:
    """Record the withdrawal of every optional use, and of what each recipient was allowed."""
    return withdraw(person_id, _asked_beside(person_id), shown)


def _asked_beside(person_id: int) -> list[AnyPurpose]:
    """Return what needs a permission of its own and was ever asked or said of a person."""
    names = ConsentState.objects.filter(person_id=person_id).order_by("purpose").values_list("purpose", flat=True)
    return [named_purpose(name) for name in names if rests_on_consent(name)]


def ask(person_id: int, purpose: AnyPurpose, shown: Shown) -> ConsentEvent | None:
    """Record that a person was asked for a permission that does not stand; None where it stands, or was asked."""
    with transaction.atomic():
        status = _status(_present_states(person_id, [purpose]).get(purpose))
        if status in GIVEN or status == Status.REQUESTED:
            return None
        return _record(person_id, [purpose], Status.REQUESTED, shown)[0]


def refuse_permission(person_id: int, purpose: AnyPurpose, shown: Shown) -> list[ConsentEvent]:
    """Record a no to a permission: a withdrawal where it stands, else a refusal, once."""
    with transaction.atomic():
        status = _status(_present_states(person_id, [purpose]).get(purpose))
        if status == Status.REFUSED:
            return []
        return _record(person_id, [purpose], Status.WITHDRAWN if status in GIVEN else Status.REFUSED, shown)


def expire(person_id: int) -> list[ConsentEvent]:
    """Record the end of whatever a person gave for a time that is over."""
    with transaction.atomic():
        return _expire(_locked_states(person_id).values())


def note_swept(person_id: int, until: datetime) -> None:
    """Note that nothing from before an end of the agreement earlier than `until` waits to be erased any more."""
    with transaction.atomic():
        _locked_states(person_id, [Purpose.AGREEMENT])
        own = ConsentEvent.objects.filter(person_id=person_id, purpose=Purpose.AGREEMENT, status__in=ENDED)
        later = own.filter(occurred_at__gte=until).aggregate(first=Min("occurred_at"))["first"]
        states = ConsentState.objects.filter(person_id=person_id, purpose=Purpose.AGREEMENT)
        states.update(unswept_since=later)


def _record(person_id: int, purposes: Sequence[AnyPurpose], status: Status, shown: Shown) -> list[ConsentEvent]:
    """Record one act, an event per purpose. Needs a transaction."""
    if not purposes:
        return []
    keep_notice(shown.notice)
    now, act_id = clock.now(), new_id()
    return _append(
        ConsentEvent(
            act_id=act_id,
            person_id=person_id,
            purpose=str(purpose),
            status=str(status),
            policy_version=shown.notice.version,
            notice_sha256=shown.notice.sha256,
            language=shown.notice.language,
            channel=str(shown.channel),
            indicated_by=shown.indicated_by,
            expressed_by=shown.expressed_by,
            app_id=shown.app_id,
            gpc=shown.gpc,
            occurred_at=now,
            valid_until=now + VALID_FOR if status in GIVEN else None,
        )
        for purpose in purposes
    )


def _expire(states: Iterable[ConsentState]) -> list[ConsentEvent]:
    """Record that the time of those that were given for one is over, in the words of what was given. As `_record`."""
    now, act_id = clock.now(), new_id()
    lapsed = [state.last_seq for state in states if state.valid_until and state.valid_until <= now]
    return _append(
        ConsentEvent(
            act_id=act_id,
            person_id=given.person_id,
            purpose=given.purpose,
            status=str(Status.EXPIRED),
            policy_version=given.policy_version,
            notice_sha256=given.notice_sha256,
            language=given.language,
            channel=str(Channel.SYSTEM),
            indicated_by="clock:valid-until",
            expressed_by="system",
            occurred_at=now,
        )
        for given in (ConsentEvent.objects.filter(seq__in=lapsed).order_by("seq") if lapsed else ())
    )


def _append(events: Iterable[ConsentEvent]) -> list[ConsentEvent]:
    """Append events of one person to the chain and bring the fast table up to date. Needs a transaction."""
    appended = list(events)
    if not appended:
        return []
    head = _locked_head()
    states = _locked_states(appended[0].person_id, [named_purpose(event.purpose) for event in appended])
    for event in appended:
        check_transition(states.get(event.purpose), Status(event.status))
        event.id, event.seq, event.prev_hash = new_id(), head.size + 1, bytes(head.hash)
        event.hash = link(bytes(event.prev_hash), event)
        head.size, head.hash = event.seq, event.hash
        states[event.purpose] = apply(states.get(event.purpose), event)
    ConsentEvent.objects.bulk_create(appended)
    head.save(update_fields=["size", "hash"])
    _store(states.values())
    EndedDisclosing.objects.bulk_create(map(_ended, filter(_ends_disclosing, appended)))
    transaction.on_commit(lambda: _mark(appended[-1].seq, bytes(appended[-1].hash)))
    return appended


def _locked_head() -> LedgerHead:
    """Return the head under a lock; the first appender ever makes it."""
    head = LedgerHead.objects.select_for_update().filter(pk=1).first()
    if head is None:
        LedgerHead.objects.bulk_create([LedgerHead(pk=1, size=0, hash=GENESIS)], ignore_conflicts=True)
        head = LedgerHead.objects.select_for_update().get(pk=1)
    return head


def _ends_disclosing(event: ConsentEvent) -> bool:
    return event.status in ENDED and is_disclosing(event.purpose)


def _ended(event: ConsentEvent) -> EndedDisclosing:
    return EndedDisclosing(seq=event.seq, person_id=event.person_id, purpose=event.purpose)


def _locked_states(person_id: int, purposes: Iterable[AnyPurpose] | None = None) -> dict[str, ConsentState]:
    """Lock the states of these purposes; of every one without them."""
    rows = ConsentState.objects.select_for_update().filter(person_id=person_id)
    if purposes is not None:
        rows = rows.filter(purpose__in=list(purposes))
    return {row.purpose: row for row in rows}


def _present_states(person_id: int, purposes: Sequence[AnyPurpose]) -> dict[str, ConsentState]:
    """Return the states under a lock; what was given for a time that is over has ended before anything follows it."""
    states = _locked_states(person_id, purposes)
    return _locked_states(person_id, purposes) if _expire(states.values()) else states


def _store(states: Iterable[ConsentState]) -> None:
    ConsentState.objects.bulk_create(
        list(states),
        update_conflicts=True,
        unique_fields=["person_id", "purpose"],
        update_fields=["status", "policy_version", "given_at", "valid_until", "ended_at", "unswept_since", "last_seq"],
    )


def _mark(size: int, head_hash: bytes) -> None:
    """Tell the key store how long the chain is, so that a tail cut from the database is missed there."""
    updated = LedgerMark.objects.filter(pk=1, size__lt=size).update(size=size, hash=head_hash)
    if not updated:
        LedgerMark.objects.bulk_create([LedgerMark(pk=1, size=size, hash=head_hash)], ignore_conflicts=True)


def _status(state: ConsentState | None) -> Status:
    return Status(state.status) if state else Status.UNKNOWN
