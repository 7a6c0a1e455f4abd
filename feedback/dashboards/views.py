"""The managers' proof."""

import csv
from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from feedback.dashboards import charts, queries
from feedback.dashboards.charts import Chart
from feedback.dashboards.drawing import draw
from feedback.dashboards.wellbeing import sentences, summary
from feedback.dashboards.windows import Window, until_now

CHARTS: dict[str, Callable[[Window], Chart]] = {
    "agreement": lambda window: charts.agreement(queries.decisions(window), window),
    "purposes": lambda window: charts.purposes(queries.decisions(window), window),
    "left-out": lambda window: charts.left_out(queries.left_out(window)),
    "left-out-where": lambda window: charts.left_out_where(queries.left_out(window)),
    "tickets": lambda window: charts.tickets(queries.tickets()),
    "mail": lambda window: charts.mail(queries.mail(window)),
    "denials": lambda window: charts.denials(queries.denials(window)),
}


def consent(request: HttpRequest) -> HttpResponse:
    window = until_now()
    decided, denied, left_out = queries.decisions(window), queries.denials(window), queries.left_out(window)
    said = sentences(queries.mail_health(), queries.ledger_health(), denied, window)
    drawn = [
        charts.agreement(decided, window),
        charts.left_out(left_out),
        charts.purposes(decided, window),
        charts.tickets(queries.tickets()),
        charts.mail(queries.mail(window)),
        charts.denials(denied),
        charts.left_out_where(left_out),
    ]
    context = {"summary": summary(said), "sentences": said, "drawings": map(draw, drawn), "window": window}
    return render(request, "dashboards/consent.html", context)


def numbers(request: HttpRequest, key: str) -> HttpResponse:
    if key not in CHARTS:
        raise Http404
    table = CHARTS[key](until_now()).table
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{key}.csv"'
    csv.writer(response).writerows([table.head, *table.rows])
    return response
