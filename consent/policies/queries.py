"""Which version is in effect, what it says, what the operator adds."""

from datetime import datetime

from django.core.cache import cache
from django.db.models import Q, QuerySet

from consent.policies.models import OperatorFacts, PolicyText, PolicyVersion
from imsupport import clock

RECENT_SECONDS = 10
DEMO_SETUP = "demo set-up"
"""Who entered the facts of a demo; what a demo left in a database is known by it."""


class NoPolicy(Exception):
    """No policy version is in effect: nothing may be collected."""


def in_effect(at: datetime) -> QuerySet[PolicyVersion]:
    """Return the version in effect at a time, as a query of at most one row."""
    stands = Q(effective_until=None) | Q(effective_until__gt=at)
    return PolicyVersion.objects.filter(stands, effective_from__lte=at).order_by("-effective_from")[:1]


def current_version() -> int:
    """Return the number of the version in effect now; raise NoPolicy when there is none."""
    version = in_effect(clock.now()).values_list("number", flat=True).first()
    if version is None:
        raise NoPolicy
    return version


def announced_version() -> PolicyVersion | None:
    """Return the version that is announced and not in effect yet, if there is one."""
    return PolicyVersion.objects.filter(effective_from__gt=clock.now()).order_by("effective_from").first()


def text_of(version: int, language: str) -> PolicyText:
    """Return the version's words in a language, else in the one that counts; raise NoPolicy for no such version."""
    texts = {text.language: text for text in PolicyText.objects.filter(version_id=version)}
    own = texts.get(language) or next((text for text in texts.values() if text.is_authoritative), None)
    if own is None:
        raise NoPolicy
    return own


def recent_operator_facts() -> OperatorFacts | None:
    """Return the operator's facts, at most ten seconds old: for names on pages and mails, never for a notice."""
    kept: tuple[OperatorFacts | None] | None = cache.get("operator-facts")
    if kept is None:
        kept = (operator_facts(),)
        cache.set("operator-facts", kept, RECENT_SECONDS)
    return kept[0]


def operator_facts() -> OperatorFacts | None:
    """Return the operator's facts in effect, or None while they are not filled in."""
    return facts_at(clock.now())


def facts_at(moment: datetime) -> OperatorFacts | None:
    """Return the operator's facts in effect at a time, or None while they were not filled in."""
    return OperatorFacts.objects.filter(effective_from__lte=moment).order_by("-effective_from", "-pk").first()


def is_of_a_demo() -> bool:
    """Say whether the database was filled by a demo: its staff's password is known, its facts are nobody's."""
    return OperatorFacts.objects.filter(entered_by=DEMO_SETUP).exists()


def waiting_facts() -> QuerySet[OperatorFacts]:
    """Return the facts that are not in effect yet, in the order of their entry."""
    ahead = Q(effective_from=None) | Q(effective_from__gt=clock.now())
    return OperatorFacts.objects.filter(ahead).order_by("entered_at")
