"""Stopping, one press each; as easy as agreeing was."""

from collections.abc import Callable
from datetime import timedelta

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from consent.centre.agreement import notice_for
from consent.gate import GatedRequest
from consent.ledger.actions import Shown
from consent.ledger.models import Channel
from consent.purposes import Purpose
from feedback.portal import actions
from feedback.tickets.models import Ticket
from imsupport import clock

ERASED_AFTER = timedelta(days=30)


def withdraw(request: GatedRequest) -> HttpResponse:
    rows = Ticket.objects.for_purpose(Purpose.PROVIDE, actor=request.passage.actor).filter(erased_at=None)
    closed = [Ticket.State.SOLVED, Ticket.State.CLOSED, Ticket.State.SPAM]
    context = {
        "open_tickets": rows.exclude(state__in=closed)[:10],
        "erased_by": clock.now() + ERASED_AFTER,
        "done": request.GET.get("done", ""),
        "now": clock.now(),
    }
    return render(request, "portal/withdraw.html", context)


def stop_mail(request: GatedRequest) -> HttpResponse:
    return _stop(request, actions.stop_mail, "mail")


def stop_optional(request: GatedRequest) -> HttpResponse:
    return _stop(request, actions.stop_optional, "optional")


def stop_everything(request: GatedRequest) -> HttpResponse:
    return _stop(request, actions.stop_everything, "everything")


def stop_after_answer(request: GatedRequest) -> HttpResponse:
    return _stop(request, actions.stop_after_answer, "answer")


def to_agreement(request: GatedRequest) -> HttpResponse:
    return render(request, "portal/nothing_to_stop.html")


def _stop(request: GatedRequest, action: Callable[[int, Shown], None], done: str) -> HttpResponse:
    shown = Shown(notice_for(request.LANGUAGE_CODE), Channel.WEB, f"button:stop-{done}")
    action(request.passage.person_id, shown)
    return HttpResponseRedirect(f"{reverse('portal:withdraw')}?done={done}")
