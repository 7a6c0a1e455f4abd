"""Reading the register of recipients, and what went to whom."""

from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext

from consent.disclosures.models import Disclosure, DisclosureAct, Recipient
from consent.policies.queries import RECENT_SECONDS
from consent.purposes import Disclosing, is_disclosing, title_of
from imsupport import clock

_SHOWN = 50
_CACHED = "recipients"


@dataclass(frozen=True)
class Passed:
    """One disclosure with what became of it: its newest act first."""

    disclosure: Disclosure
    acts: list[DisclosureAct]

    @property
    def newest(self) -> DisclosureAct:
        return self.acts[0]


def recipients() -> QuerySet[Recipient]:
    """Return the recipients in effect now, by name."""
    now = clock.now()
    return Recipient.objects.filter(effective_from__lte=now).filter(_kept_at(now)).order_by("name", "pk")


def recipient(slug: str) -> Recipient | None:
    """Return a recipient in effect, or None."""
    return recipients().filter(slug=slug).first()


def recent_recipients() -> list[Recipient]:
    """Return the recipients, at most ten seconds old: for what pages offer, never for what leaves."""
    kept: list[Recipient] | None = cache.get(_CACHED)
    if kept is None:
        kept = list(recipients())
        cache.set(_CACHED, kept, RECENT_SECONDS)
    return kept


def title_of_any(purpose: str) -> str:
    """Return a purpose in people's words, a recipient by its name."""
    if is_disclosing(purpose):
        named = {str(one.purpose): one.name for one in recent_recipients()}
        if purpose in named:
            return gettext("Passing on to %(recipient)s") % {"recipient": named[purpose]}
    return title_of(purpose)


def name_of(purpose: str) -> str:
    """Return the name of the recipient whose purpose it is, be it one no more."""
    found = Recipient.objects.filter(slug=Disclosing(purpose).slug).values_list("name", flat=True).first()
    return found or Disclosing(purpose).slug


def register() -> QuerySet[Recipient]:
    """Return every recipient there ever was, the newest first."""
    return Recipient.objects.order_by("-pk")


def passed_on(person_id: int) -> list[Passed]:
    """Return what was passed on of a person, newest first; two queries."""
    return _passed(Disclosure.objects.filter(person_id=person_id))


def newest_passed_on() -> list[Passed]:
    """Return the newest disclosures of all; two queries."""
    return _passed(Disclosure.objects.all())


def _passed(rows: QuerySet[Disclosure]) -> list[Passed]:
    acts = Prefetch("acts", DisclosureAct.objects.order_by("-pk"))
    found = rows.select_related("recipient").prefetch_related(acts).order_by("-pk")[:_SHOWN]
    return [Passed(one, list(one.acts.all())) for one in found]


def _kept_at(now: object) -> Q:
    return Q(retired_at=None) | Q(retired_at__gt=now)
