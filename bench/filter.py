"""What the ledger's word costs a page of the queue, with a million tickets of a hundred thousand people.

Run with a demo's environment.
"""

import os
import time
from unittest.mock import patch

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "imsupport.settings")
TICKETS, PEOPLE = 1_000_000, 100_000
VIEWS = ("open", "unassigned", "waiting", "solved", "all")
LOOKS = 40
GOAL = 1.15


def main() -> None:
    """Print the ratio of each view's best time with the filter to that of the same view without it."""
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection
    from django.test import Client

    from consent.access.models import PersonalQuerySet
    from feedback.tickets.models import Ticket
    from imsupport.accounts.models import User
    from tests.crowd import copy_people, copy_tickets

    agent = User.objects.create_user("filter@staff.test", name="Bench", role=User.Role.AGENT)
    User.objects.filter(pk=agent.pk).update(acknowledged_undertaking=settings.UNDERTAKING_VERSION)
    client = Client(headers={"host": "127.0.0.1:8000"})
    client.force_login(agent)
    ticket = Ticket.objects.order_by("pk").last()
    assert ticket is not None
    Ticket.objects.filter(pk=ticket.pk).update(assignee=None)
    copy_people(ticket.person_id, PEOPLE)
    there = Ticket.objects.filter(ref__startswith="C").count()
    copy_tickets(ticket, TICKETS - there, after=there, people=PEOPLE)

    def look(view: str) -> float:
        before = time.perf_counter()
        assert client.get(f"/desk/?view={view}").status_code == 200
        return time.perf_counter() - before

    ratios = {}
    for view in VIEWS:
        asked, unasked = [], []
        for _ in range(LOOKS):
            asked.append(look(view))
            with patch.object(PersonalQuerySet, "for_purpose", lambda rows, purpose, actor: rows.all()):
                unasked.append(look(view))
        ratios[view] = min(asked) / min(unasked)
    told = ", ".join(f"{view} {ratio:.2f}" for view, ratio in ratios.items())
    print(
        f"{connection.vendor}: the queue of {TICKETS:,} tickets, with the ledger asked to without: {told}"
        f" (goal at most {GOAL})"
    )


if __name__ == "__main__":
    main()
