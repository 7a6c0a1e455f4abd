"""Stopping, one press each; as easy as agreeing was."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from consent.centre.agreement import is_open, notice_for
from consent.gate import GatedRequest
from consent.ledger.actions import Shown
from consent.ledger.models import Channel, ConsentState
from consent.policies.notices import was_shown
from consent.purposes import Purpose
from feedback.portal import actions
from feedback.portal.handing_in import NothingToHandIn, hand_in_again
from feedback.portal.queries import open_tickets
from feedback.tickets.stopping import HAND_IN_AGAIN_FOR, handing_in_until, sealed_off
from imsupport import clock

UNDONE_WITHIN = timedelta(minutes=10)


def withdraw(request: GatedRequest, status: int = 200) -> HttpResponse:
    context = {
        "open_tickets": open_tickets(request.passage.actor)[:10],
        "erased_by": clock.now() + HAND_IN_AGAIN_FOR,
        "done": request.GET.get("done", ""),
        "now": clock.now(),
        **_handing_in(request),
    }
    return render(request, "portal/withdraw.html", context, status=status)


def stop_mail(request: GatedRequest) -> HttpResponse:
    return _stop(request, actions.stop_mail, "mail")


def stop_optional(request: GatedRequest) -> HttpResponse:
    return _stop(request, actions.stop_optional, "optional")


def stop_everything(request: GatedRequest) -> HttpResponse:
    return _stop(request, actions.stop_everything, "everything")


def stop_after_answer(request: GatedRequest) -> HttpResponse:
    return _stop(request, actions.stop_after_answer, "answer")


def again(request: GatedRequest) -> HttpResponse:
    notice = notice_for(request.LANGUAGE_CODE)
    if not is_open() or not was_shown(notice, request.POST.get("evidence", "")):
        return withdraw(request, status=400)
    shown = Shown(notice, Channel.WEB, "button:hand-in-again")
    try:
        hand_in_again(request.passage.person_id, shown, actor=request.passage.actor)
    except NothingToHandIn:
        return HttpResponseRedirect(f"{reverse('portal:withdraw')}?done=late")
    return HttpResponseRedirect(reverse("portal:mine"))


def to_agreement(request: GatedRequest) -> HttpResponse:
    return render(request, "portal/nothing_to_stop.html")


def _handing_in(request: GatedRequest) -> dict[str, Any]:
    """What was stopped and can be handed in again, until when, and the notice one would agree to by it."""
    person_id = request.passage.person_id
    ended = ConsentState.objects.filter(person_id=person_id, purpose=Purpose.AGREEMENT).exclude(ended_at=None)
    ended_at = ended.values_list("ended_at", flat=True).first()
    if ended_at is None or not (stopped := sealed_off(person_id).count()):
        return {}
    return {
        "stopped": stopped,
        "until": handing_in_until(person_id),
        "can_undo": clock.now() < ended_at + UNDONE_WITHIN,
        "notice": notice_for(request.LANGUAGE_CODE),
    }


def _stop(request: GatedRequest, action: Callable[[int, Shown], None], done: str) -> HttpResponse:
    shown = Shown(notice_for(request.LANGUAGE_CODE), Channel.WEB, f"button:stop-{done}")
    action(request.passage.person_id, shown)
    return HttpResponseRedirect(f"{reverse('portal:withdraw')}?done={done}")
