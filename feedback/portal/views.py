"""Writing to us: the form, the check of what would be left out, and agreeing with the words already written."""

import secrets
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from consent.centre.agreement import (
    agreement_to_come,
    is_open,
    notice_answered,
    notice_for,
    record_agreement,
    set_consent_cookie,
)
from consent.centre.onward import to_ask
from consent.centre.refusing import refused
from consent.gate import AGREEMENT_FIELD, GatedRequest, person_of
from consent.policies.queries import current_version
from feedback.intake.actions import Submission, Submitted, submit_feedback
from feedback.intake.devices import device_facts
from feedback.intake.keeping import Waiting, remove_waiting, waiting_files
from feedback.intake.words import NEEDS
from feedback.portal.actions import agree_and_submit
from feedback.portal.arriving import arrived, sent_url
from feedback.portal.blank import blank_form
from feedback.portal.checking import Checked, checked, told_while_typing
from feedback.portal.devices import device_of
from feedback.portal.entering import confirms, session_of
from feedback.portal.forms import Fact, FeedbackForm, every, offered, posted, released_keys
from feedback.portal.kept_files import filled_by, keep_passed
from feedback.portal.suspicions import shown_now, suspicions_of
from feedback.tickets.models import Ticket
from imsupport.networks import network_of

_CARRIED = ("message", "topic", "name", "email", "subject", "idempotency_key", "shown_at")


def form(request: GatedRequest) -> HttpResponse:
    if request.method != "POST":
        told = session_of(request)
        if not told:
            return blank_form(request, offered(device_of(request)))
        return _first_form(request, told=told)
    if "message" not in request.POST:  # straight from an agreement that no cookie keeps
        return _first_form(request)
    filled = FeedbackForm.of(request)
    person_id, standing = request.passage.person_id, request.passage.standing
    if not filled.is_valid():
        kept = keep_passed(filled, person_id, channel=_channel(request))
        return _form_page(request, filled, posted(request.POST), status=400, kept=kept)
    version = standing.current_version if standing else None
    done = submit_feedback(
        _submission(request, filled, person_id), person_id=person_id, policy_version=version or current_version()
    )
    return _to_sent(request, done)


def check(request: GatedRequest) -> HttpResponse:
    found = checked(request.POST)
    if request.headers.get("Accept", "").startswith("application/json"):
        return told_while_typing(request, found, has_needs=True)
    filled = FeedbackForm(request.POST)
    kept = waiting_files(filled_by(filled, request.passage.person_id))
    return _form_page(request, filled, posted(request.POST), check=found, kept=kept)


def remove_kept(request: GatedRequest, file_id: int) -> HttpResponse:
    filled, person_id = FeedbackForm.of(request), request.passage.person_id
    remove_waiting(file_id, filled_by(filled, person_id))
    kept = keep_passed(filled, person_id, channel=_channel(request))
    return _form_page(request, filled, posted(request.POST), kept=kept)


