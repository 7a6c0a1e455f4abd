"""Writing to us: the form, the check of what would be left out, and the page after sending."""

import secrets
from typing import Any

from django.core import signing
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from consent.centre.agreement import decide, is_open, notice_for, set_consent_cookie, set_refusal_cookie
from consent.gate import GatedRequest
from consent.people.confirmation import confirm_by_code
from consent.policies.notices import was_shown
from consent.policies.queries import current_version
from consent.purposes import Purpose
from feedback.intake.actions import Submission, submit_feedback
from feedback.portal.devices import device_of
from feedback.portal.forms import DEVICE, NEEDS, FeedbackForm
from feedback.stripping import hardly_anything_left, strip
from feedback.tickets.models import Ticket
from feedback.tickets.references import token_for

_CARRIED = ("message", "topic", "name", "email", "subject", "idempotency_key")


def form(request: GatedRequest) -> HttpResponse:
    if request.method != "POST":
        device = device_of(request)
        fields = [(key, label, device.get(key, "")) for key, label in DEVICE]
        return _form_page(request, FeedbackForm(initial={"idempotency_key": secrets.token_urlsafe(16)}), fields)
    filled = FeedbackForm(request.POST, request.FILES)
    if not filled.is_valid():
        fields = [(key, label, request.POST.get(f"device_{key}", "")[:60]) for key, label in DEVICE]
        return _form_page(request, filled, fields, status=400)
    return _submit(request, filled, request.passage.person_id)


def check(request: GatedRequest) -> HttpResponse:
    words = strip(request.POST.get("message", "")[:20_000])
    if request.headers.get("Accept", "").startswith("application/json"):
        spans = [{"start": s.start, "end": s.end, "category": s.category} for s in words.spans]
        return JsonResponse({"spans": spans, "little_left": hardly_anything_left(words)})
    filled = FeedbackForm(request.POST)
    fields = [(key, label, request.POST.get(f"device_{key}", "")[:60]) for key, label in DEVICE]
    return _form_page(request, filled, fields, checked=words)


def words_back(request: GatedRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseRedirect(reverse("centre:agreement") + "?next=" + request.path)
    if not is_open():
        return render(request, "centre/not_open.html", status=503)
    return _decision_page(request, status=403)


def agree(request: GatedRequest) -> HttpResponse:
    decision = request.POST.get("decision", "")
    is_shown = was_shown(notice_for(request.LANGUAGE_CODE), request.POST.get("evidence", ""))
    if decision not in ("agree", "refuse") or not is_shown or not is_open():
        return _decision_page(request, status=400)
    filled = FeedbackForm(request.POST, request.FILES)
    agreed = decide(request, decision, indicated_by=f"button:{decision} with words")
    if agreed is None:
        response = render(request, "centre/refused.html")
        set_refusal_cookie(response)
        return response
    if filled.is_valid():
        response = _submit(request, filled, agreed.person.pk)
    else:
        fields = [(key, label, "") for key, label in DEVICE]
        response = _form_page(request, filled, fields, status=400)
    set_consent_cookie(response, agreed.signed_token)
    return response


def sent(request: GatedRequest) -> HttpResponse:
    ticket, left_out = _sent_ticket(request)
    if ticket is None:
        return HttpResponseRedirect(reverse("portal:mine"))
    token = token_for(ticket.pk, ticket.token_generation)
    link = request.build_absolute_uri(reverse("portal:ticket", args=[token]))
    context = {"ticket": ticket, "left_out": left_out, "link": link, "token": token, "m": request.GET["m"]}
    return render(request, "portal/sent.html", context)


def confirm_code(request: GatedRequest) -> HttpResponse:
    ticket, _left_out = _sent_ticket(request)
    if ticket is None or ticket.address is None:
        return HttpResponseRedirect(reverse("portal:mine"))
    outcome = "confirmed" if confirm_by_code(ticket.address, request.POST.get("code", "")) else "wrong"
    return HttpResponseRedirect(f"{reverse('portal:sent')}?m={request.GET['m']}&code={outcome}")


def mine(request: GatedRequest) -> HttpResponse:
    person_id = request.passage.person_id
    rows = Ticket.objects.for_purpose(Purpose.PROVIDE, actor=request.passage.actor)
    tickets = rows.filter(person_id=person_id, erased_at=None).order_by("-collected_at")[:100]
    listed = [(ticket, token_for(ticket.pk, ticket.token_generation)) for ticket in tickets]
    return render(request, "portal/mine.html", {"tickets": listed})


def _submit(request: GatedRequest, filled: FeedbackForm, person_id: int) -> HttpResponse:
    given = filled.cleaned_data
    submission = Submission(
        message=given["message"],
        idempotency_key=given["idempotency_key"],
        name=given["name"],
        email=given["email"],
        subject=given["subject"],
        topic=given["topic"],
        needs=tuple(given["needs"]),
        device=given["device"],
        files=given["files"],
        language=request.LANGUAGE_CODE,
        suspicions=("honeypot",) if given["website"] else (),
    )
    standing = request.passage.standing
    version = standing.current_version if standing else None
    done = submit_feedback(
        submission,
        person_id=person_id,
        policy_version=version or current_version(),
    )
    left_out = sorted(str(mark.category) for mark in done.words.marks)
    # What was left out travels in the answer's own address, sealed by nothing but a count: no category.
    seen = signing.dumps([done.ticket.pk, len(left_out)], salt="portal.sent")
    return HttpResponseRedirect(f"{reverse('portal:sent')}?m={seen}")


def _sent_ticket(request: GatedRequest) -> tuple[Ticket | None, int]:
    try:
        ticket_id, left_out = signing.loads(request.GET.get("m", ""), salt="portal.sent", max_age=60 * 60 * 24)
    except signing.BadSignature:
        return None, 0
    rows = Ticket.objects.for_purpose(Purpose.PROVIDE, actor=request.passage.actor)
    return rows.select_related("address").filter(pk=ticket_id).first(), left_out


def _form_page(
    request: GatedRequest, filled: FeedbackForm, device: list[Any], status: int = 200, checked: Any = None
) -> HttpResponse:
    context = {
        "form": filled,
        "device": [field for field in device if field[2]],
        "needs": NEEDS,
        "topics": Ticket.Topic.choices,
        "chosen_needs": filled.data.getlist("needs") if hasattr(filled.data, "getlist") else [],
        "checked": checked,
    }
    return render(request, "portal/form.html", context, status=status)


def _decision_page(request: GatedRequest, status: int) -> HttpResponse:
    carried = [(name, request.POST.get(name, "")) for name in _CARRIED]
    carried += [("needs", need) for need in request.POST.getlist("needs")]
    carried += [(f"device_{key}", request.POST.get(f"device_{key}", "")) for key, _label in DEVICE]
    hidden = [(name, value) for name, value in carried if name != "message" and value]
    context = {"notice": notice_for(request.LANGUAGE_CODE), "hidden": hidden, "words": request.POST.get("message", "")}
    return render(request, "portal/decision.html", context, status=status)
