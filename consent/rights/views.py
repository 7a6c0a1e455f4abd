"""A person's own data: what the ledger and the access log know of them."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from consent.access.models import AccessEvent
from consent.ledger.models import ConsentEvent
from consent.policies.queries import operator_facts

_EVENT_FIELDS = ("id", "purpose", "status", "policy_version", "notice_sha256", "language", "channel", "indicated_by")


def overview(request: HttpRequest) -> HttpResponse:
    person_id = request.passage.person_id
    events = ConsentEvent.objects.filter(person_id=person_id).order_by("-seq")[:100]
    opened = AccessEvent.objects.filter(act=AccessEvent.Act.OPENED, actor_kind="agent")
    looks = [look for look in opened.order_by("-at")[:2000] if person_id in look.persons][:50]
    context = {"events": events, "looks": looks, "facts": operator_facts(), "is_known": True}
    return render(request, "rights/overview.html", context)


def overview_for_strangers(request: HttpRequest) -> HttpResponse:
    return render(request, "rights/overview.html", {"facts": operator_facts(), "is_known": False})


def export(request: HttpRequest) -> HttpResponse:
    person_id = request.passage.person_id
    events = list(ConsentEvent.objects.filter(person_id=person_id).order_by("seq").values(*_EVENT_FIELDS, "occurred_at"))
    response = JsonResponse({"person": person_id, "consent_events": events})
    response["Content-Disposition"] = 'attachment; filename="my-consent.json"'
    return response
