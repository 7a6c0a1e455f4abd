"""The answer to a refusal; the only page that ever shows its receipt."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from consent.centre.agreement import record_refusal, set_refusal_cookie
from consent.centre.receipts import receipt_of
from consent.gate import person_of
from consent.policies.notices import Notice


def refused(request: HttpRequest, notice: Notice, *, indicated_by: str) -> HttpResponse:
    """Record that someone refused a notice, and answer with its receipt, which is offered once."""
    event = record_refusal(request, notice, indicated_by=indicated_by)
    standing = person_of(request)
    context = {"receipt": receipt_of([event]).decode(), "still_stands": standing is not None and standing.is_agreed}
    response = render(request, "centre/refused.html", context)
    # Who agreed before keeps what leads to their own messages; stopping is a page of its own.
    if standing is None:
        set_refusal_cookie(response)
    return response
