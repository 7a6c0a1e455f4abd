"""The figures of the dashboards. Figures about people are never shown for fewer than five."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Sum

from consent.access.models import GateDenial
from consent.ledger.models import ConsentEvent
from feedback.outbox.queries import figures as outbox_figures
from feedback.tickets.models import QueueChange, QueueCount, StripCount
from imsupport import clock

WINDOW = timedelta(days=40)
SMALLEST_GROUP = 5


@dataclass(frozen=True)
class Row:
    """One line of a chart: what it is, its exact number, and how it may be shown."""

    label: str
    number: int
    shown: str


@dataclass(frozen=True)
class Chart:
    """A picture with its numbers."""

    key: str
    title: str
    rows: list[Row]


def of_people(label: str, number: int) -> Row:
    """Return a row about people: rounded to five, and below five neither number nor length is told."""
    if number < SMALLEST_GROUP:
        return Row(label, 0, "< 5")
    rounded = SMALLEST_GROUP * round(number / SMALLEST_GROUP)
    return Row(label, rounded, str(rounded))


def of_work(label: str, number: int) -> Row:
    """Return a row about work or alarms: exact."""
    return Row(label, number, str(number))


def charts() -> list[Chart]:
    """Return every chart of the consent dashboard; the number of queries does not grow with the tables."""
    return [_decisions(), _by_week(), _left_out(), _tickets(), _mail(), _denials()]


def _decisions() -> Chart:
    grouped = ConsentEvent.objects.filter(occurred_at__gte=clock.now() - WINDOW)
    counted = grouped.values_list("purpose", "policy_version", "status").annotate(n=Count("pk"))
    rows = [
        of_people(f"{p}, version {v}: {s}", n) for p, v, s, n in counted.order_by("purpose", "policy_version", "status")
    ]
    return Chart("decisions", "Agreement and each purpose, by version", rows)


def _by_week() -> Chart:
    start = clock.now() - WINDOW
    days = ConsentEvent.objects.filter(occurred_at__gte=start, purpose="agreement")
    counted = days.values_list("occurred_at__date", "status").annotate(n=Count("pk"))
    totals: dict[tuple[str, str], int] = {}
    for day, status, number in counted.order_by("occurred_at__date"):
        week = (day - timedelta(days=day.weekday())).isoformat()
        totals[week, status] = totals.get((week, status), 0) + number
    return Chart(
        "weeks", "Decisions on the agreement, by week", [of_people(f"{w}: {s}", n) for (w, s), n in totals.items()]
    )


def _left_out() -> Chart:
    since = (clock.now() - WINDOW).date()
    counted = StripCount.objects.filter(day__gte=since).values_list("category").annotate(n=Sum("statements"))
    return Chart("left-out", "What was left out, by category", [of_people(c, n) for c, n in counted.order_by("-n")])


def _tickets() -> Chart:
    totals: dict[str, int] = {}
    for rows, column in ((QueueCount.objects, "tickets"), (QueueChange.objects, "change")):
        for state, number in rows.values_list("state").annotate(n=Sum(column)).order_by():
            totals[state] = totals.get(state, 0) + number
    return Chart("tickets", "Tickets by state", [of_work(state, n) for state, n in sorted(totals.items())])


def _mail() -> Chart:
    return Chart("mail", "Mail by state", [of_work(state, n) for state, n in outbox_figures().by_state.items()])


def _denials() -> Chart:
    since = (clock.now() - WINDOW).date()
    counted = GateDenial.objects.filter(day__gte=since).values_list("route", "reason").annotate(n=Sum("denied"))
    return Chart(
        "denials",
        "Doors that stayed shut",
        [of_work(f"{r or 'unknown'} ({w})", n) for r, w, n in counted.order_by("-n")[:20]],
    )
