"""Periodic work on tickets."""

from django.db import transaction

from consent.purposed import purposed_task
from consent.purposes import Purpose
from feedback.tickets.counts import BATCH
from feedback.tickets.counts import fold_counts as fold


@purposed_task(Purpose.PROVIDE, name="tickets.fold_counts")
def fold_counts() -> None:
    """Fold until nothing is left to fold."""
    folded = BATCH
    while folded == BATCH:
        with transaction.atomic():
            folded = fold()
