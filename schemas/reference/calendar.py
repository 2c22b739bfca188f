"""Working days: Monday to Friday, but for the days that the calendar names."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from schemas.reference.rows import CalendarDay

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class WorkingCalendar:
    """``exceptions``: whether a day that is not as its weekday says is worked. ``years`` are those it knows of."""

    exceptions: dict[date, bool]
    years: frozenset[int]

    @classmethod
    def of(cls, days: Iterable[CalendarDay]) -> "WorkingCalendar":
        exceptions = {row.day: row.kind == "working" or _half(row) for row in days}
        return cls(exceptions, frozenset(day.year for day in exceptions))

    def knows(self, day: date) -> bool:
        """Whether the holidays of the day's year are known; else only its weekday speaks."""
        return day.year in self.years

    def is_working(self, day: date) -> bool:
        return self.exceptions.get(day, day.weekday() < 5)

    def after(self, day: date, working_days: int) -> date:
        """The last of so many working days after the day, itself not counted; of 0, the day."""
        while working_days > 0:
            day += _DAY
            working_days -= self.is_working(day)
        return day

    def between(self, first: date, last: date) -> int:
        """How many working days lie after the first, up to and with the last; 0 where ``last`` is not later."""
        return sum(self.is_working(first + _DAY * number) for number in range(1, (last - first).days + 1))


def _half(row: CalendarDay) -> bool:
    """A weekday of which only one half is off is still a working day."""
    return row.session is not None and row.day.weekday() < 5
