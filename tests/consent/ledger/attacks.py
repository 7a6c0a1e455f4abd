"""The five ways in which somebody may change what was appended; `events` are all as they were."""

from collections.abc import Callable
from datetime import timedelta

from django.db import connection

from consent.ledger import triggers
from consent.ledger.models import ConsentEvent

Events = list[ConsentEvent]
SPARE = 1_000_000


def edit(events: Events) -> None:
    ConsentEvent.objects.filter(pk=events[3].pk).update(status="ConsentRefused")


def delete(events: Events) -> None:
    ConsentEvent.objects.filter(pk=events[3].pk).delete()


def reorder(events: Events) -> None:
    one, other = events[2], events[3]
    for event, seq in ((one, SPARE), (other, one.seq), (one, other.seq)):
        ConsentEvent.objects.filter(pk=event.pk).update(seq=seq)


def write_back(events: Events) -> None:
    ConsentEvent.objects.filter(pk=events[3].pk).update(occurred_at=events[3].occurred_at - timedelta(days=30))


def cut(events: Events) -> None:
    ConsentEvent.objects.filter(pk__in=[event.pk for event in events[-2:]]).delete()


Attack = Callable[[Events], None]
ATTACKS = (edit, delete, reorder, write_back, cut)


def take_triggers_down() -> None:
    """Put them up again when asked for: what is missing of them is not what is tested here."""
    with connection.cursor() as cursor:
        for table in triggers.APPEND_ONLY:
            for event in ("update", "delete"):
                on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER {table}_no_{event}{on_table}")
