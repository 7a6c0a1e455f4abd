"""Examines an installation: one line each, exit 1 if any is red."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connections

from consent.ledger import triggers
from consent.policies.queries import NoPolicy, current_version, operator_facts
from feedback.outbox.tasks import HEARTBEAT, SILENT_SECONDS
from imsupport import clock

Finding = tuple[bool, str]


class Command(BaseCommand):
    help = "Check https, databases, triggers, policy, operator facts, secrets, mail, worker, clock."

    def handle(self, *args: Any, **options: Any) -> None:
        findings = list(examine())
        for is_well, line in findings:
            self.stdout.write(f"{'ok ' if is_well else 'RED'} {line}")
        if not all(is_well for is_well, _line in findings):
            raise CommandError("something is red")


def examine() -> Iterator[Finding]:
    yield settings.IS_HTTPS or settings.DEMO, f"address: {settings.BASE_URL}"
    for alias in connections:
        yield from _database(alias)
    missing = triggers.missing(connections["default"], triggers.stamped_tables(apps.get_models()))
    yield not missing, f"append-only triggers: {', '.join(missing) or 'all there'}"
    try:
        yield True, f"policy: version {current_version()} in effect"
    except NoPolicy:
        yield False, "policy: no version in effect"
    yield operator_facts() is not None, "operator facts: entered at /manage/operator/"
    yield from _secrets()
    yield bool(settings.DEMO or settings.EMAIL_HOST), f"mail: {settings.EMAIL_HOST or 'caught by the demo'}"
    yield from _worker()


def _database(alias: str) -> Iterator[Finding]:
    connection = connections[alias]
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT CURRENT_TIMESTAMP")
            told = cursor.fetchone()[0]
    except DatabaseError:
        yield False, f"database {alias}: not reachable"
        return
    yield True, f"database {alias}: {connection.vendor}"
    if hasattr(told, "timestamp"):
        apart = abs(told.timestamp() - clock.now().timestamp())
        yield apart < 5, f"clock: {apart:.1f} s apart from database {alias}"


def _secrets() -> Iterator[Finding]:
    for path in sorted(Path(settings.DATA_DIR, "secrets").glob("*")):
        yield path.stat().st_mode & 0o077 == 0, f"secret {path.name}: readable by its owner alone"


def _worker() -> Iterator[Finding]:
    beat = Path(settings.DATA_DIR) / HEARTBEAT
    silent = time.time() - beat.stat().st_mtime if beat.exists() else None
    is_alive = silent is not None and silent < SILENT_SECONDS
    yield is_alive, "worker and scheduler: " + ("alive" if is_alive else "not heard of for a minute")
