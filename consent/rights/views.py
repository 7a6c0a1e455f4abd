"""A person's own data: what the ledger and the access log know of them."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render

from consent.disclosures.queries import passed_on
from consent.gate import GatedRequest
from consent.ledger.queries import acts_of
from consent.policies.queries import operator_facts
from consent.rights.queries import exported, listed_by_day, opened


def overview(request: GatedRequest) -> HttpResponse:
    person_id = request.passage.person_id
    context = {
        "acts": acts_of(person_id),
        "opened": opened(person_id),
        "listed": listed_by_day(person_id),
        "passed": passed_on(person_id),
        "facts": operator_facts(),
        "is_known": True,
    }
    return render(request, "rights/overview.html", context)


def overview_for_strangers(request: GatedRequest) -> HttpResponse:
    return render(request, "rights/overview.html", {"facts": operator_facts(), "is_known": False})


def export(request: GatedRequest) -> HttpResponse:
    response = JsonResponse(exported(request.passage.person_id), json_dumps_params={"indent": 2})
    response["Content-Disposition"] = 'attachment; filename="my-consent.json"'
    return response
