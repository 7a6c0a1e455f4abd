"""The managers' proof."""

import csv

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from consent.ledger.models import LedgerHead, SignedHead
from feedback.dashboards.charts import draw
from feedback.dashboards.queries import charts
from feedback.outbox.queries import figures
from imsupport import clock


def consent(request: HttpRequest) -> HttpResponse:
    mail = figures()
    context = {
        "drawings": [draw(chart) for chart in charts()],
        "waiting": mail.by_state.get("due", 0) + mail.by_state.get("sending", 0),
        "failed": mail.by_state.get("failed", 0),
        "head": LedgerHead.objects.first(),
        "signed": SignedHead.objects.order_by("-id").first(),
        "now": clock.now(),
    }
    return render(request, "dashboards/consent.html", context)


def numbers(request: HttpRequest, key: str) -> HttpResponse:
    chart = next((chart for chart in charts() if chart.key == key), None)
    if chart is None:
        raise Http404
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{chart.key}.csv"'
    writer = csv.writer(response)
    writer.writerow(["what", "number"])
    writer.writerows((row.label, row.shown) for row in chart.rows)
    return response