def words_back(request: GatedRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    if request.method != "POST" and not _came_without_cookie(request):
        return HttpResponseRedirect(to_ask(request))
    if not is_open():
        return render(request, "centre/not_open.html", status=503)
    return _decision_page(request, status=403 if request.method == "POST" else 200)


def agree(request: GatedRequest) -> HttpResponse:
    decision = request.POST.get("decision", "")
    answered = notice_answered(request)
    if decision not in ("agree", "refuse") or answered is None or not is_open():
        is_in_other_words = not decision and "lang" in request.GET
        return _decision_page(request, status=200 if is_in_other_words else 400)
    indicated_by = f"button:{decision} with words"
    if decision == "refuse":
        return refused(request, answered, indicated_by=indicated_by)
    filled = FeedbackForm.of(request)
    if not filled.is_valid():
        agreed = record_agreement(request, answered, indicated_by=indicated_by)
        kept = keep_passed(filled, agreed.person.pk, channel=_channel(request))
        response = _form_page(
            request, filled, posted(request.POST), status=400, agreement=agreed.signed_token, kept=kept
        )
    else:
        standing = person_of(request)
        submission = _submission(request, filled, standing.person_id if standing else None)
        agreed, done = agree_and_submit(
            submission, lambda: record_agreement(request, answered, indicated_by=indicated_by)
        )
        response = _to_sent(request, done)
    set_consent_cookie(response, agreed.signed_token)
    return response


def _channel(request: GatedRequest) -> str:
    return "webview" if session_of(request) else "web"


def _submission(request: GatedRequest, filled: FeedbackForm, person_id: int | None) -> Submission:
    given, told = filled.cleaned_data, session_of(request)
    return Submission(
        message=given["message"],
        idempotency_key=given["idempotency_key"],
        name=given["name"],
        email=given["email"],
        subject=given["subject"],
        topic=given["topic"],
        needs=tuple(given["needs"]),
        device=given["device"],
        files=given["files"],
        kept=given["kept"],
        released=given["released"],
        channel=_channel(request),
        app_id=told.get("app", ""),
        is_address_verified=confirms(told, given["email"], person_id),
        language=request.LANGUAGE_CODE,
        suspicions=suspicions_of(
            website=given["website"],
            shown_at=given["shown_at"],
            person_id=person_id,
            email=given["email"],
            network=network_of(request),
        ),
    )


def _to_sent(request: GatedRequest, done: Submitted) -> HttpResponse:
    response = arrived(request, done.ticket, sent_url(done.ticket))
    if session_of(request):
        response.delete_cookie(settings.APP_COOKIE)
    return response


def _first_form(request: GatedRequest, *, told: Any = None) -> HttpResponse:
    told = told or {}
    device = {**device_of(request), **told.get("device", {})}
    initial = {
        "idempotency_key": secrets.token_urlsafe(16),
        "shown_at": shown_now(),
        "name": told.get("name"),
        "email": told.get("email"),
    }
    empty = FeedbackForm(initial=initial)
    return _form_page(request, empty, offered(device_facts(device)), told=told)


def _form_page(
    request: GatedRequest,
    filled: FeedbackForm,
    device: list[Fact],
    status: int = 200,
    check: Checked | None = None,
    told: Any = None,
    agreement: str = "",
    kept: Sequence[Waiting] = (),
) -> HttpResponse:
    context = {
        "kept": kept,
        "form": filled,
        "device": every(device),
        "shared": sum(fact.is_shared for fact in device),
        "needs": NEEDS,
        "topics": Ticket.Topic.choices,
        "chosen_needs": filled.data.getlist("needs") if hasattr(filled.data, "getlist") else [],
        "check": check,
        "released": released_keys(request.POST),
        "told": told,
        "agreement": agreement or request.POST.get(AGREEMENT_FIELD, ""),
    }
    return render(request, "portal/form.html", context, status=status)


def _came_without_cookie(request: GatedRequest) -> bool:
    """Say whether somebody comes from the agreement with no cookie at all: asking there again would go in circles."""
    came_from = request.headers.get("Referer", "").partition("?")[0]
    return not request.COOKIES and came_from.endswith(reverse("centre:agreement"))


def _decision_page(request: GatedRequest, status: int) -> HttpResponse:
    made = {"idempotency_key": secrets.token_urlsafe(16), "shown_at": shown_now()}
    carried = [(name, request.POST.get(name, "") or made.get(name, "")) for name in _CARRIED]
    carried += [("needs", need) for need in request.POST.getlist("needs")]
    carried += [("released", key) for key in released_keys(request.POST)]
    carried += [(f"device_{fact.key}", fact.value) for fact in posted(request.POST) if fact.is_shared]
    hidden = [(name, value) for name, value in carried if name != "message" and value]
    hidden.append((AGREEMENT_FIELD, agreement_to_come(request)))
    context = {"notice": notice_for(request.LANGUAGE_CODE), "hidden": hidden, "words": request.POST.get("message", "")}
    return render(request, "portal/decision.html", context, status=status)
