"""An agent passes a ticket on to a recipient, or asks its person whether that may be."""

from collections.abc import Callable

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from consent.access.actors import Actor
from consent.disclosures.actions import NotAllowed
from consent.disclosures.models import Recipient
from consent.disclosures.queries import recipient
from consent.gate import GatedRequest
from consent.static_pages import static_page
from feedback.desk import actions, ticket_views
from feedback.tickets.models import Ticket


def ask(request: GatedRequest, ref: str, slug: str) -> HttpResponse:
    return _act(request, ref, slug, actions.ask_about)


def pass_on(request: GatedRequest, ref: str, slug: str) -> HttpResponse:
    try:
        return _act(request, ref, slug, actions.pass_on)
    except NotAllowed:
        return static_page(403)


def _act(request: GatedRequest, ref: str, slug: str, act: Callable[..., object]) -> HttpResponse:
    found: Ticket = ticket_views.find(request, ref)
    named: Recipient | None = recipient(slug)
    actor: Actor = request.passage.actor
    if named is None:
        raise Http404
    act(found, named, actor=actor)
    return HttpResponseRedirect(reverse("desk:ticket", args=[found.ref]))
