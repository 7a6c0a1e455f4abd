"""The ledger at a million events: its check beside a plain read with SHA-256 of the same rows; what an append costs.

Run with a demo's environment. The events are linked as the ledger links them and put in by the thousand.
"""

import hashlib
import os
import statistics
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "imsupport.settings")
FEW, MANY = 1_000, 1_000_000
NEWEST = 10_000
ROUNDS = 3
TURNS, APPENDS, WARMING = 12, 12, 3
GOAL_WHOLE, GOAL_NEWEST, GOAL_APPEND = 5, 0.01, 1.2
ASIDE = "_few"


def main() -> None:
    """Print the ratios."""
    import django

    django.setup()
    from django.db import connection, transaction

    from consent.ledger import heads
    from consent.ledger.verification import problems

    _fill(FEW)
    _set_aside()
    _fill(MANY)
    appending = _appending()
    with transaction.atomic():
        heads.sign_head()
    whole, newest = [], []
    for _ in range(ROUNDS):
        plain = _took(_plain_read)
        found: list[str] = []
        checked = _took(lambda: found.extend(problems()))
        last = _took(lambda: found.extend(problems(NEWEST)))
        assert not found, found[:3]
        whole.append(checked / plain)
        newest.append(last / checked)
    print(
        f"{connection.vendor}: {MANY:,} events are checked in {statistics.median(whole):.2f} times a plain read with"
        f" SHA-256 (goal at most {GOAL_WHOLE}), the newest {NEWEST:,} in {statistics.median(newest):.4f} of that"
        f" (goal at most {GOAL_NEWEST}); an append takes {appending:.2f} times one at {FEW:,}"
        f" (goal at most {GOAL_APPEND})"
    )


def _fill(size: int) -> None:
    """Bring the ledger to `size` events, two of each person, with their states, notices and head."""
    from django.db import transaction

    from consent.ledger import actions
    from consent.ledger.chain import link
    from consent.ledger.models import Channel, ConsentEvent, ConsentState, LedgerHead, Status
    from consent.ledger.states import replay
    from consent.policies.actions import keep_notice
    from imsupport import clock
    from imsupport.ids import new_id

    keep_notice(_notice())
    head = LedgerHead.objects.filter(pk=1).first() or LedgerHead(pk=1, size=0, hash=bytes(32))
    while head.size < size:
        events = []
        for _ in range(min(2_000, size - head.size)):
            at, seq = clock.now(), head.size + 1
            purpose = actions.AGREED_PURPOSES[seq % 2]
            if seq % 2 or not events:
                person_id = act_id = new_id()
            event = ConsentEvent(
                id=new_id(),
                seq=seq,
                act_id=act_id,
                person_id=person_id,
                purpose=str(purpose),
                status=str(Status.GIVEN),
                policy_version=1,
                notice_sha256=_notice().sha256,
                language="en",
                channel=str(Channel.WEB),
                indicated_by="button:agree",
                occurred_at=at,
                valid_until=at + timedelta(days=730),
                prev_hash=bytes(head.hash),
            )
            event.hash = link(bytes(head.hash), event)
            head.size, head.hash = seq, event.hash
            events.append(event)
        with transaction.atomic():
            ConsentEvent.objects.bulk_create(events)
            ConsentState.objects.bulk_create(replay(events).values())
            head.save()
    actions._mark(head.size, bytes(head.hash))
    _settle()


def _settle() -> None:
    """Do what an installation's own time does: count the rows, and clear the log that a million inserts left."""
    from django.db import connection

    of_engine = {"postgresql": ["ANALYZE consent_consentevent, consent_consentstate", "CHECKPOINT"]}
    with connection.cursor() as cursor:
        for statement in of_engine.get(connection.vendor, ["PRAGMA wal_checkpoint(TRUNCATE)"]):
            cursor.execute(statement)


def _notice() -> Any:
    from consent.policies.notices import Notice

    return Notice(version=1, language="en", body=b"<p>The notice of the bench.</p>")


def _set_aside() -> None:
    """Copy both databases as they are, so that appending there and here can take turns: no two minutes are alike."""
    from django.db import connections

    for connection in connections.all():
        name = connection.settings_dict["NAME"]
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [f"{name}{ASIDE}"])
            continue
        connection.close()
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}{ASIDE}" TEMPLATE "{name}"')


def _appending() -> float:
    """Return how many times as long as beside few events an act takes here: the median of turns taken in both."""
    from django.db import connections

    names = {connection: connection.settings_dict["NAME"] for connection in connections.all()}
    ratios = []
    for _ in range(TURNS):
        took = []
        for aside in (ASIDE, ""):
            for connection, name in names.items():
                connection.close()
                connection.settings_dict["NAME"] = f"{name}{aside}"
            took.append(_acting())
        ratios.append(took[1] / took[0])
    return statistics.median(ratios)


def _acting() -> float:
    """Return the median time of an act that appends two events of somebody new, once the first are done."""
    from consent.ledger.actions import Shown, agree
    from consent.ledger.models import Channel

    shown = Shown(_notice(), Channel.WEB, "button:agree")
    return statistics.median([_took(lambda: agree(shown)) for _ in range(WARMING + APPENDS)][WARMING:])


def _plain_read() -> None:
    """Read every column of every event, a page after the other, and hash it."""
    from django.db import connection

    last, digest = 0, hashlib.sha256()
    while True:
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM consent_consentevent WHERE seq > %s ORDER BY seq LIMIT 2000", [last])
            at = [column[0] for column in cursor.description].index("seq")
            page = cursor.fetchall()
        if not page:
            return
        for row in page:
            digest.update(hashlib.sha256(repr(row).encode()).digest())
        last = page[-1][at]


def _took(act: Callable[[], Any]) -> float:
    before = time.perf_counter()
    act()
    return time.perf_counter() - before


if __name__ == "__main__":
    main()
