"""The moment when words have arrived: where their writer is led, and by what that page knows them again."""

from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse

from feedback.tickets.models import Ticket
from feedback.tickets.references import token_for

_SALT = "portal.sent"
_SECONDS = 60 * 60 * 24


def sent_url(ticket: Ticket, outcome: str = "") -> str:
    """Return the address of the page after sending; it holds for a day, also in browsers that keep no cookie."""
    told = f"&code={outcome}" if outcome else ""
    return f"{reverse('portal:sent')}?m={signing.dumps(ticket.pk, salt=_SALT)}{told}"


def arrived(request: HttpRequest, ticket: Ticket, onward: str) -> HttpResponse:
    """Answer that words have arrived: people are led on, the page's own script is told where to and its files go."""
    if not request.headers.get("Accept", "").startswith("application/json"):
        return HttpResponseRedirect(onward)
    files = reverse("portal:ticket-files", args=[token_for(ticket.pk, ticket.token_generation)])
    return JsonResponse({"ref": ticket.ref, "next": onward, "files": files})


def sent_ticket_id(signed: str) -> int | None:
    """Return the id of the ticket that an address of `sent_url` was signed for, within its day."""
    try:
        ticket_id: int = signing.loads(signed, salt=_SALT, max_age=_SECONDS)
    except signing.BadSignature:
        return None
    return ticket_id
