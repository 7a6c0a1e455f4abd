"""What agents choose from. It changes rarely, so a page does not ask for it each time."""

import time
from typing import Any

from django.core.cache import cache

from feedback.tickets.models import Tag, Team
from imsupport.accounts.models import User

FRESH_SECONDS = 10


def choices() -> dict[str, Any]:
    """Return agents, teams and tags, at most ten seconds old; a form checks what was chosen against the database."""
    bucket = int(time.time()) // FRESH_SECONDS
    found: dict[str, Any] | None = cache.get(f"desk-choices-{bucket}")
    if found is None:
        found = {
            "agents": list(User.objects.filter(role=User.Role.AGENT, is_active=True).only("pk", "name")),
            "teams": list(Team.objects.all()),
            "tags": list(Tag.objects.all()),
        }
        cache.set(f"desk-choices-{bucket}", found, FRESH_SECONDS)
    return found
