"""Counting denials, and the staff's undertaking."""

from django.conf import settings
from django.db import transaction
from django.db.models import F

from consent.access.models import Acknowledgement, GateDenial
from consent.access.undertaking import hash_of
from imsupport import clock
from imsupport.accounts.models import User


def count_denial(*, route: str, reason: str) -> None:
    """Add one to the day's count of a door that stayed shut; nothing of the request is kept."""
    day = clock.now().date()
    same = GateDenial.objects.filter(day=day, route=route, reason=reason)
    if same.update(denied=F("denied") + 1):
        return
    GateDenial.objects.bulk_create([GateDenial(day=day, route=route, reason=reason)], ignore_conflicts=True)
    same.update(denied=F("denied") + 1)


def acknowledge_undertaking(user: User) -> None:
    """Record that a member of staff acknowledged the current version."""
    version = settings.UNDERTAKING_VERSION
    with transaction.atomic():
        Acknowledgement.objects.create(
            user_id=user.pk, undertaking=version, sha256=hash_of(version), acknowledged_at=clock.now()
        )
        user.acknowledged_undertaking = version
        user.save(update_fields=["acknowledged_undertaking"])
