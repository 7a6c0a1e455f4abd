"""Examines an installation: one line each, exit 1 if any is red."""

import shutil
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from redis import Redis, RedisError

from consent.ledger import triggers
from consent.ledger.comparing import LATE_AFTER, last_comparison
from consent.ledger.roles import may_switch_triggers_off
from consent.policies.queries import NoPolicy, current_version, operator_facts
from consent.sealing.actions import ring_opens_what_is_stored
from feedback.outbox import heartbeat
from feedback.outbox.queries import figures, is_mail_held_up
from feedback.tickets.opening import SAFETY_TEAM
from imsupport import clock
from imsupport.accounts.models import User

Finding = tuple[bool, str]
_CLOCKS_APART_SECONDS = 5
_CONNECT_SECONDS = 5
_FREE_BYTES = 200 * 1024**2


class Command(BaseCommand):
    help = "Check https, databases, migrations, triggers, role, policy, operator facts, files, mail, worker, clock."

    def handle(self, *args: Any, **options: Any) -> None:
        findings = list(examine())
        for is_well, line in findings:
            self.stdout.write(f"{'ok ' if is_well else 'RED'} {line}")
        if not all(is_well for is_well, _line in findings):
            raise CommandError("something is red")


def examine() -> Iterator[Finding]:
    """Yield what was found, one line each; a database that does not answer ends only what needs it."""
    yield _address()
    unreachable = [alias for alias in connections if not _answers(alias)]
    for alias in connections:
        is_well = alias not in unreachable
        yield is_well, f"database {alias}: {connections[alias].vendor if is_well else 'not reachable'}"
    behind = [alias for alias in connections if alias not in unreachable and _is_behind(alias)]
    yield _migrations(behind, unreachable)
    if "default" not in (*unreachable, *behind):
        yield from _ledger(connections["default"])
        yield _states()
        yield _clock(connections["default"])
        yield _policy()
        yield operator_facts() is not None, "operator facts: entered at /manage/operator/"
        yield _outbox()
        yield _safety()
    if "keys" not in (*unreachable, *behind):
        is_opened = ring_opens_what_is_stored()
        yield is_opened, f"key ring: {'opens' if is_opened else 'does not open'} what is stored"
    yield _broker()
    yield _folder()
    yield _space()
    yield from _secrets()
    yield _mail_server()
    yield _worker()


def _address() -> Finding:
    if settings.DEMO and not settings.IS_HTTPS:
        return True, f"address: {settings.BASE_URL} (demo; anything else needs https)"
    return settings.IS_HTTPS, f"address: {settings.BASE_URL}"


def _answers(alias: str) -> bool:
    try:
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _is_behind(alias: str) -> bool:
    executor = MigrationExecutor(connections[alias])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _migrations(behind: list[str], unreachable: list[str]) -> Finding:
    if behind:
        return False, f"migrations: not applied to {', '.join(behind)}; run setup"
    return not unreachable, f"migrations: {'unknown of ' + ', '.join(unreachable) if unreachable else 'applied'}"


def _broker() -> Finding:
    if not settings.REDIS_URL:
        return True, "broker: a file in the data folder"
    try:
        Redis.from_url(
            settings.REDIS_URL, socket_connect_timeout=_CONNECT_SECONDS, socket_timeout=_CONNECT_SECONDS
        ).ping()
    except (RedisError, ValueError) as error:
        return False, f"broker: Redis does not answer ({type(error).__name__})"
    return True, "broker: Redis answers"


def _ledger(connection: BaseDatabaseWrapper) -> Iterator[Finding]:
    missing = triggers.missing(connection, triggers.stamped_tables(apps.get_models()))
    yield not missing, f"append-only triggers: {', '.join(missing) or 'all there'}"
    if connection.vendor == "postgresql":
        yield not may_switch_triggers_off(connection), "database role: neither superuser nor owner of the ledger"


def _states() -> Finding:
    """Say what the last nightly comparison found; before the first there is nothing to say."""
    compared = last_comparison()
    if compared is None:
        return True, "states: not compared with their events yet"
    told = f"states: {compared.differences} differ from their events, compared {compared.compared_at:%Y-%m-%d %H:%M}"
    is_late = compared.compared_at < clock.now() - LATE_AFTER
    return not compared.differences and not is_late, told + (", too long ago" if is_late else "")


def _clock(connection: BaseDatabaseWrapper) -> Finding:
    with connection.cursor() as cursor:
        cursor.execute("SELECT CURRENT_TIMESTAMP")
        told = cursor.fetchone()[0]
    if isinstance(told, str):
        told = datetime.fromisoformat(told).replace(tzinfo=UTC)
    apart = abs((told - clock.now()).total_seconds())
    return apart < _CLOCKS_APART_SECONDS, f"clock: {apart:.0f} s apart from the database's"


def _policy() -> Finding:
    try:
        return True, f"policy: version {current_version()} in effect"
    except NoPolicy:
        return False, "policy: no version in effect"


def _outbox() -> Finding:
    counts = figures().by_state
    waiting = counts.get("due", 0) + counts.get("sending", 0)
    line = f"outbox: {waiting} waiting, {counts.get('failed', 0)} failed for good"
    is_held_up = is_mail_held_up()
    return not is_held_up, line + (", held up for more than ten minutes" if is_held_up else "")


def _safety() -> Finding:
    members = User.objects.filter(teams__name=SAFETY_TEAM, role=User.Role.AGENT, is_active=True).count()
    nobody = f"nobody is in it, so every agent reads new ones; run staff join EMAIL {SAFETY_TEAM}"
    advice = f"{members} agents read it" if members else nobody
    return members > 0, f"team {SAFETY_TEAM}, for people who are harmed or threatened: {advice}"


def _folder() -> Finding:
    is_private = Path(settings.DATA_DIR).stat().st_mode & 0o007 == 0
    return is_private, f"data folder: {'not open to' if is_private else 'open to'} everybody on this machine"


def _space() -> Finding:
    free = shutil.disk_usage(settings.DATA_DIR).free
    return free >= _FREE_BYTES, f"disk: {free // 1024**2} MB free in the data folder"


def _secrets() -> Iterator[Finding]:
    for path in sorted(Path(settings.DATA_DIR, "secrets").glob("*")):
        is_private = path.stat().st_mode & 0o077 == 0
        yield is_private, f"secret {path.name}: readable by {'its owner alone' if is_private else 'others too'}"


def _mail_server() -> Finding:
    if not settings.EMAIL_HOST:
        return settings.DEMO, "mail server: none" + (", the demo catches its mails" if settings.DEMO else "")
    where = f"mail server: {settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    try:
        socket.create_connection((settings.EMAIL_HOST, settings.EMAIL_PORT), _CONNECT_SECONDS).close()
    except OSError as error:
        return False, f"{where} does not answer ({type(error).__name__})"
    return True, f"{where} answers"


def _worker() -> Finding:
    silent = heartbeat.silent_for()
    is_alive = silent is not None and silent < heartbeat.STALE_AFTER
    return is_alive, "worker and scheduler: " + ("alive" if is_alive else "not heard of for a minute on this host")
