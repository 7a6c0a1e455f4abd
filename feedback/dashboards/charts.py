"""Turns a chart's rows into coordinates; the template only draws."""

from dataclasses import dataclass

from feedback.dashboards.queries import Chart

WIDTH, LABEL_WIDTH, ROW_HEIGHT, BAR_HEIGHT = 560, 260, 24, 14


@dataclass(frozen=True)
class Bar:
    """One bar: places in the picture's own units."""

    label: str
    shown: str
    y: int
    text_y: int
    width: int
    value_x: int


@dataclass(frozen=True)
class Drawing:
    """A chart ready to draw, with its numbers for the table beside it."""

    chart: Chart
    finding: str
    height: int
    bars: list[Bar]


def draw(chart: Chart) -> Drawing:
    """Return horizontal bars, the longest as wide as the picture allows."""
    most = max((row.number for row in chart.rows), default=0) or 1
    bars = []
    for index, row in enumerate(chart.rows):
        width = round((WIDTH - LABEL_WIDTH - 60) * row.number / most)
        y = index * ROW_HEIGHT + (ROW_HEIGHT - BAR_HEIGHT) // 2
        bars.append(Bar(row.label[:44], row.shown, y, y + 11, max(width, 0), LABEL_WIDTH + width + 6))
    return Drawing(chart, _finding(chart), max(1, len(chart.rows)) * ROW_HEIGHT, bars)


def _finding(chart: Chart) -> str:
    most = max(chart.rows, key=lambda row: row.number, default=None)
    if most is None or not most.number:
        return f"{chart.title}: nothing to show yet"
    return f"{chart.title}: most is {most.label} ({most.shown})"
