"""What the gate and the two predicates cost the form, the queue and a ticket, beside the same pages without them.

Run with a demo's environment. Without them a page passes with what the gate had decided once before, takes its rows
unfiltered, and opens what it took unasked; all else stays: sessions, keys, access events.
"""

import os
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any
from unittest.mock import patch

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "imsupport.settings")
ROUNDS, LOOKS = 9, 30
TICKETS, MESSAGES = 40, 5
GOAL = 10
Look = Callable[[], None]


def main() -> None:
    """Print for each page how many per cent of CPU, the database's included, gate and predicates add."""
    import django

    django.setup()
    from django.db import connection

    from imsupport.wsgi import application

    ratios: dict[str, list[float]] = {}
    for page, look in _pages(application).items():
        look()
        with _unasked():
            look()
        for _ in range(ROUNDS):
            asked = _spent(look)
            with _unasked():
                ratios.setdefault(page, []).append(asked / _spent(look))
    told = ", ".join(f"{page} {100 * (statistics.median(of) - 1):.1f} %" for page, of in ratios.items())
    print(f"{connection.vendor}: gate and predicates add to the CPU of a page: {told} (goal at most {GOAL} %)")


def _pages(application: Any) -> dict[str, Look]:
    """Return a look at each page, with a queue full of messages and a ticket with several."""
    from django.conf import settings
    from django.test import Client

    from bench.inside import InsideUser
    from bench.load import BODY, EACH_WRITES, agree_all, hidden, submit_ours
    from feedback.tickets.models import Ticket
    from imsupport.accounts.models import User

    person = InsideUser(application)
    agree_all(person, TICKETS // EACH_WRITES)
    for _ in range(TICKETS):
        submit_ours(person)
    user = User.objects.create_user("gates@staff.test", name="Bench", role=User.Role.AGENT)
    User.objects.filter(pk=user.pk).update(acknowledged_undertaking=settings.UNDERTAKING_VERSION)
    signed_in = Client()
    signed_in.force_login(user)
    agent = InsideUser(application)
    agent.cookies = {name: morsel.value for name, morsel in signed_in.cookies.items()}
    newest = Ticket.objects.latest("pk")
    ticket = f"/desk/tickets/{newest.ref}/"
    for _ in range(MESSAGES - 1):
        _status, page, _ = agent.send("GET", ticket)
        fields = {"words": BODY, **{name: hidden(page, name) for name in ("csrfmiddlewaretoken", "idempotency_key")}}
        assert agent.send("POST", f"{ticket}answer/", fields)[0] == 302
    paths = {"form": (person, "/feedback/"), "queue": (agent, "/desk/"), "ticket": (agent, ticket)}
    return {page: _look(*there) for page, there in paths.items()}


def _look(user: Any, path: str) -> Look:
    def look() -> None:
        status = user.send("GET", path)[0]
        assert status == 200, (path, status)

    return look


@contextmanager
def _unasked() -> Iterator[None]:
    """Take gate and predicates away; what they said is kept from the first look at each page."""
    from consent.access import door
    from consent.access.models import PersonalQuerySet
    from consent.gate import Gate
    from feedback.tickets import conversation

    decide = Gate.process_view

    def pass_by(gate: Gate, request: Any, view: object, args: Any, kwargs: dict[str, Any]) -> Any:
        if request.path not in _passed:
            answer = decide(gate, request, view, args, kwargs)
            _passed[request.path] = (request.passage, getattr(request, "_standing", None))
            return answer
        request.passage, request._standing = _passed[request.path]
        return None

    states_of = door.states_of

    def known(people: set[int], purpose: Any) -> Any:
        key = (frozenset(people), purpose)
        if key not in _known:
            _known[key] = states_of(people, purpose)
        return _known[key]

    with ExitStack() as stack:
        for owner, name, instead in (
            (Gate, "process_view", pass_by),
            (PersonalQuerySet, "for_purpose", lambda rows, purpose, actor: rows.all()),
            (door, "states_of", known),
            (door, "may_use", lambda *asked: True),
            (conversation, "may_use", lambda *asked: True),
        ):
            stack.enter_context(patch.object(owner, name, instead))
        yield


_passed: dict[str, tuple[Any, Any]] = {}
_known: dict[Any, Any] = {}


def _spent(look: Look) -> float:
    """Return the CPU of some looks in nanoseconds, ours and that of the database's process that serves us."""
    before = time.process_time_ns() + _of_database()
    for _ in range(LOOKS):
        look()
    return time.process_time_ns() + _of_database() - before


def _of_database() -> int:
    """Return the CPU that PostgreSQL's processes for us have used; SQLite works in our own."""
    from django.db import connections

    used = 0
    for alias in connections:
        handle = getattr(connections[alias].connection, "info", None)
        with suppress(AttributeError, OSError):
            used += int(Path(f"/proc/{handle.backend_pid}/schedstat").read_text().split()[0])  # type: ignore[union-attr]
    return used


if __name__ == "__main__":
    main()
