"""Receipts to take away, and the keys to check them with."""

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render

from consent.centre.receipts import receipt_of
from consent.gate import GatedRequest
from consent.ledger.heads import newest, published
from consent.ledger.models import ConsentEvent
from consent.ledger.queries import events_of_act
from consent.ledger.signing import published_keys


def receipt_json(request: GatedRequest, act_id: int) -> HttpResponse:
    document = receipt_of(_own_act(request, act_id))
    return _as_attachment(HttpResponse(document, content_type="application/json"), f"receipt-{act_id}.json")


def receipt_html(request: GatedRequest, act_id: int) -> HttpResponse:
    events = _own_act(request, act_id)
    context = {
        "events": events,
        "first": events[0],
        "document": receipt_of(events).decode(),
        "fingerprint": published_keys()[0]["fingerprint"],
    }
    return _as_attachment(render(request, "centre/receipt.html", context), f"receipt-{act_id}.html")


def keys(request: GatedRequest) -> HttpResponse:
    head = newest()
    signed = {**published(head), "kid": head.key_id, "signature": head.signature} if head else None
    return JsonResponse({"keys": published_keys(), "head": signed})


def _own_act(request: GatedRequest, act_id: int) -> list[ConsentEvent]:
    events = events_of_act(request.passage.person_id, act_id)
    if not events:
        raise Http404
    return events


def _as_attachment(response: HttpResponse, name: str) -> HttpResponse:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
