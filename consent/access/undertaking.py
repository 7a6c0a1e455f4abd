"""The staff's undertaking: what staff promise before they see anybody's words."""

import hashlib
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db import transaction

from consent.access.models import Acknowledgement
from imsupport import clock
from imsupport.accounts.models import User

_TEXTS = Path(__file__).parent / "undertakings"


@lru_cache(maxsize=4)
def text_of(version: int) -> str:
    """Return the words of a version."""
    return (_TEXTS / f"v{version}.en.txt").read_text("utf-8")


def acknowledge_undertaking(user: User) -> None:
    """Record that a member of staff acknowledged the current version."""
    version = settings.UNDERTAKING_VERSION
    sha256 = hashlib.sha256(text_of(version).encode()).hexdigest()
    with transaction.atomic():
        Acknowledgement.objects.create(user_id=user.pk, undertaking=version, sha256=sha256, acknowledged_at=clock.now())
        user.acknowledged_undertaking = version
        user.save(update_fields=["acknowledged_undertaking"])
