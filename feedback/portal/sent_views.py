"""The page after sending: what was kept, what was left out, where the answer comes, and the link to follow it."""

from collections import Counter

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from consent.access.door import Look, read
from consent.access.models import AccessEvent
from consent.gate import GatedRequest
from consent.ledger.states import ENDED
from consent.people.actions import drop_identifier
from consent.people.confirmation import confirm_by_code
from consent.people.models import ASKED_AT_MOST_EVERY
from consent.people.queries import is_quiet
from consent.purposes import Purpose
from feedback.intake.words import category_words, facts_in_order, looks_like_a_programs
from feedback.outbox.queries import state_of_question
from feedback.portal.arriving import sent_url
from feedback.stripping import is_little
from feedback.tickets.conversation import Conversation, open_conversation
from feedback.tickets.models import Ticket
from feedback.tickets.references import token_for


def to_mine(request: GatedRequest) -> HttpResponse:
    return HttpResponseRedirect(reverse("portal:mine"))


def sent(request: GatedRequest) -> HttpResponse:
    ticket, actor = request.passage.found, request.passage.actor
    look = Look(actor, Purpose.PROVIDE, AccessEvent.Act.OPENED, "portal:sent", ticket.pk)
    conversation = open_conversation(ticket, look=look, kinds=("person",))
    address = read([ticket.address.value], look=look).text(ticket.address.value) if ticket.address else None
    parts = [part for entry in conversation.entries for part in entry.parts]
    left_out = [*(part.category for part in parts if part.category), *conversation.left_out]
    token = token_for(ticket.pk, ticket.token_generation)
    context = {
        "ticket": ticket,
        "left_out": sorted(Counter(map(category_words, left_out)).items()),
        "pictures": sum(file.content_type.startswith("image/") for file, _name in conversation.files),
        "texts": sum(not file.content_type.startswith("image/") for file, _name in conversation.files),
        "device": ", ".join(value for _key, value in facts_in_order(ticket.device)),
        "address": _hidden(address or ""),
        "link": request.build_absolute_uri(reverse("portal:ticket", args=[token])),
        "token": token,
        "m": request.GET["m"],
        "is_little_left": any(p.category for p in parts) and is_little(" ".join(p.text for p in parts)),
        "by_mail": _by_mail(ticket, conversation),
    }
    return render(request, "portal/sent.html", context)


def confirm_code(request: GatedRequest) -> HttpResponse:
    ticket = request.passage.found
    is_right = ticket.address is not None and confirm_by_code(ticket.address, request.POST.get("code", ""))
    return HttpResponseRedirect(sent_url(ticket, "confirmed" if is_right else "wrong"))


def wrong_address(request: GatedRequest) -> HttpResponse:
    ticket = request.passage.found
    if ticket.address is not None and not ticket.address.is_verified:
        drop_identifier(ticket.address, quiet_for=ASKED_AT_MOST_EVERY)
    return HttpResponseRedirect(sent_url(ticket, "forgotten"))


def _by_mail(ticket: Ticket, conversation: Conversation) -> str:
    """Return what becomes of the answer by mail: what is said here must be what will happen."""
    address = ticket.address
    if address is None:
        return "no address"
    if any(state.purpose == Purpose.MAIL and state.status in ENDED for state in conversation.consents):
        return "stopped"
    if address.is_verified:
        return "confirmed"
    asked = {"": "waits", "cancelled": "waits", "failed": "failed"}.get(state_of_question(address), "asked")
    if asked != "waits":
        return asked
    if is_quiet(address):
        return "quiet"
    return "no code" if looks_like_a_programs(ticket.suspicions) else asked


def _hidden(address: str) -> str:
    """Return an address as its writer recognises it and others do not: `m•••@example.org`."""
    name, _at, host = address.rpartition("@")
    return f"{name[:1]}•••@{host}" if name else ""
