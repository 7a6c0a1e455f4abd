"""Who looked at a person's words, as that person may know it."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Subquery, Value
from django.db.models.functions import Greatest

from consent.access.models import AccessEvent
from consent.disclosures.queries import passed_on
from consent.ledger.models import ConsentEvent
from consent.people.models import Person
from imsupport import clock

_LISTED_FOR = timedelta(days=30)
_STAFF = ("agent", "manager", "admin")
_EVENT_COLUMNS = (
    "id",
    "act_id",
    "seq",
    "purpose",
    "status",
    "policy_version",
    "notice_sha256",
    "language",
    "channel",
    "indicated_by",
    "occurred_at",
    "valid_until",
)


@dataclass(frozen=True)
class Opened:
    """One act of opening, without who of the staff it was."""

    at: datetime
    by: str
    purpose: str
    act: str


def opened(person_id: int) -> list[Opened]:
    """Return each time that staff opened this person's words, newest first."""
    rows = AccessEvent.objects.filter(act__in=[AccessEvent.Act.OPENED, AccessEvent.Act.EXPORTED])
    rows = rows.filter(person_id=person_id, persons=[person_id], actor_kind__in=_STAFF).order_by("-at")
    return [Opened(row.at, row.actor_kind, row.purpose, row.act) for row in rows]


def listed_by_day(person_id: int) -> list[tuple[date, int]]:
    """Return how often staff saw this person in a list or a search, by day, for the last 30 days."""
    # Nobody can have looked before we met the person. One bound, not two: SQLite would begin at the first.
    met_at = Person.objects.filter(pk=person_id).values("created_at")[:1]
    since = Greatest(Subquery(met_at), Value(clock.now() - _LISTED_FOR))
    seen = AccessEvent.objects.filter(act__in=[AccessEvent.Act.LISTED, AccessEvent.Act.MATCHED], at__gte=since)
    rows = seen.filter(actor_kind__in=_STAFF).values_list("at", "persons").iterator(chunk_size=500)
    days = Counter(at.date() for at, persons in rows if person_id in persons)
    return sorted(days.items(), reverse=True)


def exported(person_id: int) -> dict[str, Any]:
    """Return the person's own consent events and who looked, as they take them away."""
    events = ConsentEvent.objects.filter(person_id=person_id).order_by("seq").values(*_EVENT_COLUMNS)
    looks = [{"at": look.at, "by": look.by, "for": look.purpose, "act": look.act} for look in opened(person_id)]
    lists = [{"day": day, "times": times} for day, times in listed_by_day(person_id)]
    passed = [
        {
            "at": one.disclosure.made_at,
            "to": one.disclosure.recipient.name,
            "what": one.disclosure.parts,
            "acts": [{"act": act.act, "at": act.at} for act in one.acts],
        }
        for one in passed_on(person_id)
    ]
    return {"person": person_id, "consent_events": list(events), "opened": looks, "listed": lists, "passed_on": passed}
