"""The moment when words have arrived: where their writer is led, and by what that page knows them again."""

from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse

from feedback.tickets.models import Ticket
from feedback.tickets.references import token_for

_SALT = "portal.sent of a link"
_SECONDS = 60 * 60 * 24


def sent_url(ticket: Ticket, outcome: str = "") -> str:
    """Return the address of the page after sending, also for browsers that keep no cookie.

    It shows the link of the message, so it holds for a day and no longer than that link.
    """
    told = f"&code={outcome}" if outcome else ""
    return f"{reverse('portal:sent')}?m={signing.dumps([ticket.pk, ticket.token_generation], salt=_SALT)}{told}"


def arrived(request: HttpRequest, ticket: Ticket, onward: str) -> HttpResponse:
    """Answer that words have arrived: people are led on, the page's own script is told where to and its files go."""
    if not request.headers.get("Accept", "").startswith("application/json"):
        return HttpResponseRedirect(onward)
    files = reverse("portal:ticket-files", args=[token_for(ticket.pk, ticket.token_generation)])
    return JsonResponse({"ref": ticket.ref, "next": onward, "files": files})


def sent_ticket(signed: str) -> tuple[int, int] | None:
    """Return the id and the generation of the ticket that an address of `sent_url` was signed for, within its day."""
    try:
        ticket_id, generation = signing.loads(signed, salt=_SALT, max_age=_SECONDS)
    except signing.BadSignature:
        return None
    return ticket_id, generation
