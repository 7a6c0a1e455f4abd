"""What managers and people change in the consent centre."""

from collections.abc import Collection
from datetime import timedelta

from django.db import transaction

from consent.access.actors import Actor
from consent.ledger.actions import Shown, allow, decline
from consent.policies.models import OperatorFacts
from consent.policies.queries import operator_facts
from consent.purposes import ON_CONSENT, Purpose
from imsupport import clock

SECOND_PERSON_DELAY = timedelta(hours=24)


def choose(person_id: int, wanted: Collection[Purpose], shown: Shown) -> None:
    """Switch the wanted optional purposes on and all others off, in one act."""
    with transaction.atomic():
        allow(person_id, sorted(wanted), shown)
        decline(person_id, sorted(ON_CONSENT - set(wanted)), shown)


def enter_facts(facts: OperatorFacts, *, actor: Actor) -> OperatorFacts:
    """Keep new facts; the first take effect at once, later ones after 24 hours or a colleague's confirmation."""
    now = clock.now()
    facts.pk = None
    facts.entered_by, facts.entered_at = f"user {actor.id}", now
    facts.effective_from = now if operator_facts() is None else now + SECOND_PERSON_DELAY
    facts.save(force_insert=True)
    return facts
