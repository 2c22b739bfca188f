"""Quyết định 766: what each unit's components count over a period, their points, and the cases behind.

Counted from the province's own events where they carry it; else what the national portal has published for the
period, or last before its end (``ioc.portal``). What neither says is not known, which is not 0.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

from psycopg.rows import class_row

from dashboards.periods import Period
from dashboards.readers import reference, score_counts
from dashboards.readers.database import Connection
from dashboards.readers.queries import query
from dashboards.readers.score_counts import OF_CASES, PROVINCE, Figure, end_of, figures_of
from schemas.rules.decision_766 import COMPONENT, Reading, Score, score
from schemas.rules.score_flags import BIT

Granted = Mapping[Any, frozenset[str]]  # by tier
NOTHING_GRANTED: Granted = {}
LISTED = (*OF_CASES, "PROGRESS")


@dataclass(frozen=True)
class UnitScore:
    """``unit`` is ``None`` for all units together, ``""`` for the one that no case names. ``rank`` is among units of
    the same tier that have counted anything, 1 the best; ``None`` where the tier is not known."""

    unit: str | None
    tier: str | None
    figures: Mapping[str, Figure]
    score: Score
    rank: int | None = None
    ranked: int | None = None

    @cached_property
    def lacking(self) -> dict[str, int]:
        """How many cases stand between each component and its maximum."""
        return {
            code: self.figures[code].counted.whole - self.figures[code].counted.part
            for code in LISTED
            if code in self.figures
        }


@dataclass(frozen=True, slots=True)
class LackingCase:
    """One case that the whole of a component has and its part has not."""

    subject: str
    unit: str
    procedure: str
    accepted_at: datetime | None
    due_766: datetime | None
    ended_at: datetime | None
    last_unit: str


async def read(
    conn: Connection,
    as_of: datetime,
    period: Period,
    reading: Reading,
    unit: str | None = None,
    granted: Granted = NOTHING_GRANTED,
) -> tuple[UnitScore, ...]:
    """All units together first, then each in the order of the keys; ``period`` must have a first and a last day.

    ``granted``: by tier, the codes of components that do not apply to it. With ``unit`` only that one is read: it comes
    alone and has no rank.
    """
    counts = await score_counts.read(conn, as_of, period, unit)
    tiers = await _tiers(conn, period, counts.units)
    found = []
    for key in sorted(counts.units, key=lambda name: (name is not None, name or "")):
        if key is None and unit is not None:
            continue
        tier = PROVINCE if key is None else tiers.get(key)
        figures = figures_of(counts, key, tier)
        points = score(
            {code: figure.counted for code, figure in figures.items()},
            reading,
            granted.get(tier or "", frozenset()),
        )
        found.append(UnitScore(key, tier, figures, points))
    return tuple(found) if unit is not None else tuple(ranked(found))


def lowest_first(units: Iterable[UnitScore]) -> list[UnitScore]:
    """The smallest part of what is known first: where to look. A unit of which nothing is known is none."""
    counted = [one for one in units if one.score.points]
    return sorted(counted, key=lambda one: (one.score.total / one.score.possible, one.unit or ""))


def change(now: UnitScore, before: UnitScore | None) -> float | None:
    """Points more than before, of the components that are known both times; ``None`` where none is."""
    both = [] if before is None else [code for code in now.score.points if code in before.score.points]
    if before is None or not both:
        return None
    return sum(now.score.points[code] - before.score.points[code] for code in both)


async def lacking(
    conn: Connection,
    as_of: datetime,
    period: Period,
    code: str,
    unit: str | None = None,
    after: str = "",
    limit: int | None = None,
    offset: int = 0,
) -> tuple[LackingCase, ...]:
    """The cases that a component of :data:`LISTED` lacks, in the order of their codes."""
    async with conn.cursor(row_factory=class_row(LackingCase)) as cursor:
        asked = {**_lacking(as_of, period, code, unit), "after": after, "limit": limit, "offset": offset}
        await cursor.execute(query("score_cases"), asked)
        return tuple(await cursor.fetchall())


async def lacking_count(conn: Connection, as_of: datetime, period: Period, code: str, unit: str | None = None) -> int:
    """How many there are."""
    cursor = await conn.execute(query("score_cases_counted"), _lacking(as_of, period, code, unit))
    row = await cursor.fetchone()
    return 0 if row is None else int(row[0])


def _lacking(as_of: datetime, period: Period, code: str, unit: str | None) -> dict[str, object]:
    if code not in LISTED:
        raise ValueError(f"{COMPONENT[code].label} is not counted by cases")
    flag = OF_CASES.get(code)
    return {
        "progress": flag is None,
        "has": BIT["fee_cases"] if code == "ONLINE_PAYMENT" else 0,
        "lacks": 0 if flag is None else BIT[flag],
        "first": period.first,
        "last": period.last,
        "at": end_of(period, as_of),
        "unit": unit,
    }


async def _tiers(conn: Connection, period: Period, units: Iterable[str | None]) -> dict[str, str]:
    """By the key as the figures spell it; units that the reference does not know have none."""
    day = period.last or date.max
    keys = [unit for unit in units if unit]
    named = await reference.names(conn, "unit", keys, day)
    tiers = {unit.key: unit.tier for unit in await reference.units(conn, day)}
    return {spelt: tiers[one.key] for spelt, one in named.items() if one.key is not None and one.key in tiers}


def ranked(found: list[UnitScore]) -> Iterable[UnitScore]:
    """Equal totals (as they are shown, two decimals) share a rank."""
    by_tier: dict[str, list[float]] = {}
    for one in found:
        if one.tier is not None and one.figures:
            by_tier.setdefault(one.tier, []).append(round(one.score.total, 2))
    for one in found:
        totals = by_tier.get(one.tier or "", [])
        if one.unit is None or one.tier is None or not one.figures:
            yield one
            continue
        rank = 1 + sum(total > round(one.score.total, 2) for total in totals)
        yield replace(one, rank=rank, ranked=len(totals))
