"""Doors, reasons, mail and languages, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from feedback.outbox.models import OutgoingMail
from feedback.tickets.strip_counts import UNKNOWN_LANGUAGE

MAIL: dict[str, Promise] = {
    OutgoingMail.State.DUE: _("Waiting to leave"),
    OutgoingMail.State.SENDING: _("Leaving now"),
    OutgoingMail.State.SENT: _("Sent"),
    OutgoingMail.State.FAILED: _("Failed for good"),
    OutgoingMail.State.CANCELLED: _("Not sent, because permission ended"),
}
LANGUAGES: dict[str, Promise] = {
    "en": _("English"),
    "es": _("Spanish"),
    "fr": _("French"),
    "de": _("German"),
    "pt": _("Portuguese"),
    "id": _("Indonesian"),
    "zh": _("Chinese"),
    "ar": _("Arabic"),
    "hi": _("Hindi"),
    "hi_latn": _("Hindi in Latin letters"),
    UNKNOWN_LANGUAGE: _("a language that few words tell"),
}
CHANNELS: dict[str, Promise] = {"web": _("from a browser"), "webview": _("from an app")}
_DOORS: dict[str, Promise] = {
    "portal:form": _("The form"),
    "portal:check": _("The check of a message"),
    "portal:sent": _("The page after sending"),
    "portal:mine": _("My messages"),
    "portal:ticket": _("A person's message"),
    "portal:enter": _("The door for apps"),
    "portal:withdraw": _("Stopping"),
    "centre:choices": _("Choices"),
    "centre:receipt-html": _("Receipts"),
    "centre:receipt-json": _("Receipts"),
    "centre:operator": _("Operator facts"),
    "centre:undertaking": _("The undertaking of staff"),
    "rights:overview": _("A person's own data"),
    "rights:export": _("The download of one's own data"),
    "desk:queue": _("The queue of the desk"),
    "desk:ticket": _("A ticket on the desk"),
    "dashboards:consent": _("This dashboard"),
    "dashboards:numbers": _("This dashboard's numbers"),
}
_ROOMS: dict[str, Promise] = {
    "portal": _("Another page of a person's messages"),
    "centre": _("Another page about consent"),
    "rights": _("Another page about one's data"),
    "desk": _("An act on the desk"),
    "dashboards": _("A dashboard"),
}
_REASONS: dict[str, Promise] = {
    "agreed": _("no agreement"),
    "known": _("unknown person"),
    "bearer": _("no valid link"),
    "staff": _("not signed in"),
    "agent": _("not an agent"),
    "manager": _("not a manager"),
    "admin": _("not an admin"),
    "manager_or_admin": _("neither manager nor admin"),
    "demo": _("only in the demo"),
}


def door(route: str) -> str:
    """Return a door in words."""
    return str(_DOORS.get(route) or _ROOMS.get(route.partition(":")[0]) or _("A door without a name"))


def reason(code: str) -> str:
    """Return why a door stayed shut, in words."""
    return str(_REASONS.get(code, code))
