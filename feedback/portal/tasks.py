"""Periodic work of the portal."""

from consent.purposed import purposed_task
from consent.purposes import Purpose
from feedback.portal.models import UsedToken
from imsupport import clock, counts


@purposed_task(Purpose.SECURITY, name="portal.forget_past_counts")
def forget_past_counts() -> None:
    """Delete the counts of limits whose hour is over."""
    counts.forget_past()


@purposed_task(Purpose.SECURITY, name="portal.forget_used_tokens")
def forget_used_tokens() -> None:
    """Delete the hashes of tokens that have expired anyway."""
    UsedToken.objects.filter(expires_at__lt=clock.now()).delete()
