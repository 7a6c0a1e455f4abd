"""Counting denials, and the staff's undertaking."""

from django.db.models import F

from consent.access.models import GateDenial
from imsupport import clock


def count_denial(*, route: str, reason: str) -> None:
    """Add one to the day's count of a door that stayed shut; nothing of the request is kept."""
    day = clock.now().date()
    same = GateDenial.objects.filter(day=day, route=route, reason=reason)
    if same.update(denied=F("denied") + 1):
        return
    GateDenial.objects.bulk_create([GateDenial(day=day, route=route, reason=reason)], ignore_conflicts=True)
    same.update(denied=F("denied") + 1)
