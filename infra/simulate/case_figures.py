"""The true figures of cases: flat arrays of one day or month each, because a year has thirteen million facts."""

from array import array
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from infra.simulate.calendar import day_at
from infra.simulate.procedures import all_codes
from infra.simulate.province import codes
from infra.simulate.truth import TruthRow
from schemas.cases import Channel
from schemas.counters import COUNTER, FLOW_COUNTERS
from schemas.province import as_date, day_number

UNIT_DAY, PROCEDURE_DAY, UNIT_PROCEDURE_MONTH = (
    "case_by_unit_day",
    "case_by_procedure_day",
    "case_by_unit_procedure_month",
)
OPEN = "case_open"
FIGURES = (UNIT_DAY, PROCEDURE_DAY, UNIT_PROCEDURE_MONTH, OPEN)
# What rules judge is not known here, but for what was decided to break one of those that come with the project.
BREACHES = (
    "repeated_supplements",
    "second_extensions",
    "extensions_without_letter",
    "refused_without_reason",
    "accepted_late",
)
KNOWN = tuple(name for name in FLOW_COUNTERS if not COUNTER[name].judged or name in BREACHES)
CHANNELS = ("", *(str(channel) for channel in Channel))
COUNTERS = len(FLOW_COUNTERS)
_A_UNIT = len(CHANNELS) * COUNTERS


@cache
def month_of(day: int) -> int:
    return day_number(as_date(day).replace(day=1))


class CaseFigures:
    """Units, procedures and channels by their numbers in ``codes()``, ``all_codes()`` and ``CHANNELS``."""

    def __init__(self, until: int) -> None:
        self.until = until
        units, self._procedures = len(codes()), len(all_codes())
        by_unit = array("i", [0]) * (units * _A_UNIT)
        by_procedure = array("i", [0]) * (self._procedures * _A_UNIT)
        by_both = array("i", [0]) * (units * self._procedures * COUNTERS)
        self._unit_day: dict[int, array[int]] = defaultdict(lambda: by_unit[:])
        self._procedure_day: dict[int, array[int]] = defaultdict(lambda: by_procedure[:])
        self._month: dict[int, array[int]] = defaultdict(lambda: by_both[:])
        self._open: dict[tuple[int, int, str], int] = defaultdict(int)
        self.gaps: list[TruthRow] = []  # case by case, of any month

    def add(self, counter: int, unit: int, procedure: int, channel: int, at: int) -> None:
        """One more on the day of that moment (which lies before ``until``)."""
        day = day_at(at)
        place = channel * COUNTERS + counter
        self._unit_day[day][unit * _A_UNIT + place] += 1
        self._procedure_day[day][procedure * _A_UNIT + place] += 1
        self._month[month_of(day)][(unit * self._procedures + procedure) * COUNTERS + counter] += 1

    def add_open(self, unit: int, channel: int, *, overdue: bool) -> None:
        """A case that is open when the span ends."""
        self._open[unit, channel, "open"] += 1
        if overdue:
            self._open[unit, channel, "overdue"] += 1

    def closed(self, before: int | None) -> Iterator[TruthRow]:
        """Takes out the rows of all days and months that end before that day; all of them with ``None``."""
        for figure, held, names in (
            (UNIT_DAY, self._unit_day, codes()),
            (PROCEDURE_DAY, self._procedure_day, all_codes()),
        ):
            for day in _past(held, before):
                slot = as_date(day).isoformat()
                for place, amount in enumerate(held.pop(day)):
                    if amount:
                        name, rest = divmod(place, _A_UNIT)
                        channel, counter = divmod(rest, COUNTERS)
                        yield TruthRow(figure, FLOW_COUNTERS[counter], names[name], CHANNELS[channel], slot, amount)
        for month in _past(self._month, None if before is None else month_of(before)):
            slot = as_date(month).isoformat()
            for place, amount in enumerate(self._month.pop(month)):
                if amount:
                    pair, counter = divmod(place, COUNTERS)
                    unit, procedure = divmod(pair, self._procedures)
                    both = (codes()[unit], all_codes()[procedure])
                    yield TruthRow(UNIT_PROCEDURE_MONTH, FLOW_COUNTERS[counter], *both, slot, amount)
        yield from self.gaps
        self.gaps.clear()
        if before is None:
            slot = as_date(day_at(self.until)).isoformat()
            for (unit, channel, name_of), amount in sorted(self._open.items()):
                yield TruthRow(OPEN, name_of, codes()[unit], CHANNELS[channel], slot, amount)


def _past(held: dict[int, "array[int]"], before: int | None) -> list[int]:
    return sorted(day for day in held if before is None or day < before)
