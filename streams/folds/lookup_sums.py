"""What look-ups add to the rollups: counters per key, of single look-ups and of the database's own sums. Pure."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from schemas.lookups import COUNTERS, HISTOGRAM, LATENCY_BOUNDS_MS, account_of
from schemas.province import day_of
from schemas.rollups import UNIT_HOUR, Rollup
from streams.decode import Accepted

HOUR_US = 3_600_000_000  # the province's hours begin with UTC's: it is UTC+7
Key = tuple[str, str, str, str, int]  # (subject, unit, application, channel, beginning of the hour in microseconds)


_NOTHING = [0] * len(UNIT_HOUR.counters)
_OF_RESULT = {"not_found": 2, "mismatch": 3, "error": 4}
_HISTOGRAM = len(COUNTERS)


class LookupSums:
    """Differences of a span."""

    def __init__(self) -> None:
        self._rows: dict[Key, list[int]] = {}

    def add(self, looks: Iterable[Accepted], key_of: Callable[[str, int], str]) -> None:
        """Each of these look-ups counts once, under the key that its unit as it is written has in its hour."""
        rows = self._rows
        for a in looks:
            entry = a.entry
            time, data = entry.time, entry.data
            hour = time - time % HOUR_US
            key = (a.subject, key_of(data.unit, hour), data.application, data.channel, hour)
            row = rows.get(key)
            if row is None:
                row = rows[key] = _NOTHING.copy()
            row[0] += 1
            if data.case is None:
                row[1] += 1
            if data.result != "found":
                row[_OF_RESULT[data.result]] += 1
            if data.channel == "automatic":
                row[5] += 1
            latency = data.latency_ms
            if latency is not None:
                row[6] += latency
                row[7] += 1
                place = bisect_left(LATENCY_BOUNDS_MS, latency)
                if place < len(HISTOGRAM):
                    row[_HISTOGRAM + place] += 1

    def replace(self, before: Sequence[Sequence[Any]], after: Sequence[Sequence[Any]]) -> None:
        """Rows of ``lookup_counted``: the key, then the counters."""
        for found, sign in ((before, -1), (after, 1)):
            for subject, unit, application, channel, hour, *counters in found:
                row = self._rows.setdefault((subject, unit, application, channel, hour), _NOTHING.copy())
                for place, amount in enumerate(counters):
                    row[place] += sign * amount

    def of(self, rollup: Rollup) -> dict[tuple[Any, ...], list[int]]:
        """By the rollup's keys, without what has not changed."""
        sums: dict[tuple[Any, ...], list[int]] = {}
        by_hour, width = rollup is UNIT_HOUR, len(rollup.counters)
        for (subject, unit, application, channel, hour), row in self._rows.items():
            key = (unit, application, channel, hour) if by_hour else (account_of(subject), unit, day_of(hour))
            held = sums.get(key)
            if held is None:
                sums[key] = row[:width]
            else:
                for place in range(width):
                    held[place] += row[place]
        return {key: row for key, row in sums.items() if any(row)}
