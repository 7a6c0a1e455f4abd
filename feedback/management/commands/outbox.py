"""Says how the outgoing mail stands."""

from typing import Any

from django.core.management.base import BaseCommand

from feedback.outbox.models import OutgoingMail
from feedback.outbox.queries import figures


class Command(BaseCommand):
    help = "Counts of outgoing mail by state, the oldest due, the failures."

    def handle(self, *args: Any, **options: Any) -> None:
        now = figures()
        for state in OutgoingMail.State.values:
            self.stdout.write(f"{state}: {now.by_state.get(state, 0)}")
        self.stdout.write(f"oldest due: {now.oldest_due_at.isoformat() if now.oldest_due_at else 'none'}")
        for failure, count in now.failures.items():
            self.stdout.write(f"failed with {failure}: {count}")
