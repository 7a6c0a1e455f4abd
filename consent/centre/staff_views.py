"""What staff need before anything else: their undertaking, and the operator's facts."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from consent.access.actions import acknowledge_undertaking
from consent.access.undertaking import text_of
from consent.centre.actions import NotConfirmable, confirm_facts, enter_facts, named
from consent.centre.forms import OperatorFactsForm
from consent.centre.onward import onward
from consent.gate import GatedRequest
from consent.policies.queries import operator_facts, waiting_facts
from consent.policies.second_person import stood_alone
from consent.static_pages import static_page

# Paths, because the rooms behind them stand above this one.
HOMES = {"agent": "/desk/", "manager": "/manage/consent/", "admin": "/manage/operator/"}


def undertaking(request: GatedRequest) -> HttpResponse:
    user: Any = request.user
    if request.method == "POST":
        acknowledge_undertaking(user)
        return HttpResponseRedirect(onward(request, HOMES[user.role]))
    words = text_of(settings.UNDERTAKING_VERSION)
    return render(request, "centre/undertaking.html", {"words": words, "next": request.GET.get("next", "")})


def operator(request: GatedRequest) -> HttpResponse:
    now = operator_facts()
    is_alone = now is not None and stood_alone(now.confirmed_by, now.reason)
    form = OperatorFactsForm(request.POST or None, instance=operator_facts(), initial={"reason": ""})
    actor = request.passage.actor
    if request.method == "POST" and form.is_valid():
        enter_facts(form.save(commit=False), actor=actor)
        return HttpResponseRedirect(reverse("centre:operator"))
    context = {"form": form, "now": now, "is_alone": is_alone, "pending": waiting_facts(), "me": named(actor)}
    return render(request, "centre/operator.html", context)


def operator_confirm(request: GatedRequest, facts_id: int) -> HttpResponse:
    try:
        confirm_facts(facts_id, actor=request.passage.actor)
    except NotConfirmable:
        return static_page(403)
    return HttpResponseRedirect(reverse("centre:operator"))
