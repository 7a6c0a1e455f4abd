"""Checks every event of the ledger."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from consent.ledger.models import ConsentEvent, SignedHead
from consent.ledger.verification import problems


class Command(BaseCommand):
    help = "Check every event, link, head and state of the ledger; name the first bad row."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--newest", type=int, metavar="N", help="check the newest N events and what stands on them")

    def handle(self, *args: Any, newest: int | None = None, **options: Any) -> None:
        ConsentEvent.objects.exists()  # where there is no table, nothing was changed either: `setup` never ran
        if newest is not None and newest < 1:
            raise CommandError("--newest needs a number of events")
        for problem in problems(newest):
            raise CommandError(problem)
        events, heads = ConsentEvent.objects.count(), SignedHead.objects.count()
        if newest is not None and newest < events:
            self.stdout.write(f"the newest {newest} of {events} events are whole, {heads} signed heads")
            return
        self.stdout.write(f"the ledger is whole: {events} events, {heads} signed heads")
