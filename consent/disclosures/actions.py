"""The register's changes; asking for and deciding on one recipient; having something passed on, and called back."""

from datetime import timedelta
from enum import StrEnum

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from consent.access.actors import Actor
from consent.access.models import UnpurposedReason
from consent.access.predicates import may_use, states_of
from consent.disclosures.models import Disclosure, DisclosureAct, Egress, Recipient
from consent.ledger.actions import Shown, allow, ask, refuse_permission
from consent.ledger.models import ConsentEvent, EndedDisclosing, Status
from consent.policies.second_person import NotTheSecond, alone_from, check_second
from consent.purposes import Purpose
from consent.sealing.envelopes import Stamp
from imsupport import clock

NOT_AGAIN_FOR = timedelta(days=183)
"""Nobody whom we know is asked again within six months of a no."""
_ENDED_AT_ONCE = 100
_RECALL_ACTS = (DisclosureAct.Act.RECALLED, DisclosureAct.Act.RECALL_FAILED)
_OVER = (Status.REFUSED, Status.WITHDRAWN)


class NotAllowed(Exception):
    """The person has not allowed it, or not for this message."""


class Asked(StrEnum):
    """What came of asking a person about a recipient."""

    ASKED = "asked"
    SETTLED = "settled"
    SAID_NO = "said no"
    BY_SIGNAL = "by signal"


class NotConfirmable(Exception):
    """A recipient does not wait for this colleague: it is their own entry, in effect, or not there."""


def enter_recipient(entered: Recipient, *, named: str) -> Recipient:
    """Enter a recipient; it is one from a colleague's confirmation on, or after 24 hours for a reason."""
    now = clock.now()
    entered.entered_by, entered.entered_at, entered.confirmed_by = named, now, ""
    entered.effective_from = alone_from(now, entered.reason)
    entered.save(force_insert=True)
    return entered


def confirm_recipient(recipient_id: int, *, named: str) -> None:
    """Let a recipient that waits be one from now on; raise NotConfirmable for one's own and for any other."""
    waiting = Recipient.objects.filter(Q(effective_from=None) | Q(effective_from__gt=clock.now()))
    waiting = waiting.filter(pk=recipient_id, confirmed_by="", retired_at=None)
    try:
        check_second(waiting.values_list("entered_by", flat=True).get(), named)
    except (Recipient.DoesNotExist, NotTheSecond) as error:
        raise NotConfirmable from error
    if not waiting.update(confirmed_by=named, effective_from=clock.now()):
        raise NotConfirmable


def retire_recipient(recipient_id: int) -> None:
    """Pass nothing on to a recipient any more, whoever allowed it. One person may: it only ever gives less."""
    Recipient.objects.filter(pk=recipient_id, retired_at=None).update(retired_at=clock.now())


def ask_for(recipient: Recipient, person_id: int, shown: Shown) -> Asked:
    """Record that a person is asked about a recipient, unless they allowed it, were asked, or said no of late.

    A browser that sent Global Privacy Control with the agreement has answered: that is recorded, and nothing asked.
    """
    own = ConsentEvent.objects.filter(person_id=person_id)
    said_no = own.filter(purpose=recipient.purpose, status__in=_OVER, occurred_at__gt=clock.now() - NOT_AGAIN_FOR)
    if said_no.exists():
        return Asked.SAID_NO
    last = own.filter(purpose=Purpose.AGREEMENT).order_by("-seq").first()
    if last is not None and last.gpc:
        by_signal = Shown(shown.notice, shown.channel, "signal:gpc", gpc=True)
        refuse_permission(person_id, recipient.purpose, by_signal)
        return Asked.BY_SIGNAL
    return Asked.ASKED if ask(person_id, recipient.purpose, shown) else Asked.SETTLED


def decide(recipient: Recipient, person_id: int, shown: Shown, *, is_allowed: bool) -> None:
    """Record what a person says about one recipient."""
    if is_allowed:
        allow(person_id, [recipient.purpose], shown)
    else:
        refuse_permission(person_id, recipient.purpose, shown)


def pass_on(recipient: Recipient, stamp: Stamp, subject_id: int, *, actor: Actor) -> None:
    """Have something passed on; once while it waits. Raises NotAllowed by the ledger of now.

    It is asked once more when it leaves.
    """
    if not may_use(stamp, recipient.purpose, states_of([stamp.person_id], recipient.purpose)):
        raise NotAllowed
    share = Egress(
        kind=Egress.Kind.SHARE,
        recipient=recipient,
        person_id=stamp.person_id,
        policy_version=stamp.version,
        collected_at=stamp.collected_at,
        subject_id=subject_id,
        actor_kind=actor.kind,
        actor_id=actor.id,
        due_at=clock.now(),
    )
    Egress.objects.bulk_create([share], ignore_conflicts=True)


def recall_subject(subject_id: int) -> None:
    """Tell everybody who got something of a ticket to erase it, in the caller's transaction; what waits stays here."""
    waiting = Egress.objects.unpurposed(UnpurposedReason.ERASURE)
    waiting.filter(subject_id=subject_id, kind=Egress.Kind.SHARE, lease=None).delete()
    _recall(Q(subject_id=subject_id))


def recall_what_ended() -> int:
    """Tell recipients of each permission that ended to erase what they got under it; return how many had ended."""
    ended = list(EndedDisclosing.objects.order_by("seq")[:_ENDED_AT_ONCE])
    for one in ended:
        with transaction.atomic():
            _recall(Q(person_id=one.person_id, purpose=one.purpose, consent_event__seq__lt=one.seq))
            EndedDisclosing.objects.filter(pk=one.pk).delete()
    return len(ended)


def _recall(whose: Q) -> None:
    settled = DisclosureAct.objects.filter(disclosure=OuterRef("pk"), act__in=_RECALL_ACTS)
    got = Disclosure.objects.filter(whose).exclude(Exists(settled)).select_related("consent_event")
    Egress.objects.bulk_create(
        (
            Egress(
                kind=Egress.Kind.RECALL,
                recipient_id=one.recipient_id,
                disclosure=one,
                person_id=one.person_id,
                policy_version=one.consent_event.policy_version,
                collected_at=one.made_at,
                subject_id=one.subject_id,
                actor_kind="system",
                due_at=clock.now(),
            )
            for one in got
        ),
        ignore_conflicts=True,
    )
