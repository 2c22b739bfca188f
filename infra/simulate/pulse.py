"""What keeps a demo in motion where the simulated province says nothing for a while: looks at its systems at any hour,
and while offices are open a source that sends its last record again. Pure; no figure but the number of looks and of
records sent twice depends on it.
"""

from collections.abc import Iterator

from infra.simulate.calendar import day_at, office, seconds_of
from infra.simulate.platform import LATENCY, SLOW_MS, SYSTEMS, outage, owner
from infra.simulate.telling import event
from schemas.province import as_date

ANYTHING_S = 3  # after so long without an event a system is looked at
CASES_S = 12  # after so long without a record of a case the last is sent again
OPEN_S = (7 * 3_600, 17 * 3_600)  # of a working day, lunch too


class Pulse:
    """Told of everything that is sent, it says what is missing."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._any = self._cases = 0
        self._last: tuple[bytes, bytes] | None = None
        self._number = 0

    def sent(self, topic: str, at: int, key: bytes, value: bytes) -> None:
        self._any = max(self._any, at)
        if topic == "cases":
            self._cases, self._last = at, (key, value)

    def missing(self, now: int) -> Iterator[tuple[str, bytes, bytes]]:
        """Topic, key and value of what is to be sent now, in seconds since the epoch."""
        if self._last is not None and now - self._cases >= CASES_S and _open(now):
            self._cases = now
            yield ("cases", *self._last)
        if now - self._any >= ANYTHING_S:
            self._any = now
            yield self._look(now)

    def _look(self, now: int) -> tuple[str, bytes, bytes]:
        """At the next system that is well all day: a look that finds it so."""
        day = day_at(now)
        while True:
            self._number += 1
            system = SYSTEMS[self._number % len(SYSTEMS)]
            if outage(self._seed, system, day) == (0, 0):
                break
        subject = f"{system}/{as_date(day).isoformat()}T{(now - seconds_of(day)) // 3_600:02d}"
        unit = owner(system)
        of_unit = f',"unit":"{unit}"' if unit is not None else ""
        latency = min(LATENCY[now % len(LATENCY)], SLOW_MS - 1)
        said = f'{{"system":"{system}"{of_unit},"reachable":true,"latency_ms":{latency}}}'
        return "platform", subject.encode(), event("system.measured", f"pulse.{now:x}", subject, now, said)


def _open(now: int) -> bool:
    day = day_at(now)
    return office().is_working(day) and OPEN_S[0] <= now - seconds_of(day) < OPEN_S[1]
