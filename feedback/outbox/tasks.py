"""The worker's door to the outbox."""

import sqlite3
from contextlib import closing

from django.conf import settings

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


@purposed_task(Purpose.MAIL, name="outbox.purge_broker")
def purge_broker() -> None:
    """Delete consumed hints from the embedded broker's file, which keeps them for ever otherwise."""
    if settings.REDIS_URL or not settings.BROKER_FILE.exists():
        return
    with closing(sqlite3.connect(settings.BROKER_FILE, timeout=5)) as connection, connection:
        # Counts live in the same file and may have made it before any hint did.
        if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'kombu_message'").fetchone():
            connection.execute("DELETE FROM kombu_message WHERE visible = 0")
