"""What the simulated province is made of: units by date, the procedures of each, and how much of each there is."""

from bisect import bisect
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from infra.simulate.calendar import reference
from infra.simulate.chance import Weighted, chance
from infra.simulate.procedures import SimulatedProcedure, of_unit, work_of
from schemas.province import day_number
from schemas.reference.rows import Tier
from schemas.reference.rows import Unit as Row

MERGED = "so-nong-nghiep-va-moi-truong"  # since it is there, the departments are those of 2025's mergers
SHARES = {Tier.COMMUNE: 0.55, Tier.DISTRICT: 0.15, Tier.DEPARTMENT: 0.30}


@dataclass(frozen=True, slots=True)
class SimulatedUnit:
    """``number`` is its place among all units of all times. ``prefix`` is its part of a case code; simulated, since the
    codes under H19 are not public. ``slowness`` 1: as planned. ``exact``: it writes deadlines to the minute."""

    number: int
    code: str
    tier: Tier
    prefix: str
    weight: float
    slowness: float
    exact: bool
    procedures: tuple[SimulatedProcedure, ...]
    choice: Weighted


@dataclass(frozen=True, slots=True)
class Epoch:
    """The units from one day until the next change: ``units`` are those that take cases, ``choice`` draws one of them;
    ``codes`` are all of a tier."""

    first: int
    units: tuple[SimulatedUnit, ...]
    choice: Weighted
    codes: Mapping[Tier, tuple[str, ...]]

    def of(self, tier: Tier) -> tuple[SimulatedUnit, ...]:
        return tuple(unit for unit in self.units if unit.tier is tier)


@cache
def codes() -> tuple[str, ...]:
    """Every unit that ever was, in a fixed order; the first is "none named"."""
    return ("", *sorted({placed.row.code for placed in reference().units if placed.row.tier is not Tier.PROVINCE}))


@cache
def epochs() -> tuple[Epoch, ...]:
    """Every state of the province that the reference data know, in order of time."""
    rows = [placed.row for placed in reference().units if placed.row.tier is not Tier.PROVINCE]
    starts = {row.valid_from for row in rows}
    starts |= {row.valid_to + timedelta(days=1) for row in rows if row.valid_to is not None}
    return tuple(_epoch(start, [row for row in rows if row.valid_on(start)]) for start in sorted(starts))


def epoch_of(day: int) -> Epoch:
    """The units of a day; before the first that are known, those."""
    known = epochs()
    return known[max(0, bisect([epoch.first for epoch in known], day) - 1)]


def _epoch(start: date, rows: list[Row]) -> Epoch:
    districts = any(row.tier is Tier.DISTRICT for row in rows)
    merged = any(row.code == MERGED for row in rows)
    made = []
    for tier, share in SHARES.items():
        # Without districts their work is the communes' (Nghị quyết 1662/NQ-UBTVQH15).
        share += SHARES[Tier.DISTRICT] if tier is Tier.COMMUNE and not districts else 0
        of_tier = [(row, _weight(row, merged=merged)) for row in rows if row.tier is tier]
        whole = sum(weight for _, weight in of_tier) or 1.0
        made += [_unit(row, weight / whole * share, districts=districts, merged=merged) for row, weight in of_tier]
    made = [unit for unit in made if unit.procedures]
    named = {tier: tuple(row.code for row in rows if row.tier is tier) for tier in SHARES}
    return Epoch(day_number(start), tuple(made), Weighted([unit.weight for unit in made]), named)


def _weight(row: Row, *, merged: bool) -> float:
    if row.tier is Tier.DEPARTMENT:
        return work_of(row.code, merged=merged)
    return chance("weight", row.code).lognormvariate(0, 0.6)


def _unit(row: Row, weight: float, *, districts: bool, merged: bool) -> SimulatedUnit:
    traits = chance("traits", row.code)
    number = codes().index(row.code)
    made = of_unit(row.code, row.tier, districts=districts, merged=merged)
    return SimulatedUnit(
        number=number,
        code=row.code,
        tier=row.tier,
        prefix=f"{number:03d}.00.06.H19",
        weight=weight,
        slowness=0.75 + 0.5 * traits.random() ** 2,
        exact=traits.random() < 0.5,
        procedures=made,
        choice=Weighted([procedure.weight for procedure in made] or [1.0]),
    )
