"""Turns figures into places. Across, places are per cent, so that no text shrinks with the screen; down, pixels."""

import math
from dataclasses import dataclass
from datetime import date

from feedback.dashboards.charts import Bar, Chart, Columns

BAR_ROW, BAR_TOP, BAR_HEIGHT, BAR_WIDEST = 42, 20, 10, 86
LEFT, TOP, BOTTOM = 7.0, 18, 20
LARGE, SMALL = (150, 76.0), (76, 72.0)
"""Height of the plot in pixels, and where it ends across: at the right stand the names of the series."""
_LEVELS = ("first", "second", "third")
_NAME_HEIGHT = 20


@dataclass(frozen=True)
class Box:
    """A rectangle with what it says when pointed at."""

    level: str
    x: str
    y: float
    width: str
    height: float
    says: str = ""


@dataclass(frozen=True)
class Line:
    """A line or a word at a place."""

    x: str
    y: float
    words: str = ""
    level: str = ""
    anchor: str = "start"


@dataclass(frozen=True)
class Picture:
    """Everything that one SVG draws."""

    title: str
    says: str
    height: int
    base: float
    left: str
    right: str
    boxes: list[Box]
    grid: list[Line]
    ticks: list[Line]
    marks: list[Line]
    names: list[Line]


@dataclass(frozen=True)
class Drawing:
    """A chart with its pictures."""

    chart: Chart
    pictures: list[Picture]
    bars: Picture | None


def draw(chart: Chart) -> Drawing:
    """Return the chart's pictures; a chart of several has small ones, all to one scale."""
    size = LARGE if len(chart.columns) == 1 else SMALL
    most = max((_height(columns) for columns in chart.columns), default=0)
    pictures = [_columns(columns, _scale(most), size) for columns in chart.columns]
    return Drawing(chart, pictures, _bars(chart.bars, chart.finding) if chart.bars else None)


def _height(columns: Columns) -> int:
    return max((sum(figure.number for figure in column.figures) for column in columns.columns), default=0)


def _scale(most: int) -> int:
    """Return the top of the axis: the next round number, twice the middle grid line."""
    for top in (10, 20, 40, 60, 80, 100):
        if most <= top:
            return top
    digits: int = 10 ** (len(str(most)) - 1)
    return math.ceil(most / digits) * digits


def _columns(columns: Columns, top: int, size: tuple[int, float]) -> Picture:
    plot, right = size
    base = TOP + plot
    step = (right - LEFT) / max(len(columns.columns), 1)
    boxes = []
    for place, column in enumerate(columns.columns):
        y = float(base)
        for level, name, figure in zip(_LEVELS, columns.series, column.figures, strict=True):
            height = round(plot * figure.number / top, 1)
            if height:
                y -= height
                says = f"{column.name}: {name} {figure.text}"
                boxes.append(
                    Box(level, _per_cent(LEFT + step * (place + 0.08)), y, _per_cent(step * 0.84), height, says)
                )
    return Picture(
        columns.title,
        f"{columns.title}: {', '.join(columns.series)}" if columns.title else ", ".join(columns.series),
        base + BOTTOM,
        base,
        _per_cent(LEFT),
        _per_cent(right),
        boxes,
        [Line("0", base - plot * share, str(round(top * share))) for share in (0, 0.5, 1)],
        _ticks(columns, step, base),
        _marks(columns, step),
        _names(columns, right, base),
    )


def _ticks(columns: Columns, step: float, base: float) -> list[Line]:
    """Return the names of the Mondays."""
    return [
        Line(_per_cent(LEFT + step * place), base + 15, column.name)
        for place, column in enumerate(columns.columns)
        if column.day.weekday() == 0
    ]


def _marks(columns: Columns, step: float) -> list[Line]:
    """Return a line for each version that came into effect, its name on the side where there is room."""
    days = [column.day for column in columns.columns]
    width = len(days)
    marks = []
    for day, words in columns.changes:
        place = _place_of(day, days)
        anchor = "end" if place > width / 2 else "start"
        marks.append(Line(_per_cent(LEFT + step * place), 11, words, anchor=anchor))
    return marks


def _place_of(day: date, days: list[date]) -> int:
    return max((place for place, start in enumerate(days) if start <= day), default=0)


def _names(columns: Columns, right: float, base: float) -> list[Line]:
    """Return the names of the series beside the columns, in the order in which they are stacked."""
    return [
        Line(_per_cent(right + 2), base - 4 - _NAME_HEIGHT * place, name, level)
        for place, (level, name) in enumerate(zip(_LEVELS, columns.series, strict=True))
    ]


def _bars(bars: list[Bar], says: str) -> Picture:
    most = max((bar.figure.number for bar in bars), default=0) or 1
    boxes, names, values = [], [], []
    for place, bar in enumerate(bars):
        y, width = place * BAR_ROW, BAR_WIDEST * bar.figure.number / most
        name = f"{bar.name} ({bar.beside})" if bar.beside else bar.name
        boxes.append(Box("first", "0", y + BAR_TOP, _per_cent(width), BAR_HEIGHT, f"{name}: {bar.figure.text}"))
        names.append(Line("0", y + 14, name))
        values.append(Line(_per_cent(width), y + BAR_TOP + BAR_HEIGHT - 0.5, bar.figure.text))
    return Picture("", says, BAR_ROW * len(bars), 0, "0", "100%", boxes, [], values, [], names)


def _per_cent(number: float) -> str:
    return f"{number:.2f}%"
