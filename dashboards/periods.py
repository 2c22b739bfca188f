"""The days a figure counts: today, this month, this quarter, this year, everything, or from one day to another.

Days begin in Asia/Ho_Chi_Minh. Pure: the moment is an argument.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from schemas.province import ZONE

_DAY = timedelta(days=1)
_EARLIEST = 2000  # no figure is older


class PeriodName(StrEnum):
    TODAY = "today"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    ALL = "all"
    BETWEEN = "between"


@dataclass(frozen=True, slots=True)
class Period:
    """``first`` and ``last`` are days in the province, both included; ``None`` is no bound."""

    name: PeriodName
    first: date | None = None
    last: date | None = None

    @property
    def whole_months(self) -> bool:
        """Whether it begins and ends with a month, so that a sum of months answers it."""
        begins = self.first is None or self.first.day == 1
        return begins and (self.last is None or self.last == date.max or (self.last + _DAY).day == 1)

    def on(self, day: date | None) -> "Period":
        """The part of it that lies on this day, which may be nothing: then ``first`` is after ``last``."""
        if day is None:
            return self
        first = day if self.first is None else max(self.first, day)
        last = day if self.last is None else min(self.last, day)
        return Period(PeriodName.BETWEEN, first, last)


ALL = Period(PeriodName.ALL)


def today(as_of: datetime) -> date:
    """The province's day in which the moment lies."""
    return as_of.astimezone(ZONE).date()


def is_over(period: Period, as_of: datetime) -> bool:
    """Whether it lies between two days of which the last is past: then nothing of this moment belongs to it. (The day,
    month or year that a screen names lasts until its sources begin another.)"""
    return period.name is PeriodName.BETWEEN and period.last is not None and period.last < today(as_of)


def named(name: PeriodName, as_of: datetime) -> Period:
    """The day, month, quarter or year in which the moment lies, whole: to its last day, not to the moment."""
    return of_day(name, today(as_of))


def of_day(name: PeriodName, day: date) -> Period:
    """The same of a day in the province."""
    match name:
        case PeriodName.TODAY:
            return Period(name, day, day)
        case PeriodName.MONTH:
            return Period(name, day.replace(day=1), _month_end(day))
        case PeriodName.QUARTER:
            first = date(day.year, day.month - (day.month - 1) % 3, 1)
            return Period(name, first, _month_end(first.replace(month=first.month + 2)))
        case PeriodName.YEAR:
            return Period(name, date(day.year, 1, 1), date(day.year, 12, 31))
        case PeriodName.ALL:
            return ALL
        case PeriodName.BETWEEN:
            raise ValueError("a period between two days is made by between()")


def between(first: date | None, last: date | None) -> Period:
    """From ``first`` to ``last``, both included; with neither, everything. ``ValueError`` if ``last`` is earlier."""
    if first is None and last is None:
        return ALL
    if first is not None and last is not None and last < first:
        raise ValueError("the last day is before the first")
    return Period(PeriodName.BETWEEN, first, last)


def before(period: Period, today: date | None) -> Period | None:
    """The period before, as far as this one has come by ``today``: the same weekday a week earlier; the month, quarter
    or year before up to the day of the same number; else as many months or days just before. Without ``today``, the
    whole of it: as many whole months, the day before a single day, and nothing before other days. ``None``: no
    bound."""
    first, last = period.first, period.last
    if first is None or last is None or first.year < _EARLIEST or last - first >= first - date.min:
        return None
    if today is None and not period.whole_months:
        return Period(PeriodName.BETWEEN, first - _DAY, first - _DAY) if first == last else None
    if period.name is PeriodName.TODAY:
        return Period(PeriodName.BETWEEN, first - 7 * _DAY, last - 7 * _DAY)
    if last == date.max:
        return None
    if not period.whole_months:
        return Period(PeriodName.BETWEEN, first - (last - first + _DAY), first - _DAY)
    months = _months(first, last)
    end = _earlier(today, months) if today is not None and first <= today < last else first - _DAY
    return Period(PeriodName.BETWEEN, _earlier(first, months), end)


def until_yesterday(period: Period, today: date) -> Period | None:
    """As far as a month had come when the day before ended; ``None`` of other periods (a year's score of single days
    takes seconds), and on its first day."""
    first, last = period.first, period.last
    if period.name is not PeriodName.MONTH or first is None or last is None or not first < today <= last:
        return None
    return between(first, today - _DAY)


def _months(first: date, last: date) -> int:
    """How many months they touch."""
    return 12 * (last.year - first.year) + last.month - first.month + 1


def _earlier(day: date, months: int) -> date:
    """The day of that number so many months before, or that month's last."""
    year, month = divmod(12 * day.year + day.month - 1 - months, 12)
    first = date(year, month + 1, 1)
    return min(first + (day.day - 1) * _DAY, _month_end(first))


def next_midnight(as_of: datetime) -> datetime:
    """The moment (UTC) at which the next day begins in the province: then every named period may be another."""
    start = datetime.combine(today(as_of) + _DAY, datetime.min.time(), tzinfo=ZONE)
    return start.astimezone(UTC)


def _month_end(day: date) -> date:
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return following - _DAY


def portal_period(period: Period) -> str | None:
    """A whole month, quarter or year as the portal names it: 2024-01, 2024-Q1, 2024; ``None`` of other days."""
    first, last = period.first, period.last
    if first is None or last is None or not period.whole_months or first.year != last.year:
        return None
    match (first.month, last.month):
        case (a, b) if a == b:
            return f"{first.year}-{a:02d}"
        case (a, b) if b == a + 2 and a % 3 == 1:
            return f"{first.year}-Q{b // 3}"
        case (1, 12):
            return f"{first.year}"
    return None
