"""The queue with 1,000 tickets, when pages are full, and with 50,000. Run with a demo's environment."""

import os
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "imsupport.settings")
SIZES = (1_000, 50_000)
VIEWS = ("open", "unassigned", "mine", "waiting", "solved", "all")
LOOKS = 40


def main() -> None:
    """Print the ratio of CPU and of time for each view between the sizes (1 = does not grow)."""
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection
    from django.test import Client

    from feedback.tickets.models import Ticket
    from imsupport.accounts.models import User
    from tests.crowd import copy_tickets

    agent = User.objects.filter(role=User.Role.AGENT).first() or User.objects.create_user(
        "bench@staff.test", name="Bench", role=User.Role.AGENT
    )
    User.objects.filter(pk=agent.pk).update(acknowledged_undertaking=settings.UNDERTAKING_VERSION)
    client = Client(headers={"host": "127.0.0.1:8000"})
    client.force_login(agent)
    ticket = Ticket.objects.order_by("pk").last()
    took: dict[str, list[float]] = {view: [] for view in VIEWS}
    there = 0
    for size in SIZES:
        copy_tickets(ticket, size - there, after=there)
        there = size
        for view in VIEWS:
            looks = []
            for _ in range(LOOKS):
                before = time.perf_counter()
                assert client.get(f"/desk/?view={view}").status_code == 200
                looks.append(time.perf_counter() - before)
            took[view].append(min(looks))
    ratios = ", ".join(f"{view} {large / small:.2f}" for view, (small, large) in took.items())
    sizes = f"{SIZES[1]:,} to at {SIZES[0]:,}"
    print(f"{connection.vendor}: best time of the queue at {sizes} tickets: {ratios} (1 = no growth)")


if __name__ == "__main__":
    main()
