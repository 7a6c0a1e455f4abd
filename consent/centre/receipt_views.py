"""Receipts to take away, and the keys to check them with."""

from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from csp.constants import HEADER as CSP
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render

from consent.centre.receipts import key_id_of, read_receipt, receipt_of
from consent.gate import GatedRequest
from consent.ledger.heads import newest, newest_heads, published
from consent.ledger.models import ConsentEvent, SignedHead
from consent.ledger.queries import events_of_act
from consent.ledger.signing import canonical_json, published_keys
from consent.ledger.tiles import consistency_proof

_HERE = Path(__file__).parent


def receipt_json(request: GatedRequest, act_id: int) -> HttpResponse:
    document = receipt_of(_own_act(request, act_id))
    return _as_attachment(HttpResponse(document, content_type="application/json"), f"receipt-{act_id}.json")


def receipt_html(request: GatedRequest, act_id: int) -> HttpResponse:
    """Give the same bytes on a page that checks them by itself; nothing but its own script may run there."""
    events = _own_act(request, act_id)
    document = receipt_of(events)
    known = {key["kid"]: key for key in published_keys()}
    key, ledger = known[key_id_of(document)], read_receipt(document)["ims:ledger"]
    of_page = [key, *([known[ledger["kid"]]] if ledger and ledger["kid"] != key["kid"] else ())]
    script, style, policy = _self_contained()
    context = {
        "lines": read_receipt(document)["dct:description"],
        "first": events[0],
        "document": document.decode(),
        "key": key,
        "keys": canonical_json(of_page).decode(),
        "ledger": ledger,
        "script": script,
        "style": style,
    }
    response = _as_attachment(render(request, "centre/receipt.html", context), f"receipt-{act_id}.html")
    response[CSP] = policy
    return response


def keys(request: GatedRequest) -> HttpResponse:
    head = newest()
    return JsonResponse({"keys": published_keys(), "head": _signed(head) if head else None})


def heads(request: GatedRequest) -> HttpResponse:
    """Give the newest signed heads, a week of hours at once; `before` is a size, to go on from."""
    before = request.GET.get("before", "")
    if not (before.isascii() and before.isdigit() and len(before) < 19):
        before = ""
    found = newest_heads(int(before) if before else None)
    return JsonResponse({"heads": [_signed(head) for head in found]})


def consistency(request: GatedRequest) -> HttpResponse:
    """Give what shows that the newest signed head's tree goes on from that of a kept head, by the size `from`."""
    size, head = request.GET.get("from", ""), newest()
    if not (size.isascii() and size.isdigit() and len(size) < 19) or head is None or not head.root:
        raise Http404
    try:
        path = consistency_proof(int(size), head.size)
    except ValueError as error:
        raise Http404 from error
    return JsonResponse({"from": int(size), "head": _signed(head), "path": [found.hex() for found in path]})


def _signed(head: SignedHead) -> dict[str, Any]:
    return {**published(head), "kid": head.key_id, "signature": head.signature}


def _own_act(request: GatedRequest, act_id: int) -> list[ConsentEvent]:
    events = events_of_act(request.passage.person_id, act_id)
    if not events:
        raise Http404
    return events


def _as_attachment(response: HttpResponse, name: str) -> HttpResponse:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@cache
def _self_contained() -> tuple[str, str, str]:
    """Return script and style of the page, and the policy that allows these two alone, by their hashes."""
    script, style = ((_HERE / name).read_text("utf-8") for name in ("verify_receipt.js", "receipt.css"))
    allowed = "; ".join(
        f"{kind}-src 'sha256-{b64encode(sha256(content.encode()).digest()).decode()}'"
        for kind, content in (("script", script), ("style", style))
    )
    return script, style, f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
