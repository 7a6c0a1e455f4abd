"""Checks every event of the ledger."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from consent.ledger.models import ConsentEvent, SignedHead
from consent.ledger.verification import problems


class Command(BaseCommand):
    help = "Check every event, link, head and state of the ledger; name the first bad row."

    def handle(self, *args: Any, **options: Any) -> None:
        ConsentEvent.objects.exists()  # where there is no table, nothing was changed either: `setup` never ran
        for problem in problems():
            raise CommandError(problem)
        events, heads = ConsentEvent.objects.count(), SignedHead.objects.count()
        self.stdout.write(f"the ledger is whole: {events} events, {heads} signed heads")
