"""Folds the changes of the queues' counts into the counts, so that reading them stays cheap."""

from collections import Counter
from typing import Any

from django.db.models import F

from feedback.tickets.models import QueueChange, QueueCount

BATCH = 5_000


def fold_counts() -> int:
    """Fold a batch of changes and delete them, in the caller's transaction; return how many. Safe to repeat."""
    changes = list(QueueChange.objects.select_for_update().order_by("id")[:BATCH])
    totals: Counter[tuple[str, int, int]] = Counter()
    for change in changes:
        totals[change.state, change.team_id, change.assignee_id] += change.change
    for (state, team_id, assignee_id), total in totals.items():
        place: dict[str, Any] = {"state": state, "team_id": team_id, "assignee_id": assignee_id}
        QueueCount.objects.get_or_create(**place)
        QueueCount.objects.filter(**place).update(tickets=F("tickets") + total)
    QueueChange.objects.filter(pk__in=[change.pk for change in changes]).delete()
    return len(changes)
