from collections import Counter
from datetime import timedelta
from typing import Any

from django.core.management import call_command

from consent.access.models import GateDenial
from consent.ledger.verification import problems
from feedback.dashboards import charts, queries
from feedback.dashboards.windows import until_now
from feedback.tickets.models import Attachment, Ticket
from imsupport import clock
from imsupport.accounts.models import User


def test_no_page_of_a_first_visit_is_empty(ada: User, grace: User, settings: Any) -> None:
    settings.DEMO = True

    call_command("seed_demo", tickets=40, verbosity=0)

    tickets = list(Ticket.objects.all())
    states = Counter(ticket.state for ticket in tickets)
    assert len(tickets) == 40
    assert all(states[state] for state in ("new", "open", "waiting", "snoozed", "solved", "spam"))
    assert {ticket.team.name for ticket in tickets if ticket.team} == {"Calls", "Accounts"}
    assert {ticket.assignee for ticket in tickets} == {None, ada, grace}
    assert 5 < sum(ticket.subject is not None for ticket in tickets) < 40
    assert Attachment.objects.count() == 1
    assert sum(ticket.activity_at > clock.now() - timedelta(days=1) for ticket in tickets) >= 5
    assert GateDenial.objects.exists()
    assert list(problems()) == []
    _each_chart_tells_something()


def _each_chart_tells_something() -> None:
    window = until_now()
    decided = queries.decisions(window)
    told = [
        [figure.number for column in picture.columns for figure in column.figures]
        for chart in (charts.agreement(decided, window), charts.purposes(decided, window))
        for picture in chart.columns
    ]
    assert all(any(numbers) for numbers in told)
    assert charts.left_out(queries.left_out(window)).bars
    assert charts.denials(queries.denials(window)).bars


def test_a_small_demo_is_made_of_the_same(ada: User, settings: Any) -> None:
    settings.DEMO = True

    call_command("seed_demo", tickets=3, verbosity=0)

    assert Ticket.objects.count() == 3
    assert list(problems()) == []
