"""Working time: days and hours that are worked, by the dated calendar and the offices' hours. Pure.

Moments are microseconds since the epoch, days whole days since 1970-01-01 in the province (:mod:`schemas.province`).
Every question is a look-up in sums made once (about a microsecond), because a fold asks them. Days before 2005 and
after 2114 are all free; no event and no deadline lies there.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from datetime import date, time

from schemas.province import DAY_US, OFFSET_US, as_date, day_number, day_of, day_start
from schemas.reference.rows import CalendarDay, Dated, WorkingHours

SECOND_US = 1_000_000
MINUTE_US = 60 * SECOND_US
HOUR_US = 60 * MINUTE_US
FIRST = day_number(date(2005, 1, 1))
LAST = day_number(date(2114, 12, 31))
SESSIONS = ("morning", "afternoon")

Sessions = tuple[tuple[int, int], ...]  # of one day: from, to, in microseconds since its beginning


class WorkTime:
    """``calendar``: days that are not as their weekday says. ``hours``: when sessions begin and end; without any there
    are working days but no working hours. A day of which half is worked is a working day."""

    def __init__(self, calendar: Iterable[CalendarDay] = (), hours: Iterable[WorkingHours] = ()) -> None:
        self._days = [0]  # working days before each day
        self._time = [0]  # microseconds worked before each day
        self._sessions: list[Sessions] = []
        exceptions = {day_number(row.day): row for row in calendar}
        self._named = frozenset(exceptions)
        dated = _Hours(hours)
        self.has_hours = dated.known
        days = worked = 0
        for day in range(FIRST, LAST + 1):
            parts = _worked(day, exceptions.get(day))
            sessions = dated.on(day, parts)
            days += bool(parts)
            worked += sum(to - start for start, to in sessions)
            self._days.append(days)
            self._time.append(worked)
            self._sessions.append(sessions)

    def is_working(self, day: int) -> bool:
        return FIRST <= day <= LAST and self._days[day - FIRST + 1] > self._days[day - FIRST]

    def names(self, day: int) -> bool:
        """Whether the calendar says of the day how it is worked; else its weekday does."""
        return day in self._named

    def sessions_on(self, day: int) -> Sessions:
        """When the day is worked: both sessions, one of half a day, none."""
        return self._sessions[day - FIRST] if FIRST <= day <= LAST else ()

    def days_between(self, first: int, last: int) -> int:
        """Working days after the first, up to and with the last; 0 where ``last`` is not later."""
        return self._days[_place(last + 1)] - self._days[_place(first + 1)] if last > first else 0

    def add_days(self, day: int, working_days: int) -> int:
        """The last of so many working days after the day, itself not counted; of 0, the day."""
        if working_days <= 0:
            return day
        found = bisect_left(self._days, self._days[_place(day + 1)] + working_days) - 1
        return FIRST + min(found, len(self._sessions))

    def time_between(self, start: int, end: int) -> int:
        """Microseconds worked between two moments; 0 where ``end`` is not later."""
        return self.worked_before(end) - self.worked_before(start) if end > start else 0

    def add_time(self, at: int, worked: int) -> int:
        """The earliest moment by which so many microseconds have been worked since ``at``; of 0, ``at`` itself."""
        if worked <= 0 or not self.has_hours:
            return at
        total = self.worked_before(at) + worked
        place = bisect_left(self._time, total) - 1
        if place >= len(self._sessions):
            return day_start(LAST + 1)
        rest = total - self._time[place]
        for start, to in self._sessions[place]:
            if rest <= to - start:
                return day_start(FIRST + place) + start + rest
            rest -= to - start
        raise AssertionError("a day's sums and sessions disagree")

    def taken_on(self, at: int, next_day_after: int | None) -> int:
        """The working day on which a case taken at the moment counts as taken: its own; the next one where that is not
        a working day or the moment lies after the given minute of the day (15:00; Nghị định 61/2018, Điều 18(2))."""
        day = (at + OFFSET_US) // DAY_US
        if next_day_after is not None and at - day_start(day) > next_day_after * MINUTE_US:
            return self.add_days(day, 1)
        return day if self.is_working(day) else self.add_days(day, 1)

    def counts_from(self, at: int, next_day_after: int | None) -> int:
        """The moment from which working hours of a case taken at ``at`` count, by the same rule."""
        day = self.taken_on(at, next_day_after)
        return at if day == day_of(at) else day_start(day)

    def worked_before(self, at: int) -> int:
        """Microseconds worked before the moment, since some day long ago: differences mean something."""
        day = (at + OFFSET_US) // DAY_US
        if day < FIRST:
            return 0
        if day > LAST:
            return self._time[-1]
        place = day - FIRST
        clock = at + OFFSET_US - day * DAY_US
        worked = self._time[place]
        for start, to in self._sessions[place]:
            if clock <= start:
                break
            worked += (clock if clock < to else to) - start
        return worked


def edges(rows: Iterable[Dated]) -> set[int]:
    """Days on which other rows may hold than on the day before."""
    found = set()
    for row in rows:
        found.add(day_number(row.valid_from))
        if row.valid_to is not None:
            found.add(day_number(row.valid_to) + 1)
    return found


def _place(day: int) -> int:
    return min(max(day - FIRST, 0), LAST + 1 - FIRST)


def _worked(day: int, row: CalendarDay | None) -> tuple[str, ...]:
    """The sessions of the day that are worked."""
    usual = (day + 3) % 7 < 5  # 1970-01-01 was a Thursday
    if row is None:
        return SESSIONS if usual else ()
    works = row.kind == "working"
    return tuple(name for name in SESSIONS if (works if row.session in (None, name) else usual))


class _Hours:
    """The sessions' hours by day."""

    def __init__(self, rows: Iterable[WorkingHours]) -> None:
        self._rows = list(rows)
        self.known = bool(self._rows)
        self._changes = edges(self._rows)
        self._found: Mapping[str, tuple[int, int]] = self._valid(FIRST)
        self._made: dict[tuple[str, ...], Sessions] = {}

    def on(self, day: int, parts: tuple[str, ...]) -> Sessions:
        """Asked day by day, in order."""
        if day in self._changes:
            self._found, self._made = self._valid(day), {}
        sessions = self._made.get(parts)
        if sessions is None:
            sessions = self._made[parts] = tuple(self._found[name] for name in parts if name in self._found)
        return sessions

    def _valid(self, day: int) -> Mapping[str, tuple[int, int]]:
        on = as_date(day)
        return {row.session: (_clock(row.opens), _clock(row.closes)) for row in self._rows if row.valid_on(on)}


def _clock(at: time) -> int:
    return ((at.hour * 60 + at.minute) * 60 + at.second) * 1_000_000 + at.microsecond
