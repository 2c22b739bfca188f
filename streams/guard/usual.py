"""What is usual: how many look-ups an account, a unit, an application or the province makes, by hour and kind of day.

A level is the median of the last such days, shrunk to the median of its kind while few days are known, so that it says
something on the first day; its spread is the median absolute deviation's. The hours' shares come from the past, and
before there is one from the working hours. Days are of two kinds: worked or not, by the working calendar. Pure.
"""

from array import array
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from schemas.lookups import Scope
from schemas.rules.worktime import MINUTE_US, WorkTime
from streams.guard.rings import DAY_MINUTES, PROVINCE_MINUTES, day_of_minute, minute_of_day
from streams.guard.tails import median, robust

DAYS_KEPT = (20, 9)  # of a level: working days, days off
SHRUNK = 3.0  # a kind counts as much as so many days
PRIOR_LOOKUPS = 400.0  # the working hours count as much as so many look-ups
PRIOR_OFF = 0.04  # the share of a working day's look-ups outside its sessions, before anything is known
AROUND = 30  # minutes before and after a session in which people work too
LEAST_SPREAD, MOST_SPREAD = 0.04, 1.0
HALVED = 0.97  # what hours' shares of the past count for a day later
UNKNOWN = (20.0, 1.0)  # an account's working day and day off where nothing at all is known
SESSIONS = ((450, 690), (780, 1_020))  # minutes of a working day, where the calendar has no hours
Key = tuple[Scope, str]


class DayCounts(NamedTuple):
    """One day that is over. ``accounts``: account to its unit, count, and how many of it without a case; ``hours``:
    application and hour of the day to count; ``units`` and ``applications``: their counts."""

    day: int
    accounts: Mapping[str, tuple[str, int, int]]
    units: Mapping[str, int]
    applications: Mapping[str, int]
    hours: Mapping[tuple[str, int], int]
    without_case: int = 0
    not_found: int = 0


class Level:
    """The last days of one key, by kind of day; ``without_case`` and ``all``: of the last while, later days counting
    more."""

    __slots__ = ("_known", "all", "days", "kind", "last", "without_case")

    def __init__(self, kind: str) -> None:
        self.kind, self.last = kind, 0
        self.without_case = self.all = 0.0
        self.days = (array("I"), array("I"))
        self._known: list[tuple[float, float] | None] = [None, None]

    def learn(self, day: int, off: int, count: int) -> None:
        values = self.days[off]
        values.append(min(count, 2**32 - 1))
        if len(values) > DAYS_KEPT[off]:
            del values[0]
        self.last = max(self.last, day)
        self._known[off] = None

    def robust(self, off: int) -> tuple[float, float] | None:
        """Median and deviation of its days; ``None`` where there is none."""
        found = self._known[off]
        if found is None and self.days[off]:
            found = self._known[off] = robust(self.days[off])
        return found


class Expected(NamedTuple):
    """A mean, and the relative variance beside Poisson's."""

    mean: float
    spread: float


