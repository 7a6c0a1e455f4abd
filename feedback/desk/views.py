"""The desk: the queue, and the poll that keeps it fresh."""

from datetime import UTC, datetime

from django.http import HttpResponse
from django.shortcuts import render

from consent.gate import GatedRequest
from feedback.desk.queries import listed
from feedback.tickets.queries import VIEWS, counts_for, page_of, visible_tickets
from imsupport import clock


def queue(request: GatedRequest) -> HttpResponse:
    view = request.GET.get("view", "open")
    view = view if view in VIEWS else "open"
    actor, since = request.passage.actor, clock.now().timestamp()
    page = page_of(view, actor=actor, after=request.GET.get("after", ""))
    counts = counts_for(actor.id or 0)
    context = {
        "rows": listed(page.tickets, actor=actor),
        "view": view,
        "views": [(name, counts[name]) for name in VIEWS],
        "next_cursor": page.next_cursor,
        "since": since,
    }
    return render(request, "desk/queue.html", context)


def changes(request: GatedRequest) -> HttpResponse:
    try:
        since = datetime.fromtimestamp(float(request.GET.get("since", "")), UTC)
    except (ValueError, OverflowError, OSError):
        return HttpResponse(status=400)
    changed = visible_tickets(request.passage.actor).filter(activity_at__gt=since)
    ref = request.GET.get("ref", "")
    if not ref.isprintable():  # PostgreSQL takes no NUL, and no reference holds one
        return HttpResponse(status=400)
    if ref:
        changed = changed.filter(ref=ref)
    return HttpResponse(status=200 if changed.exists() else 204)
