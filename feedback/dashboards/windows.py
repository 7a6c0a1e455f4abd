"""The stretch of time that the dashboard looks at: the four whole weeks before this one, and this one, in UTC."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from imsupport import clock

WEEKS_BEFORE = 4
_DAY, _WEEK = timedelta(days=1), timedelta(days=7)


@dataclass(frozen=True)
class Window:
    """Days from a Monday until today. What is told of people ends yesterday."""

    today: date

    @property
    def first(self) -> date:
        return week_of(self.today) - WEEKS_BEFORE * _WEEK

    @property
    def start(self) -> datetime:
        return datetime.combine(self.first, time(), UTC)

    @property
    def last(self) -> date:
        """The last day that is over: today's figures about people would move with each of them."""
        return self.today - _DAY

    @property
    def end(self) -> datetime:
        return datetime.combine(self.today, time(), UTC)

    @property
    def days(self) -> list[date]:
        """The days that are over."""
        return [self.first + number * _DAY for number in range((self.today - self.first).days)]

    @property
    def weeks(self) -> list[date]:
        return [self.first + number * _WEEK for number in range(WEEKS_BEFORE + 1)]


def week_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - day.weekday() * _DAY


def until_now() -> Window:
    """Return the window that ends today."""
    return Window(clock.now().date())
