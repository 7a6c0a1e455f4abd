"""What managers and people change in the consent centre."""

from collections.abc import Collection

from django.db import transaction

from consent.access.actors import Actor
from consent.ledger.actions import Shown, allow, decline
from consent.policies.models import OperatorFacts
from consent.policies.offers import offered
from consent.policies.queries import operator_facts, waiting_facts
from consent.policies.second_person import NotTheSecond, alone_from, check_second
from consent.purposes import Purpose
from imsupport import clock


class NotConfirmable(Exception):
    """Facts do not wait for this colleague: they are their own, in effect, or not there."""


def choose(person_id: int, wanted: Collection[Purpose], shown: Shown) -> None:
    """Switch the wanted optional purposes on and all others that the version offers off, in one act."""
    with transaction.atomic():
        allow(person_id, sorted(wanted), shown)
        decline(person_id, sorted(offered(shown.notice.version) - set(wanted)), shown)


def enter_facts(facts: OperatorFacts, *, actor: Actor) -> OperatorFacts:
    """Keep new facts; the first take effect at once, later ones by the rule of the second person."""
    now = clock.now()
    facts.pk = None
    facts.entered_by, facts.entered_at, facts.confirmed_by = named(actor), now, ""
    facts.effective_from = now if operator_facts() is None else alone_from(now, facts.reason)
    facts.save(force_insert=True)
    return facts


def confirm_facts(facts_id: int, *, actor: Actor) -> None:
    """Let waiting facts take effect now; raise NotConfirmable for one's own and for those that do not wait."""
    waiting = waiting_facts().filter(pk=facts_id, confirmed_by="")
    try:
        check_second(waiting.values_list("entered_by", flat=True).get(), named(actor))
    except (OperatorFacts.DoesNotExist, NotTheSecond) as error:
        raise NotConfirmable from error
    if not waiting.update(confirmed_by=named(actor), effective_from=clock.now()):
        raise NotConfirmable


def named(actor: Actor) -> str:
    """Return how facts name the member of staff who entered or confirmed them."""
    return f"user {actor.id}"
