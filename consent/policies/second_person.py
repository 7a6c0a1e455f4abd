"""The one rule for all that one person may not do alone: a colleague, or a reason and 24 hours, marked for good.

Each act keeps who entered it, who confirmed it, the reason, and from when it holds. What nobody confirmed carries its
reason for ever, so that it can be told from what two people stood for.
"""

from datetime import datetime, timedelta

DELAY = timedelta(hours=24)


class NotTheSecond(Exception):
    """Whoever confirms is nobody, or the one who entered it."""


def alone_from(entered_at: datetime, reason: str) -> datetime | None:
    """Return from when it holds without a colleague: after 24 hours for a reason, without one never."""
    return entered_at + DELAY if reason.strip() else None


def check_second(entered_by: str, confirming: str) -> None:
    """Raise NotTheSecond unless somebody other than its author confirms."""
    if not confirming or confirming == entered_by:
        raise NotTheSecond


def stood_alone(confirmed_by: str, reason: str) -> bool:
    """Say whether it came to hold without a colleague, as its reason shows for good."""
    return not confirmed_by and bool(reason.strip())
