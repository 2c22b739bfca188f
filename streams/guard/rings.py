"""Counts of the last hour by minute, of the last ten minutes, the hour and the day, in bounded memory. Pure.

One ring an account, a unit, an application, the province. Minutes are whole minutes since the epoch; what comes later
than an hour behind the latest is not judged by windows any more (it is counted in the rollups all the same).
"""

from array import array
from collections.abc import Iterable

HOUR, TEN = 60, 10
PROVINCE_MINUTES = 7 * 60  # the province's days begin so long before UTC's
DAY_MINUTES = 1_440
ALL, WITHOUT_CASE, NOT_FOUND, ERRORS = range(4)


def day_of_minute(minute: int) -> int:
    """The province's day."""
    return (minute + PROVINCE_MINUTES) // DAY_MINUTES


def minute_of_day(minute: int) -> int:
    return (minute + PROVINCE_MINUTES) % DAY_MINUTES


class Ring:
    """``minute`` is the latest that was counted; ``ten``, ``hour`` and ``day`` count up to and with it."""

    __slots__ = ("_counts", "day", "hour", "minute", "ten", "today")

    def __init__(self, minute: int) -> None:
        self.minute, self.today = minute, day_of_minute(minute)
        self.ten = self.hour = self.day = 0
        self._counts = array("I", bytes(4 * 4 * HOUR))

    def add(self, minute: int, kind: int = ALL, without_case: bool = False, times: int = 1) -> bool:
        """Counts a look-up; ``kind`` is what came of it. False where it is too late to be judged."""
        head = self.minute
        if minute > head:
            self.advance(minute)
            head = minute
        elif minute <= head - HOUR:
            return False
        counts, place = self._counts, (minute % HOUR) * 4
        counts[place] += times
        if without_case:
            counts[place + 1] += times
        if kind:
            counts[place + kind] += times
        self.hour += times
        if minute > head - TEN:
            self.ten += times
        if day_of_minute(minute) == self.today:
            self.day += times
        return True

    def advance(self, minute: int) -> None:
        """Lets time pass up to and with the minute."""
        head = self.minute
        if minute <= head:
            return
        counts = self._counts
        if minute - head >= HOUR:
            self._counts = array("I", bytes(4 * 4 * HOUR))
            self.ten = self.hour = 0
        else:
            for one in range(head + 1, minute + 1):
                self.ten -= counts[((one - TEN) % HOUR) * 4]
                place = (one % HOUR) * 4
                self.hour -= counts[place]
                counts[place] = counts[place + 1] = counts[place + 2] = counts[place + 3] = 0
        self.minute = minute
        today = day_of_minute(minute)
        if today != self.today:
            self.today, self.day = today, sum(self.last(HOUR, ALL, since=today * DAY_MINUTES - PROVINCE_MINUTES))

    def last(self, minutes: int, kind: int = ALL, since: int = 0) -> list[int]:
        """The counts of so many minutes, the earliest first; none before ``since``."""
        counts, head = self._counts, self.minute
        return [counts[(one % HOUR) * 4 + kind] for one in range(max(head - minutes + 1, since), head + 1)]

    def sum(self, minutes: int, kind: int = ALL) -> int:
        return sum(self.last(minutes, kind))

    def begin(self, minutes: int, above: float) -> int:
        """The first minute of those in which more than so many were counted; the latest where none was."""
        found = self.last(minutes)
        return next((self.minute - minutes + 1 + n for n, count in enumerate(found) if count > above), self.minute)

    @classmethod
    def of(cls, minute: int, rows: Iterable[tuple[int, int, int, int, int]], day: int) -> "Ring":
        """Of stored counts up to the minute; ``day`` is what the whole day has come to."""
        ring = cls(minute)
        for at, lookups, without_case, not_found, errors in rows:
            place = (at % HOUR) * 4
            if not minute - HOUR < at <= minute:
                continue
            for kind, amount in enumerate((lookups, without_case, not_found, errors)):
                ring._counts[place + kind] += amount
        ring.hour, ring.ten, ring.day = ring.sum(HOUR), ring.sum(TEN), day
        return ring
