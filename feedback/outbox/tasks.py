"""The worker's door to the outbox."""

from consent.purposed import purposed_task
from consent.purposes import Purpose
from feedback.outbox import heartbeat
from feedback.outbox.delivery import deliver_due

BATCHES_A_RUN = 50


@purposed_task(Purpose.MAIL, name="outbox.dispatch_due", expires=60)
def dispatch_due(is_hint: bool = False) -> None:
    """Deliver whatever is due; run by each hint and, for lost hints, by the beat, whose runs are the heartbeat."""
    if not is_hint:
        heartbeat.beat()
    for _ in range(BATCHES_A_RUN):
        if not deliver_due():
            return
