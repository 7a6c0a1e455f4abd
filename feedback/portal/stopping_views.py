"""Stopping, one press each; as easy as agreeing was."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from consent.centre.agreement import is_open, notice_answered, notice_for
from consent.gate import GatedRequest
from consent.ledger.actions import Shown
from consent.ledger.models import Channel, ConsentState
from consent.ledger.queries import has_stopped_mail
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
        "is_mail_stopped": has_stopped_mail(request.passage.person_id),
        "may_start_mail": bool(request.passage.standing and request.passage.standing.is_agreed_to_current),
        "now": clock.now(),
        **_handing_in(request),
    }
    return render(request, "portal/withdraw.html", context, status=status)


def stop_mail(request: GatedRequest) -> HttpResponse:
    return _stop(request, actions.stop_mail, "mail")


def start_mail(request: GatedRequest) -> HttpResponse:
    actions.start_mail(request.passage.person_id, _shown(request, "button:start-mail"))
    return HttpResponseRedirect(f"{reverse('portal:withdraw')}?done=mail-on")


def stop_optional(request: GatedRequest) -> HttpResponse:
    return _stop(request, actions.stop_optional, "optional")


def stop_everything(request: GatedRequest) -> HttpResponse:
    return _stop(request, actions.stop_everything, "everything")


def stop_after_answer(request: GatedRequest) -> HttpResponse:
    return _stop(request, actions.stop_after_answer, "answer")


def again(request: GatedRequest) -> HttpResponse:
    notice = notice_answered(request)
    if not is_open() or notice is None:
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
    action(request.passage.person_id, _shown(request, f"button:stop-{done}"))
    return HttpResponseRedirect(f"{reverse('portal:withdraw')}?done={done}")


def _shown(request: GatedRequest, indicated_by: str) -> Shown:
    return Shown(notice_for(request.LANGUAGE_CODE), Channel.WEB, indicated_by)
