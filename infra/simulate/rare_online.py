"""Procedures of which hardly any case comes in online: dealt out evenly over a month instead of drawn, so that the few
cases of a small province show the share too. Pure.
"""

from collections import Counter
from functools import cache

from infra.simulate.calendar import cases_of, office
from infra.simulate.procedures import SimulatedProcedure
from infra.simulate.province import epoch_of
from schemas.province import as_date

RARE = 0.05  # an online share below it


class RareOnline:
    """Of one day."""

    def __init__(self, seed: int, scale: float, day: int) -> None:
        self._seed, self._scale, self._day = seed, scale, day
        self._told = Counter[str]()
        self._may: dict[str, int] = {}

    def online(self, procedure: SimulatedProcedure) -> bool:
        """Whether the next case of the procedure comes in online."""
        code = procedure.code
        if code not in self._may:
            behind, before = self._due(procedure, self._day), self._due(procedure, self._day - 1)
            self._may[code] = behind - (before if as_date(self._day).day > 1 else 0)
        self._told[code] += 1
        return self._told[code] <= self._may[code]

    def _due(self, procedure: SimulatedProcedure, day: int) -> int:
        """How many of the month are to have come in online by the end of the day."""
        cases = sum(
            cases_of(self._seed, one, self._scale)
            for one in range(day - as_date(day).day + 1, day + 1)
            if office().is_working(one)
        )
        return int(cases * _part(self._day, procedure.code) * procedure.share(self._day))


def _part(day: int, code: str) -> float:
    """The part of all cases that are of the procedure."""
    return _part_of(epoch_of(day).first, code)


@cache
def _part_of(first: int, code: str) -> float:
    epoch = epoch_of(first)
    return sum(
        epoch.choice.share(place) * unit.choice.share(number)
        for place, unit in enumerate(epoch.units)
        for number, procedure in enumerate(unit.procedures)
        if procedure.code == code
    )
