"""What a span changes in the rollups: new contributions minus stored ones, added up per grain. Pure."""

from schemas.counters import COUNTER_INDEX, FLOW_COUNTERS
from schemas.province import as_date, day_number
from schemas.state import Contribution

_WIDTH = len(FLOW_COUNTERS)
Key = tuple[str | int, ...]
Sums = dict[Key, list[int]]

_month_of: dict[int, int] = {}


def month_of(day: int) -> int:
    """The first day of the day's month, both as days since 1970-01-01."""
    month = _month_of.get(day)
    if month is None:
        if len(_month_of) > 100_000:  # a bound, should dates ever come from everywhere
            _month_of.clear()
        month = _month_of[day] = day_number(as_date(day).replace(day=1))
    return month


class Delta:
    """Sums of differences, one dict a rollup of cases: key → amounts in the order of ``FLOW_COUNTERS``."""

    def __init__(self) -> None:
        self.unit_day: Sums = {}
        self.procedure_day: Sums = {}
        self.unit_procedure_month: Sums = {}

    def replace(self, old: Contribution, new: Contribution) -> None:
        """One case added ``old`` so far and adds ``new`` from now on."""
        before, after = set(old.rows), set(new.rows)
        if old.procedure != new.procedure or old.channel != new.channel:
            self._add(old, old.rows, -1)
            self._add(new, new.rows, 1)
        else:
            self._add(old, before - after, -1)
            self._add(new, after - before, 1)

    def _add(
        self, of: Contribution, rows: set[tuple[str, int, str, int]] | tuple[tuple[str, int, str, int], ...], sign: int
    ) -> None:
        procedure, channel = of.procedure, of.channel
        for unit, day, counter, amount in rows:
            index = COUNTER_INDEX[counter]
            change = sign * amount
            for sums, key in (
                (self.unit_day, (unit, day, channel)),
                (self.procedure_day, (procedure, day, channel)),
                (self.unit_procedure_month, (unit, procedure, month_of(day))),
            ):
                row = sums.get(key)
                if row is None:
                    row = sums[key] = [0] * _WIDTH
                row[index] += change

    def of(self, name: str) -> Sums:
        """The rollup's rows that change, without those in which everything cancels out."""
        sums: Sums = getattr(self, name)
        return {key: row for key, row in sums.items() if any(row)}
