"""The province's working time, and how much comes in on which day.

Working time is one continuous count of seconds: eight hours a working day, 7:30 to 11:30 and 13:00 to 17:00. So the
work on a case is added up in it, and a deadline is so many working days more. Days are numbers (schemas.province),
moments are whole seconds since 1970-01-01 UTC.
"""

from bisect import bisect_left
from collections.abc import Iterable
from datetime import date
from functools import cache

from infra.simulate.chance import chance
from schemas.province import as_date, day_number
from schemas.reference.reading import Reference, read
from schemas.rules.worktime import WorkTime

DAY_S = 86_400
OFFSET_S = 7 * 3_600
WORK_S = 8 * 3_600
HALF_S = 4 * 3_600
OPENS_S = 7 * 3_600 + 1_800
LUNCH_S = 5_400
FIRST, LAST = date(2022, 1, 1), date(2033, 1, 1)

# Cases that come in on a working day (domain.md 8), and what moves the number between them.
FEWEST, MOST, USUAL = 3_200, 6_800, 4_650
WEEKDAY = (1.16, 1.05, 1.0, 0.97, 0.88, 0.9, 0.9)  # Monday first; a swapped Saturday is a working day like another
MONTH = (1.06, 0.86, 1.05, 1.0, 0.98, 1.02, 1.08, 1.08, 0.98, 0.96, 0.98, 1.05)  # before Tết, school year, year's end
AFTER_A_REST = 1.12  # the first working day after days off
ON_A_DAY_OFF = 0.05  # online submissions alone


@cache
def reference() -> Reference:
    """The reference data that come with the project."""
    return read()


def seconds_of(day: int) -> int:
    """The moment at which the province's day begins."""
    return day * DAY_S - OFFSET_S


def day_at(second: int) -> int:
    """The province's day in which the moment lies."""
    return (second + OFFSET_S) // DAY_S


class Office:
    """Working days and working time. ``clock`` is the continuous count."""

    def __init__(self, work: WorkTime) -> None:
        first, last = day_number(FIRST), day_number(LAST)
        self.days = [day for day in range(first, last) if work.is_working(day)]
        self._opens = [seconds_of(day) + OPENS_S for day in self.days]
        self._set = frozenset(self.days)

    @classmethod
    def of(cls, reference: Reference) -> "Office":
        return cls(WorkTime(placed.row for placed in reference.calendar))

    def is_working(self, day: int) -> bool:
        return day in self._set

    def opening(self, day: int) -> int:
        """The count when the office next opens on that day or later."""
        return bisect_left(self.days, day) * WORK_S

    def clock(self, second: int) -> int:
        """The count at a moment; outside office hours that of the next opening."""
        day = day_at(second)
        base = self.opening(day)
        if day not in self._set:
            return base
        into = second - seconds_of(day) - OPENS_S
        if into <= 0:
            return base
        if into >= HALF_S:
            into = max(HALF_S, into - LUNCH_S)
        return base + min(into, WORK_S)

    def moment(self, clock: int) -> int:
        """The moment at which the count stands there."""
        number, into = divmod(clock, WORK_S)
        return self._opens[number] + into + (LUNCH_S if into >= HALF_S else 0)

    def working_days(self, days: Iterable[int]) -> list[int]:
        return [day for day in days if day in self._set]

    def shift(self, day: int, working_days: int) -> int:
        """So many working days after (or, negative, before) the day."""
        return self.days[bisect_left(self.days, day) + working_days]


@cache
def office() -> Office:
    """Of the reference data that come with the project."""
    return Office.of(reference())


def cases_of(seed: int, day: int, scale: float = 1.0) -> int:
    """How many cases come in: 3,200 to 6,800 on a working day of the whole province."""
    random, on = chance(seed, "intake", day), as_date(day)
    usual = USUAL * WEEKDAY[on.weekday()] * MONTH[on.month - 1] * random.uniform(0.93, 1.07)
    if not office().is_working(day):
        return round(usual * ON_A_DAY_OFF * scale)
    if not office().is_working(day - 1):
        usual *= AFTER_A_REST
    return round(min(max(usual, FEWEST), MOST) * scale)
