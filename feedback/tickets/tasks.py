"""Periodic work on tickets."""

from django.db import transaction

from consent.disclosures.delivery import deliver_due
from consent.purposed import purposed_task
from consent.purposes import Purpose
from feedback.tickets.counts import BATCH
from feedback.tickets.counts import fold_counts as fold
from feedback.tickets.passing_on import content

BATCHES_A_RUN = 20


@purposed_task(Purpose.DISCLOSE, name="tickets.pass_on")
def pass_on() -> None:
    """Let leave what was allowed to, and tell recipients of what is allowed no more."""
    for _ in range(BATCHES_A_RUN):
        if not deliver_due(content):
            return


@purposed_task(Purpose.PROVIDE, name="tickets.fold_counts")
def fold_counts() -> None:
    """Fold until nothing is left to fold."""
    folded = BATCH
    while folded == BATCH:
        with transaction.atomic():
            folded = fold()
