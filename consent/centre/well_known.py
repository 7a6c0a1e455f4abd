"""What programs look for under `/.well-known/`."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse

from consent.policies.queries import operator_facts
from imsupport import clock

GPC_SINCE = "2026-11-26"
_STANDS_FOR = timedelta(days=180)


def gpc(request: HttpRequest) -> HttpResponse:
    """Say that Global Privacy Control is honoured here (https://w3c.github.io/gpc/, "GPC support resource")."""
    return JsonResponse({"gpc": True, "lastUpdate": GPC_SINCE})


def security(request: HttpRequest) -> HttpResponse:
    """Say whom to tell of a weakness (RFC 9116): the operator, once they have said who they are."""
    facts = operator_facts()
    if facts is None:
        raise Http404
    expires = (clock.now() + _STANDS_FOR).strftime("%Y-%m-%dT00:00:00Z")
    own = settings.BASE_URL + reverse("centre:security")
    lines = [
        f"Contact: {_address(facts.contact)}",
        f"Expires: {expires}",
        "Preferred-Languages: en",
        f"Canonical: {own}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _address(contact: str) -> str:
    """Return a contact as the URI that the RFC asks for; what is none leads to the page that names it."""
    written = contact.strip()
    if written.startswith(("https://", "mailto:", "tel:")):
        return written
    is_mailbox = "@" in written and not any(letter.isspace() or letter in ",;<>" for letter in written)
    return f"mailto:{written}" if is_mailbox else settings.BASE_URL + reverse("centre:policy")
