"""What a person answers by switches when they were asked what they need."""

from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from consent.gate import GatedRequest
from feedback.intake.words import NEEDS
from feedback.portal.actions import NotAgreed, say_needs
from feedback.tickets.actions import TicketClosed
from feedback.tickets.locking import TicketGone


def ticket_needs(request: GatedRequest, token: str) -> HttpResponse:
    page, chosen = reverse("portal:ticket", args=[token]), request.POST.getlist("needs")
    needs = [need for need, _label in NEEDS if need in chosen]
    try:
        say_needs(request.passage.found, needs, actor=request.passage.actor)
    except NotAgreed:
        return HttpResponseRedirect(f"{reverse('centre:agreement')}?{urlencode({'next': page})}")
    except TicketClosed:
        return HttpResponseRedirect(page)
    except TicketGone as gone:
        raise Http404 from gone
    return HttpResponseRedirect(page + "?done=needs")
