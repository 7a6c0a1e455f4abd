"""The register of third parties, and what people say about one of them on the page of their choices."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from consent.centre.actions import named
from consent.centre.agreement import sends_gpc
from consent.centre.recipient_forms import RecipientForm
from consent.disclosures.actions import (
    NotConfirmable,
    confirm_recipient,
    decide,
    enter_recipient,
    retire_recipient,
)
from consent.disclosures.models import Recipient
from consent.disclosures.notices import answered
from consent.disclosures.queries import newest_passed_on, recipient, register
from consent.disclosures.webhooks import secret_of
from consent.gate import GatedRequest
from consent.ledger.actions import Shown
from consent.ledger.models import Channel
from consent.policies.queries import current_version
from consent.policies.second_person import stood_alone
from consent.static_pages import static_page
from imsupport import clock

_DECISIONS = {"allow": True, "refuse": False}


def decide_on(request: GatedRequest, slug: str) -> HttpResponse:
    """Record a yes or a no to what stood there, for messages under the version in effect."""
    found, decision = recipient(slug), request.POST.get("decision", "")
    if found is None or decision not in _DECISIONS:
        raise Http404
    evidence = request.POST.get("evidence", "")
    notice = answered(found, version=current_version(), language=request.LANGUAGE_CODE, evidence=evidence)
    if notice is None:
        return HttpResponseRedirect(reverse("centre:choices") + "?stale=1")
    shown = Shown(notice, Channel.WEB, f"button:{decision}", gpc=sends_gpc(request))
    decide(found, request.passage.person_id, shown, is_allowed=_DECISIONS[decision])
    return HttpResponseRedirect(reverse("centre:choices") + "?saved=1")


def register_of_recipients(request: GatedRequest) -> HttpResponse:
    form = RecipientForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        enter_recipient(form.save(commit=False), named=named(request.passage.actor))
        return HttpResponseRedirect(reverse("centre:recipients"))
    context = {
        "form": form,
        "me": named(request.passage.actor),
        "recipients": [_told(one) for one in register()],
        "passed": newest_passed_on(),
    }
    return render(request, "centre/recipients.html", context, status=400 if form.errors else 200)


def confirm(request: GatedRequest, recipient_id: int) -> HttpResponse:
    try:
        confirm_recipient(recipient_id, named=named(request.passage.actor))
    except NotConfirmable:
        return static_page(403)
    return HttpResponseRedirect(reverse("centre:recipients"))


def retire(request: GatedRequest, recipient_id: int) -> HttpResponse:
    retire_recipient(recipient_id)
    return HttpResponseRedirect(reverse("centre:recipients"))


def _told(one: Recipient) -> dict[str, object]:
    now = clock.now()
    is_retired = one.retired_at is not None
    in_effect = not is_retired and one.effective_from is not None and one.effective_from <= now
    return {
        "recipient": one,
        "is_retired": is_retired,
        "in_effect": in_effect,
        "is_alone": stood_alone(one.confirmed_by, one.reason),
        "secret": secret_of(one) if in_effect else "",
    }
