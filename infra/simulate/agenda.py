"""What was decided long before its day: tasks, campaigns, limits, milestones. Each fact is told on its own day; what
lies before the first day that is played is told on that one, with its own earlier time."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import Any, NamedTuple

import msgspec

from infra.simulate.calendar import seconds_of

_encode = msgspec.json.Encoder().encode
Counted = tuple[str, str, str]  # counter, unit, part


def written(data: dict[str, Any]) -> str:
    """As JSON, without what is not known."""
    return _encode({name: value for name, value in data.items() if value is not None}).decode()


class Planned(NamedTuple):
    """One fact. ``name`` is its type without version. ``counts``: what it adds to the truth, on its day."""

    at: int
    name: str
    subject: str
    data: str
    unit: str | None = None
    wrong: str | None = None
    counts: tuple[Counted, ...] = ()


class Agenda:
    """Facts in order of time."""

    def __init__(self, facts: Iterable[Planned], first: int) -> None:
        self._facts = sorted(facts, key=attrgetter("at", "subject"))
        self._times = [fact.at for fact in self._facts]
        self._first = first

    def of(self, day: int) -> Iterator[Planned]:
        """Those to be told on the day."""
        begin = 0 if day == self._first else bisect_left(self._times, seconds_of(day))
        yield from self._facts[begin : bisect_left(self._times, seconds_of(day + 1))]
