"""How a number may be shown. A figure about people is rounded before anything else is done with it."""

from collections.abc import Iterable
from dataclasses import dataclass

SMALLEST_GROUP = 5


@dataclass(frozen=True)
class Figure:
    """A number as it may be drawn, and as it may be written."""

    number: int
    text: str


def of_people(count: int) -> Figure:
    """Return a figure about people: rounded to five; nought to four look the same."""
    if count < SMALLEST_GROUP:
        return Figure(0, "< 5")
    rounded = SMALLEST_GROUP * round(count / SMALLEST_GROUP)
    return Figure(rounded, str(rounded))


def total_told(counts: Iterable[int]) -> Figure:
    """Return the figure of all parts that may be told, rounded once: rounded parts add up to less.

    What is hidden stays out of it, since the total, less the parts that are shown, would tell of it.
    """
    return of_people(sum(count for count in counts if count >= SMALLEST_GROUP))


def of_work(count: int) -> Figure:
    """Return a figure about work or alarms: exact."""
    return Figure(count, str(count))


def shown_sum(figures: Iterable[Figure]) -> int:
    """Return the sum of what is shown; of the exact numbers it would tell what is hidden."""
    return sum(figure.number for figure in figures)
