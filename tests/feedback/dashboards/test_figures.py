"""Nobody is told apart: whatever is between nought and four could be any of them, on every page and in every file."""

from datetime import date, timedelta

import pytest
from django.template.loader import render_to_string
from hypothesis import given, settings
from hypothesis import strategies as st

from consent.ledger.models import Status
from consent.purposes import OPTIONAL_USES, Purpose
from feedback.dashboards import charts, words
from feedback.dashboards.charts import Chart
from feedback.dashboards.drawing import draw
from feedback.dashboards.figures import of_people, of_work, total_told
from feedback.dashboards.queries import Decisions, LeftOut
from feedback.dashboards.windows import Window
from feedback.stripping import Category
from feedback.tickets.strip_counts import Strips

TODAY = date(2026, 11, 25)
WINDOW = Window(TODAY)
VERSIONS = {1: date(2026, 1, 1), 2: TODAY - timedelta(days=9)}
HIDDEN = st.integers(0, 4)
# A cell is either hidden, and then one of two numbers under five, or told, and then the same in both worlds.
CELLS = st.one_of(st.tuples(HIDDEN, HIDDEN), st.integers(5, 60).map(lambda n: (n, n)))
PURPOSES = st.sampled_from([Purpose.AGREEMENT, *(use.purpose for use in OPTIONAL_USES)])
STATUSES = st.sampled_from([Status.GIVEN, Status.REFUSED, Status.WITHDRAWN])
BY_DAY = st.tuples(PURPOSES, st.sampled_from(WINDOW.days), st.sampled_from([1, 2]), STATUSES)
BY_WEEK = st.tuples(PURPOSES, st.sampled_from(WINDOW.weeks), st.sampled_from([1, 2]), STATUSES)
Place = tuple[str, date, int, str]


def _worlds(cells: dict[Place, tuple[int, int]]) -> list[Decisions]:
    return [Decisions({place: pair[world] for place, pair in cells.items()}, VERSIONS) for world in (0, 1)]


def _seen(chart: Chart) -> str:
    return render_to_string("dashboards/_chart.html", {"drawing": draw(chart)}) + repr(chart.table)


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(BY_DAY, CELLS, max_size=12))
def test_agreements_of_fewer_than_five_leave_no_trace(cells: dict[Place, tuple[int, int]]) -> None:
    one, other = _worlds(cells)

    assert _seen(charts.agreement(one, WINDOW)) == _seen(charts.agreement(other, WINDOW))


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(BY_WEEK, CELLS, max_size=12))
def test_choices_of_fewer_than_five_leave_no_trace(cells: dict[Place, tuple[int, int]]) -> None:
    one, other = _worlds(cells)

    assert _seen(charts.purposes(one, WINDOW)) == _seen(charts.purposes(other, WINDOW))


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.sampled_from(list(Category)), st.tuples(CELLS, CELLS, CELLS)))
def test_what_was_left_out_fewer_than_five_times_leaves_no_trace(cells: dict[str, tuple[tuple[int, int], ...]]) -> None:
    one, other = (_in_world(cells, world) for world in (0, 1))

    assert _seen(charts.left_out(LeftOut(one, {}, {}))) == _seen(charts.left_out(LeftOut(other, {}, {})))


@settings(max_examples=40, deadline=None)
@given(
    st.dictionaries(st.sampled_from(list(words.LANGUAGES)), st.tuples(CELLS, CELLS, CELLS)),
    st.dictionaries(st.sampled_from(list(words.CHANNELS)), st.tuples(CELLS, CELLS, CELLS)),
)
def test_in_which_language_fewer_than_five_were_left_out_leaves_no_trace(
    languages: dict[str, tuple[tuple[int, int], ...]], channels: dict[str, tuple[tuple[int, int], ...]]
) -> None:
    one, other = (LeftOut({}, _in_world(channels, world), _in_world(languages, world)) for world in (0, 1))

    assert _seen(charts.left_out_where(one)) == _seen(charts.left_out_where(other))


