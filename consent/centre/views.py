"""People's own pages about consent."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import resolve, reverse

from consent.access.actors import person_actor
from consent.centre.actions import choose
from consent.centre.agreement import (
    agreed_before,
    agreement_to_come,
    is_open,
    notice_answered,
    notice_for,
    record_agreement,
    sends_gpc,
    set_consent_cookie,
)
from consent.centre.onward import onward, to_ask
from consent.centre.origins import keeps_no_cookie
from consent.centre.refusing import refused
from consent.disclosures.asking import questions
from consent.gate import GatedRequest, Passage, Who, form_token
from consent.ledger.actions import Agreed, Shown
from consent.ledger.models import Channel
from consent.ledger.queries import acts_of, optional_uses_on, states_of_person
from consent.policies.actions import count_served
from consent.policies.checking import check_text
from consent.policies.models import PolicyVersion
from consent.policies.offers import offered, offers_of
from consent.policies.publishing import difference
from consent.policies.queries import NoPolicy, announced_version, current_version, operator_facts, text_of
from consent.policies.reading import sections_of
from consent.purposes import Purpose


def policy(request: GatedRequest, version: int | None = None) -> HttpResponse:
    try:
        number = current_version() if version is None else version
        text = text_of(number, request.LANGUAGE_CODE)
    except NoPolicy as error:
        raise Http404 from error
    context = {
        "version": PolicyVersion.objects.get(pk=number),
        "text": text,
        "is_foreign": text.language != request.LANGUAGE_CODE,
        "sections": sections_of(text.body),
        "announced": announced_version(),
        "facts": operator_facts(),
        "checked": check_text(text.body) if text.language == "en" else None,
    }
    return render(request, "centre/policy.html", context)


def policy_difference(request: GatedRequest, older: int, newer: int) -> HttpResponse:
    try:
        before, after = (text_of(number, request.LANGUAGE_CODE).body for number in (older, newer))
    except NoPolicy as error:
        raise Http404 from error
    lines = difference(before, after)
    return render(request, "centre/difference.html", {"older": older, "newer": newer, "lines": lines})


def agreement(request: GatedRequest) -> HttpResponse:
    if not is_open():
        return render(request, "centre/not_open.html", status=503)
    notice = notice_for(request.LANGUAGE_CODE)
    wanted = onward(request, reverse("portal:form"))
    asked = {
        "notice": notice,
        "next": wanted,
        "version": notice.version,
        "agreement": agreement_to_come(request),
        "gpc": sends_gpc(request),
        "agreed_to": agreed_before(request),
    }
    if request.method != "POST":
        count_served(notice)
        return render(request, "centre/agreement.html", asked)
    decision = request.POST.get("decision", "")
    answered = notice_answered(request)
    if decision not in ("agree", "refuse") or answered is None:
        return render(request, "centre/agreement.html", {**asked, "is_stale": True}, status=400)
    if decision == "refuse":
        return refused(request, answered, indicated_by="button:refuse")
    agreed = record_agreement(request, answered, indicated_by="button:agree")
    has_only_its_form = keeps_no_cookie(request) and form_token(request)
    response = _form_at_once(request, agreed) if has_only_its_form else HttpResponseRedirect(wanted)
    set_consent_cookie(response, agreed.signed_token)
    return response


def choices(request: GatedRequest) -> HttpResponse:
    if request.method != "POST":
        return _choices_page(request)
    # Of the very version whose words stood beside the switches; what took effect since was not answered here.
    answered = notice_answered(request)
    if answered is None:
        return _choices_page(request, is_stale=True, status=400)
    wanted = {purpose for purpose in offered(answered.version) if request.POST.get(purpose) == "on"}
    choose(request.passage.person_id, wanted, Shown(answered, Channel.WEB, "switches", gpc=sends_gpc(request)))
    return HttpResponseRedirect(reverse("centre:choices") + "?saved=1")


def _choices_page(request: GatedRequest, *, is_stale: bool = False, status: int = 200) -> HttpResponse:
    """Show the switches as they stand; what was typed on a page of other words is not ticked beside new ones."""
    person_id, notice = request.passage.person_id, notice_for(request.LANGUAGE_CODE)
    on = optional_uses_on(person_id, notice.version)
    context = {
        "uses": [(offer, offer.purpose in on) for offer in offers_of(notice.version)],
        "evidence": notice.evidence,
        "is_saved": "saved" in request.GET,
        "is_stale": is_stale or "stale" in request.GET,
        "questions": questions(states_of_person(person_id), version=notice.version, language=request.LANGUAGE_CODE),
        "acts": acts_of(person_id),
        "gpc": sends_gpc(request),
    }
    return render(request, "centre/choices.html", context, status=status)


def to_agreement(request: GatedRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    return HttpResponseRedirect(to_ask(request))


def _form_at_once(request: GatedRequest, agreed: Agreed) -> HttpResponse:
    """Answer with the form, which takes the agreement over from this one: no address carries it, and no cookie will."""
    request.passage = Passage(Who.AGREED, Purpose.PROVIDE, person_actor(agreed.person.pk))
    form: HttpResponse = resolve(reverse("portal:form")).func(request)
    return form
