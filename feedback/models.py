"""Face for Django alone: the models of every room."""

from feedback.intake.models import KeptFile
from feedback.outbox.models import OutgoingMail
from feedback.portal.models import HostApp, UsedToken
from feedback.tickets.models import (
    Attachment,
    Event,
    Message,
    QueueChange,
    QueueCount,
    SpentKey,
    StripCount,
    Tag,
    Team,
    Ticket,
)

__all__ = [
    "Attachment",
    "Event",
    "HostApp",
    "KeptFile",
    "Message",
    "OutgoingMail",
    "QueueChange",
    "QueueCount",
    "SpentKey",
    "StripCount",
    "Tag",
    "Team",
    "Ticket",
    "UsedToken",
]