def _in_world(cells: dict[str, tuple[tuple[int, int], ...]], world: int) -> dict[str, Strips]:
    return {str(name): Strips(*(pair[world] for pair in pairs)) for name, pairs in cells.items()}


def test_what_writers_kept_and_staff_took_out_stands_beside_what_was_left_out() -> None:
    found = {"health": Strips(31, 11, 6), "belief": Strips(12, 3, 0), "crime": Strips(0, 0, 7)}

    chart = charts.left_out(LeftOut(found, {}, {}))

    said = [(bar.name, bar.figure.text, bar.beside) for bar in chart.bars]
    assert said == [
        ("health", "30", "25 % kept by their writers, 5 by hand"),
        ("belief", "10", ""),
        ("crime", "< 5", "5 by hand"),
    ]
    assert chart.table.rows[:3] == [
        ["health", "30", "10", "25 %", "5"],
        ["belief", "10", "< 5", "", "< 5"],
        ["crime", "< 5", "< 5", "", "5"],
    ]
    assert "health (25 % kept by their writers, 5 by hand)" in _seen(chart)


@given(st.integers(0, 10_000))
def test_a_figure_about_people_is_a_multiple_of_five_and_close(count: int) -> None:
    figure = of_people(count)

    assert figure.number % 5 == 0
    assert (figure.text == "< 5") == (count < 5)
    assert count < 5 or abs(figure.number - count) <= 2


@given(st.integers(0, 10_000))
def test_a_figure_about_work_is_exact(count: int) -> None:
    assert of_work(count).text == str(count)


def test_a_finding_and_its_columns_add_up_what_is_shown_only() -> None:
    days = [TODAY - timedelta(days=days) for days in range(1, 5)]
    hidden = {(Purpose.AGREEMENT, day, 2, Status.REFUSED): 4 for day in days}
    told = {(Purpose.AGREEMENT, days[0], 2, Status.GIVEN): 11}

    chart = charts.agreement(Decisions(hidden | told, VERSIONS), WINDOW)

    assert chart.finding == "About 10 agreed; never did five refuse or stop on one day"
    assert [figure.number for figure in chart.columns[0].columns[-1].figures] == [10, 0, 0]


@pytest.mark.parametrize(
    ("parts", "text"), [([], "< 5"), ([4, 4, 4], "< 5"), ([7] * 20, "140"), ([12, 4], "10"), ([12, 8, 4], "20")]
)
def test_a_total_is_rounded_once_and_tells_nothing_of_what_is_hidden(parts: list[int], text: str) -> None:
    assert total_told(parts).text == text


def test_what_is_told_of_people_ends_yesterday() -> None:
    today = {(Purpose.AGREEMENT, TODAY, 2, Status.GIVEN): 50}

    chart = charts.agreement(Decisions(today, VERSIONS), WINDOW)

    assert chart.columns[0].columns[-1].day == TODAY - timedelta(days=1)
    assert chart.finding == "On no day did five people decide the same yet"


def test_mail_that_a_decision_held_back_is_told_as_people_are() -> None:
    rows = dict(charts.mail({"cancelled": 1, "sent": 1}).table.rows)

    assert (rows["Not sent, because permission ended"], rows["Sent"]) == ("< 5", "1")


def test_a_new_version_is_a_line_and_rows_of_its_own() -> None:
    events = {
        (Purpose.AGREEMENT, VERSIONS[2], 1, Status.GIVEN): 20,
        (Purpose.AGREEMENT, VERSIONS[2], 2, Status.RENEWED): 10,
    }

    chart = charts.agreement(Decisions(events, VERSIONS), WINDOW)

    [mark] = draw(chart).pictures[0].marks
    day = VERSIONS[2].isoformat()
    assert mark.words == "version 2"
    assert [day, "1", "20", "< 5", "< 5"] in chart.table.rows
    assert [day, "2", "10", "< 5", "< 5"] in chart.table.rows
