"""Figures of the outbox."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, QuerySet

from consent.access.models import UnpurposedReason
from consent.people.models import Identifier
from feedback.outbox.models import OutgoingMail
from imsupport import clock

HELD_UP_AFTER = timedelta(minutes=10)


@dataclass(frozen=True)
class Figures:
    """How many mails each state has, and since when the oldest is due."""

    by_state: dict[str, int]
    oldest_due_at: datetime | None
    failures: dict[str, int]


def waiting() -> QuerySet[OutgoingMail]:
    """Return the mail that has not left; that it holds its letter says so too, and is what an index knows it by."""
    rows = OutgoingMail.objects.unpurposed(UnpurposedReason.FIGURES)
    return rows.filter(state__in=[OutgoingMail.State.DUE, OutgoingMail.State.SENDING], letter__isnull=False)


def figures() -> Figures:
    """Return the outbox's figures in three queries."""
    rows = OutgoingMail.objects.unpurposed(UnpurposedReason.FIGURES)
    by_state = dict(rows.values_list("state").annotate(count=Count("pk")).order_by("state"))
    oldest = waiting().aggregate(oldest=Min("due_at"))["oldest"]
    failed = rows.filter(state=OutgoingMail.State.FAILED)
    failures = dict(failed.values_list("failure").annotate(count=Count("pk")).order_by("failure"))
    return Figures(by_state, oldest, failures)


def state_of_question(address: Identifier) -> str:
    """Return what became of the last mail that asked an address whether it is its writer's; empty for none."""
    rows = OutgoingMail.objects.unpurposed(UnpurposedReason.VERIFICATION).filter(address=address, kind="ask_if_written")
    return rows.order_by("-id").values_list("state", flat=True).first() or ""


def is_mail_held_up() -> bool:
    """Say whether some mail has waited longer than ten minutes since it was written, retries included."""
    return waiting().filter(collected_at__lt=clock.now() - HELD_UP_AFTER).exists()
