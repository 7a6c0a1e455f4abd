"""Reading a person's own acts from the ledger."""

from consent.ledger.models import ConsentEvent, ConsentState
from consent.ledger.states import GIVEN
from consent.purposes import ON_CONSENT, Purpose
from imsupport import clock

LAPSED_AT_ONCE = 200


def events_of_act(person_id: int, act_id: int) -> list[ConsentEvent]:
    """Return the events of one act of this person, in order; empty for an act of somebody else."""
    return list(ConsentEvent.objects.filter(person_id=person_id, act_id=act_id).order_by("seq"))


def acts_of(person_id: int) -> list[list[ConsentEvent]]:
    """Return the person's acts, newest first, each as its events."""
    acts: dict[int, list[ConsentEvent]] = {}
    for event in ConsentEvent.objects.filter(person_id=person_id).order_by("seq"):
        acts.setdefault(event.act_id, []).append(event)
    return list(reversed(acts.values()))


def has_stopped_mail(person_id: int) -> bool:
    """Say whether the person has stopped e-mails."""
    mail = ConsentState.objects.filter(person_id=person_id, purpose=Purpose.MAIL)
    return mail.exclude(status__in=GIVEN).exists()


def optional_uses_on(person_id: int, version: int) -> set[str]:
    """Return the optional purposes that the person has switched on under this version; an older yes is none."""
    on = ConsentState.objects.filter(person_id=person_id, purpose__in=ON_CONSENT, status__in=GIVEN)
    on = on.filter(policy_version=version)
    return set(on.values_list("purpose", flat=True))


def states_of_person(person_id: int) -> list[ConsentState]:
    """Return what every purpose that was ever asked or said of a person has come to."""
    return list(ConsentState.objects.filter(person_id=person_id))


def people_with_lapsed_consent() -> list[int]:
    """Return some of the people who gave something for a time that is over, the longest first."""
    lapsed = ConsentState.objects.filter(valid_until__lte=clock.now()).order_by("valid_until")
    return list(dict.fromkeys(lapsed.values_list("person_id", flat=True)[:LAPSED_AT_ONCE]))
