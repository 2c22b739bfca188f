"""Every counter of every domain but cases, in total or by unit, part or day."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial
from typing import Any, NamedTuple

from dashboards.periods import Period, is_over
from dashboards.readers import lookup_days, unit_days
from dashboards.readers.database import Connection
from dashboards.readers.figures import NO_FILTERS, Filters
from dashboards.readers.queries import query
from dashboards.unit_keys import parted
from schemas.contracts import DOMAINS
from schemas.counter_kinds import SOON_DAYS, Counter, Kind
from schemas.domain import Domain
from schemas.lookups import LOOKUP

SOON = timedelta(days=SOON_DAYS)
# A portal's levels are components and kinds of period: a sum over these (a month and its year) means nothing.
LEVELS_OF_A_PART_ONLY = frozenset({"portal"})


class DomainBy(StrEnum):
    TOTAL = "total"
    UNIT = "unit"
    PART = "part"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class DomainRow:
    """``key``: unit (a former one as :mod:`dashboards.unit_keys` says), part or YYYY-MM-DD, ``""`` in total. ``counts``
    holds every counter of the domain; ``None`` where an amount would add up what does not add, of this moment in a
    period that is over or of a former unit, and a level of one unit of which none stands."""

    key: str
    counts: dict[str, int | None]


class Cell(NamedTuple):
    """What one counter comes to in one unit and part."""

    counter: str
    unit: str
    part: str
    amount: int


def counters_of(domain: Domain, kind: Kind) -> list[str]:
    return [counter.name for counter in domain.counters if counter.kind is kind]


def counter_of(domain: Domain, name: str) -> Counter:
    """``KeyError`` for a counter that the domain does not have."""
    found = next((counter for counter in domain.counters if counter.name == name), None)
    if found is None:
        raise KeyError(name)
    return found


async def read(
    conn: Connection,
    as_of: datetime,
    domain: Domain,
    period: Period,
    by: DomainBy = DomainBy.TOTAL,
    filters: Filters = NO_FILTERS,
) -> tuple[DomainRow, ...]:
    """The rows in the order of their keys; only keys with something to count, but in total always one row.

    The period bounds the flows. A level is of its last day up to the period's end, if its unit has not ended in between
    (:func:`dashboards.readers.unit_days.standing`). Counters of this moment are of ``as_of`` whatever the period, only
    by day they stand on the days of opening within it; in a period that is over they do not stand, where they would
    move while nothing happens.
    """
    found = await _grouped(conn, as_of, domain, period, by.value, filters)
    unknown = dict.fromkeys(counters_of(domain, Kind.LEVEL) if by is DomainBy.UNIT or filters.unit is not None else ())
    counts: defaultdict[str, dict[str, int | None]] = defaultdict(lambda: _nothing(domain) | unknown)
    if by is DomainBy.TOTAL:
        counts[""] = _nothing(domain) | unknown
    for (counter, unit, part), amount in found.items():
        counts[unit if by is DomainBy.UNIT else part][counter] = amount
    if domain.name in LEVELS_OF_A_PART_ONLY and by is not DomainBy.PART and filters.part is None:
        for row in counts.values():
            row.update(dict.fromkeys(counters_of(domain, Kind.LEVEL)))
    if is_over(period, as_of):
        for row in counts.values():
            row.update(dict.fromkeys(counters_of(domain, Kind.NOW)))
    if by is DomainBy.UNIT:
        for key in filter(lambda key: parted(key)[1] is not None, counts):
            counts[key].update(dict.fromkeys(counters_of(domain, Kind.NOW)))
    return tuple(DomainRow(key, counts[key]) for key in sorted(counts))


async def total(
    conn: Connection, as_of: datetime, domain: Domain, period: Period, filters: Filters = NO_FILTERS
) -> dict[str, int | None]:
    """Every counter in total."""
    return (await read(conn, as_of, domain, period, DomainBy.TOTAL, filters))[0].counts


async def cells(
    conn: Connection, as_of: datetime, domain: Domain, period: Period, filters: Filters = NO_FILTERS
) -> tuple[Cell, ...]:
    """All counters by unit and part at once, so that every tile of a screen adds up from the same rows."""
    found = await _grouped(conn, as_of, domain, period, "cell", filters)
    return tuple(Cell(*key, amount) for key, amount in found.items() if amount is not None)


async def next_due(conn: Connection, as_of: datetime, names: Iterable[str]) -> datetime | None:
    """When a counter of this moment of these domains next changes by the clock alone."""
    pairs = {
        (name, standing)
        for name in names
        for c in DOMAINS[name].counters
        if c.due is not None
        for standing in c.standings
    }
    parameters = {
        "domains": [name for name, _ in pairs],
        "standings": [standing for _, standing in pairs],
        "as_of": as_of,
        "soon": as_of + SOON,
    }
    row = await (await conn.execute(query("domain_next_due"), parameters)).fetchone()
    return row[0] if row is not None else None


def _nothing(domain: Domain) -> dict[str, int | None]:
    return dict.fromkeys((counter.name for counter in domain.counters), 0)


Amounts = dict[tuple[str, str, str], int | None]  # by counter, unit and part


async def _grouped(
    conn: Connection, as_of: datetime, domain: Domain, period: Period, by: str, filters: Filters
) -> Amounts:
    if domain.name == LOOKUP.name:
        looked_up = partial(_looked_up, conn, by, filters)
        return {cell[:3]: cell.amount for cell in await _of_units(conn, period.on(filters.day), by, filters, looked_up)}
    now = [
        (c.name, standing, c.due)
        for c in domain.counters
        if c.kind is Kind.NOW and not is_over(period, as_of)
        for standing in c.standings
    ]
    days = period.on(filters.day)
    bounds = {"first": days.first, "last": days.last, "unit": filters.unit}
    common: Mapping[str, Any] = {"domain": domain.name, "by": by, **bounds, "part": filters.part}
    found: Amounts = {}
    if flows := counters_of(domain, Kind.FLOW):
        read = partial(_flows, conn, {**common, "counters": flows})
        for cell in await _of_units(conn, days, by, filters, read):
            found[cell[:3]] = cell.amount
    if levels := counters_of(domain, Kind.LEVEL):
        found |= await _levels(conn, {**common, "counters": levels}, by, days, filters.unit)
    if now:
        moment = {"as_of": as_of, "soon": as_of + SOON, "day": filters.day, "first": period.first, "last": period.last}
        names, standings, dues = (list(column) for column in zip(*now, strict=True))
        parameters = {**common, **moment, "counters": names, "standings": standings, "dues": dues}
        for counter, unit, part, amount in await (await conn.execute(query("domain_now"), parameters)).fetchall():
            key = counter, unit, part
            found[key] = (found.get(key) or 0) + amount  # a counter of two standings comes twice
    return found


async def _levels(conn: Connection, common: Mapping[str, Any], by: str, period: Period, unit: str | None) -> Amounts:
    """``None`` on a day on which none stands any more. Of a former unit they are under its own name."""
    if by == DomainBy.DAY:
        days, key = await unit_days.asked(conn, period, unit)
        bounds = {"first": days.first, "last": days.last, "until": period.last, "unit": key}
        rows = await (await conn.execute(query("domain_levels_by_day"), {**common, **bounds})).fetchall()
    else:
        last, key = await unit_days.standing(conn, period, unit)
        rows = await (await conn.execute(query("domain_levels"), {**common, "last": last, "unit": key})).fetchall()
    return {(counter, unit if unit and of else of, part): amount for counter, of, part, amount in rows}


Cells = list[Cell]


async def _of_units(
    conn: Connection, days: Period, by: str, filters: Filters, read: Callable[[Period, str | None], Awaitable[Cells]]
) -> Cells:
    """Cells of what happened on these days, by whose the keys were then; ``read``: of days and a key."""
    if by not in ("unit", "cell") or filters.unit is not None:
        of_unit, key = await unit_days.asked(conn, days, filters.unit)
        cells = await read(of_unit, key)
        return cells if by not in ("unit", "cell") else [cell._replace(unit=filters.unit or "") for cell in cells]

    async def grouped(part: Period) -> dict[str, Cells]:
        units: defaultdict[str, Cells] = defaultdict(list)
        for cell in await read(part, None):
            units[cell.unit].append(cell)
        return units

    units = await unit_days.by_unit(conn, days, grouped)
    return [cell._replace(unit=unit) for unit, cells in units.items() for cell in cells]


async def _flows(conn: Connection, common: Mapping[str, Any], days: Period, unit: str | None) -> Cells:
    parameters = {**common, "first": days.first, "last": days.last, "unit": unit}
    return [Cell(*row) for row in await (await conn.execute(query("domain_flows"), parameters)).fetchall()]


async def _looked_up(conn: Connection, by: str, filters: Filters, days: Period, unit: str | None) -> Cells:
    return [Cell(*row) for row in await lookup_days.grouped(conn, days, by, replace(filters, unit=unit))]
