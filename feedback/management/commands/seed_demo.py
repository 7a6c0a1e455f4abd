"""Writes demo content: small numbers through the real actions, large ones in bulk."""

import argparse
import random
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from feedback.management import demo_bulk, demo_life

THROUGH_ACTIONS_AT_MOST = 200


class Command(BaseCommand):
    help = "Write believable demo content into a demo instance."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--tickets", type=int, required=True)
        parser.add_argument("--people", type=int, default=0, help="how many people write; by default a third fewer")
        parser.add_argument("--seed", type=int, default=7)

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("seed_demo runs in the demo only")
        tickets = options["tickets"]
        people = options["people"] or max(1, tickets * 2 // 3)
        if tickets < 1 or people < 1:
            raise CommandError("--tickets and --people must be positive")
        chance = random.Random(options["seed"])
        if tickets <= THROUGH_ACTIONS_AT_MOST:
            demo_life.live(tickets=tickets, people=people, chance=chance)
        else:
            demo_bulk.write(tickets=tickets, people=people, chance=chance, say=self.stdout.write)
        if options["verbosity"]:
            self.stdout.write(f"{tickets} tickets of {people} people written")
