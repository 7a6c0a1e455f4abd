"""The numbers under the dashboards: counted rows, none of a person, in a constant number of queries."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Count, Min, Sum
from django.db.models.functions import TruncDate

from consent.access.models import GateDenial, UnpurposedReason
from consent.ledger.comparing import last_comparison
from consent.ledger.heads import newest
from consent.ledger.models import ConsentEvent, LedgerHead, SignedHead, StateComparison
from consent.policies.models import PolicyVersion, PurposeInVersion
from consent.purposes import ON_CONSENT, Purpose
from consent.sealing.models import LedgerMark
from feedback.dashboards.windows import Window
from feedback.outbox.models import OutgoingMail
from feedback.outbox.queries import HELD_UP_AFTER, waiting
from feedback.tickets.models import QueueChange, QueueCount, StripCount
from feedback.tickets.strip_counts import Strips
from imsupport import clock
from imsupport.ids import id_at

FAILED_LATELY = timedelta(days=7)


@dataclass(frozen=True)
class Decisions:
    """Events by purpose, day, version and status; since when each version is in effect; what any of them offers."""

    events: dict[tuple[str, date, int, str], int]
    versions: dict[int, date]
    offered: frozenset[str] = frozenset(ON_CONSENT)


@dataclass(frozen=True)
class MailHealth:
    """Mail that waits too long, since when, and mail that failed for good in the last seven days."""

    held_up: int
    oldest: datetime | None
    failed: int


@dataclass(frozen=True)
class LedgerHealth:
    """Whether the chain ends as its witnesses saw it, how long it is, when its head was signed, how states compare."""

    size: int
    is_whole: bool
    signed_at: datetime | None
    installed_at: datetime | None
    compared: StateComparison | None


def decisions(window: Window) -> Decisions:
    """Return what was decided on the agreement and on each optional use, on days that are over; three queries."""
    # An id is never older than its row, so the primary key finds the window without reading the whole ledger.
    recent = ConsentEvent.objects.filter(
        id__gte=id_at(window.start), occurred_at__gte=window.start, occurred_at__lt=window.end
    )
    rows = recent.filter(purpose__in=[Purpose.AGREEMENT, *ON_CONSENT]).annotate(
        day=TruncDate("occurred_at", tzinfo=UTC)
    )
    counted = rows.values_list("purpose", "day", "policy_version", "status").annotate(n=Count("pk")).order_by()
    versions = PolicyVersion.objects.order_by("effective_from").values_list("number", "effective_from")
    since = {number: at.date() for number, at in versions if at <= clock.now()}
    offered = PurposeInVersion.objects.filter(version_id__in=list(since)).values_list("purpose", flat=True)
    events = {(purpose, day, version, status): n for purpose, day, version, status, n in counted}
    return Decisions(events, since, frozenset(offered))


@dataclass(frozen=True)
class LeftOut:
    """Statements by category, by channel and by the language of the text; these are never counted together."""

    categories: dict[str, Strips]
    channels: dict[str, Strips]
    languages: dict[str, Strips]


def left_out(window: Window) -> LeftOut:
    """Return what became of the statements of days that are over; one query."""
    days = StripCount.objects.filter(day__gte=window.first, day__lte=window.last)
    sums = [Sum(column) for column in ("statements", "released", "by_hand")]
    counted = days.values_list("category", "channel", "language").annotate(*sums).order_by()
    found = LeftOut(defaultdict(Strips), defaultdict(Strips), defaultdict(Strips))
    for category, channel, language, *counts in counted:
        for group, name in ((found.categories, category), (found.channels, channel), (found.languages, language)):
            if name:
                group[name] += Strips(*counts)
    return found


def tickets() -> dict[str, int]:
    """Return how many tickets each state has, from the counts of the queues; two queries."""
    totals: Counter[str] = Counter()
    for rows, column in ((QueueCount.objects, "tickets"), (QueueChange.objects, "change")):
        totals.update(dict(rows.values_list("state").annotate(n=Sum(column)).order_by()))
    return dict(totals)


def mail(window: Window) -> dict[str, int]:
    """Return how many mails of the window, and how many that still wait, each state has.

    Those that a decision held back tell of people, so the ones written today are not told yet.
    """
    first = id_at(window.start)
    written = OutgoingMail.objects.unpurposed(UnpurposedReason.FIGURES).filter(pk__gte=first)
    written = written.exclude(state=OutgoingMail.State.CANCELLED, pk__gte=id_at(window.end))
    still_waits = waiting().filter(pk__lt=first)
    recent, older = (rows.values_list("state").annotate(n=Count("pk")).order_by() for rows in (written, still_waits))
    totals: Counter[str] = Counter()
    for state, number in recent.union(older, all=True):
        totals[state] += number
    return dict(totals)


def denials(window: Window) -> dict[tuple[date, str, str], int]:
    """Return how often each door stayed shut, by day, route and reason."""
    counted = GateDenial.objects.filter(day__gte=window.first).values_list("day", "route", "reason")
    return {(day, route, reason): n for day, route, reason, n in counted.annotate(n=Sum("denied")).order_by()}


def mail_health() -> MailHealth:
    """Return what is wrong with the mail, if anything; two queries."""
    now, rows = clock.now(), OutgoingMail.objects.unpurposed(UnpurposedReason.FIGURES)
    late = waiting().filter(collected_at__lt=now - HELD_UP_AFTER).aggregate(n=Count("pk"), oldest=Min("collected_at"))
    failed = rows.filter(pk__gte=id_at(now - FAILED_LATELY), state=OutgoingMail.State.FAILED)
    return MailHealth(late["n"], late["oldest"], failed.count())


def ledger_health() -> LedgerHealth:
    """Compare the chain's end with its head, the key store's mark and the last signed head; seven short queries."""
    last = ConsentEvent.objects.order_by("-seq").only("seq", "hash").first()
    head = LedgerHead.objects.filter(pk=1).first()
    mark = LedgerMark.objects.filter(pk=1).first()
    signed = newest()
    end = (last.seq, bytes(last.hash)) if last else (0, b"")
    ends_agree = (head is None and last is None) or (head is not None and (head.size, bytes(head.hash)) == end)
    seen = mark is None or mark.size < end[0] or (mark.size, bytes(mark.hash)) == end
    installed = MigrationRecorder.Migration.objects.filter(app="consent").aggregate(at=Min("applied"))["at"]
    is_whole = ends_agree and seen and _has(signed)
    return LedgerHealth(end[0], is_whole, signed.signed_at if signed else None, installed, last_comparison())


def _has(signed: SignedHead | None) -> bool:
    """Say whether the event that a signed head saw last is still there, unchanged."""
    number = signed.size if signed else 0
    kept = ConsentEvent.objects.filter(seq=number).values_list("hash", flat=True).first()
    return signed is None or number == 0 or (kept is not None and bytes(kept).hex() == signed.hash)