class Usual:
    """``kind_of`` says to which kind a unit belongs (department, commune, …); an application is its own kind."""

    def __init__(self, work: WorkTime, kind_of: Callable[[str], str] = lambda unit: "") -> None:
        self._work, self._kind_of = work, kind_of
        self._levels: dict[Key, Level] = {}
        self._kinds: dict[tuple[Scope, str, int], list[float]] = {}
        self._hours: dict[tuple[str, int], list[float]] = {}
        self._shares: dict[tuple[str, int, int], list[float]] = {}
        self.days_learned = 0
        self._without_case, self._not_found, self._all = 12.0, 5.0, 100.0  # a weak prior, soon forgotten

    def without_case(self, account: str) -> float:
        """The usual share of an account's look-ups that name no case."""
        level = self._levels.get((Scope.ACCOUNT, account))
        own, of = (level.without_case, level.all) if level is not None else (0.0, 0.0)
        return (own + 50 * self._without_case / self._all) / (of + 50)

    @property
    def not_found(self) -> float:
        return self._not_found / self._all

    def off(self, day: int) -> int:
        """1 of a day on which nobody works, else 0."""
        return 0 if self._work.is_working(day) else 1

    def learn(self, counts: DayCounts) -> None:
        """Days in order."""
        day, off = counts.day, self.off(counts.day)
        accounts = ((key, self._kind_of(unit), count) for key, (unit, count, _) in counts.accounts.items())
        self._of(Scope.ACCOUNT, accounts, day, off)
        for key, (_, count, without) in counts.accounts.items():
            level = self._levels[Scope.ACCOUNT, key]
            level.all, level.without_case = HALVED * level.all + count, HALVED * level.without_case + without
        self._of(Scope.UNIT, ((key, self._kind_of(key), count) for key, count in counts.units.items()), day, off)
        self._of(Scope.APPLICATION, ((key, key, count) for key, count in counts.applications.items()), day, off)
        total = sum(counts.units.values())
        self._of(Scope.PROVINCE, (("", "", total),) if total else (), day, off)
        for (application, hour), count in counts.hours.items():
            for one in (application, ""):
                row = self._hours.get((one, off))
                if row is None:
                    row = self._hours[one, off] = [0.0] * 24
                row[hour] += count
        for row in (row for (_, kind), row in self._hours.items() if kind == off):
            row[:] = [HALVED * value for value in row]
        self._all = HALVED * self._all + total
        self._without_case = HALVED * self._without_case + counts.without_case
        self._not_found = HALVED * self._not_found + counts.not_found
        self._shares.clear()
        self.days_learned += 1

    def _of(self, scope: Scope, rows: Iterable[tuple[str, str, int]], day: int, off: int) -> None:
        by_kind: dict[str, list[int]] = {}
        for key, kind, count in rows:
            level = self._levels.get((scope, key))
            if level is None:
                level = self._levels[scope, key] = Level(kind)
            level.kind = kind
            level.learn(day, off, count)
            by_kind.setdefault(kind, []).append(count)
        for kind, found in by_kind.items():
            kept = self._kinds.setdefault((scope, kind, off), [])
            kept.append(median(found))
            del kept[: -DAYS_KEPT[off]]

    def was_there(self, account: str, day: int) -> None:
        """It looked something up on that day, long before those that are learned from."""
        level = self._levels.setdefault((Scope.ACCOUNT, account), Level(""))
        level.last = max(level.last, day)

    def last_day(self, account: str) -> int | None:
        """On which it last looked something up, as far as the past is kept; ``None``: never."""
        level = self._levels.get((Scope.ACCOUNT, account))
        return None if level is None else level.last

    def a_day(self, scope: Scope, key: str, off: int, unit: str = "") -> Expected:
        """Of a whole day of this kind. ``unit`` tells the kind of an account that was never seen."""
        level = self._levels.get((scope, key))
        kind = level.kind if level is not None else key if scope is Scope.APPLICATION else self._kind_of(unit or key)
        of_kind = self._kinds.get((scope, kind, off))
        prior = median(of_kind) if of_kind else UNKNOWN[off] if scope is Scope.ACCOUNT else None
        known = level.robust(off) if level is not None else None
        if known is None or level is None:
            return Expected(prior or 0.0, MOST_SPREAD)
        middle, deviation = known
        days = len(level.days[off])
        mean = middle if prior is None else (days * middle + SHRUNK * prior) / (days + SHRUNK)
        beside = max(deviation**2 - middle, 0.0) / max(middle, 1.0) ** 2
        spread = (days * beside + SHRUNK * 0.25) / (days + SHRUNK)
        return Expected(mean, min(max(spread, LEAST_SPREAD), MOST_SPREAD))

    def between(self, scope: Scope, key: str, first: int, last: int, application: str = "", unit: str = "") -> Expected:
        """Of the minutes from ``first`` up to and without ``last``, which lie in one day or in two."""
        mean = spread = 0.0
        while first < last:
            day = day_of_minute(first)
            end = min(last, (day + 1) * DAY_MINUTES - PROVINCE_MINUTES)
            off = self.off(day)
            whole = self.a_day(scope, key, off, unit)
            shares = self.shares(application, off)
            begin = minute_of_day(first)
            mean += whole.mean * (shares[begin + end - first] - shares[begin])
            spread, first = max(spread, whole.spread), end
        return Expected(mean, spread)

    def shares(self, application: str, off: int) -> list[float]:
        """How much of a day lies before each of its minutes: 1,441 numbers from 0 to 1."""
        day_kind = (application, off, self.days_learned)
        found = self._shares.get(day_kind)
        if found is None:
            found = self._shares[day_kind] = self._made(application, off)
        return found

    def _made(self, application: str, off: int) -> list[float]:
        prior = [1.0 / DAY_MINUTES] * DAY_MINUTES
        if not off:
            worked = sum(end - begin for begin, end in SESSIONS)
            prior = [PRIOR_OFF / (DAY_MINUTES - worked)] * DAY_MINUTES
            for begin, end in SESSIONS:
                prior[begin:end] = [(1 - PRIOR_OFF) / worked] * (end - begin)
        hours = self._hours.get((application, off)) or self._hours.get(("", off)) or [0.0] * 24
        within = [
            sum(prior[hour * 60 : hour * 60 + 60]) for hour in range(24)
        ]  # an hour's look-ups lie where it is worked
        weights = [
            (PRIOR_LOOKUPS + hours[minute // 60] / within[minute // 60]) * prior[minute]
            for minute in range(DAY_MINUTES)
        ]
        whole, before, found = sum(weights), 0.0, [0.0]
        for weight in weights:
            before += weight
            found.append(before / whole)
        return found

    def worked(self, minute: int) -> bool:
        """Whether people are at work, or nearly."""
        day, at = day_of_minute(minute), minute_of_day(minute)
        if self.off(day):
            return False
        sessions = self._work.sessions_on(day)
        spans = [(begin // MINUTE_US, end // MINUTE_US) for begin, end in sessions] if sessions else list(SESSIONS)
        return spans[0][0] - AROUND <= at < spans[-1][1] + AROUND
