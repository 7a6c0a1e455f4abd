"""The page behind the link of a mail: what the reader of a mailbox may see, confirm and disown."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from consent.centre.agreement import notice_for
from consent.gate import GatedRequest, person_of
from consent.ledger.actions import Shown
from consent.ledger.models import Channel
from consent.people.actions import verify_identifier
from consent.purposes import Purpose
from feedback.outbox.actions import stop_mail_to
from feedback.portal.actions import disown_address, ticket_by_reference
from feedback.portal.forms import ReferenceForm
from feedback.portal.queries import own_conversation
from feedback.tickets.models import Ticket
from feedback.tickets.references import token_for


def address(request: GatedRequest, token: str) -> HttpResponse:
    found = request.passage.found
    actor = request.passage.actor
    answers = []
    if found.is_verified:
        rows = Ticket.objects.for_purpose(Purpose.PROVIDE, actor=actor).filter(address=found, erased_at=None)
        answers = [own_conversation(row, actor, kinds=("answer",)) for row in rows[:20]]
    return render(request, "portal/address.html", {"address": found, "token": token, "answers": answers})


def confirm(request: GatedRequest, token: str) -> HttpResponse:
    found, standing = request.passage.found, person_of(request)
    verify_identifier(found, opens_words=standing is not None and standing.person_id == found.person_id)
    return HttpResponseRedirect(reverse("portal:address", args=[token]))


def open_message(request: GatedRequest, token: str) -> HttpResponse:
    filled = ReferenceForm(request.POST)
    found = filled.is_valid() and ticket_by_reference(
        request.passage.found, filled.cleaned_data["ref"], actor=request.passage.actor
    )
    if not found:
        return HttpResponseRedirect(reverse("portal:address", args=[token]) + "?ref=wrong")
    return HttpResponseRedirect(reverse("portal:ticket", args=[token_for(found.pk, found.token_generation)]))


@csrf_exempt
def stop(request: GatedRequest, token: str) -> HttpResponse:
    """Stop mail to the address: at once when a mail program asks (RFC 8058), by a button for who followed the link."""
    if request.method == "POST":
        indicated_by = "list-unsubscribe" if "List-Unsubscribe" in request.POST else "button:stop-address"
        notice = notice_for(request.LANGUAGE_CODE)
        stop_mail_to(request.passage.found, Shown(notice, Channel.EMAIL, indicated_by))
    context = {"token": token, "is_stopped": request.method == "POST" or request.passage.found.mail_stopped_at}
    return render(request, "portal/address_stop.html", context)


def disown(request: GatedRequest, token: str) -> HttpResponse:
    disown_address(request.passage.found)
    return render(request, "portal/disowned.html")
