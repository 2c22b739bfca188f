"""Every counter of the registry, in total or by unit, channel, day or procedure."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from psycopg.rows import dict_row

from dashboards.periods import Period, is_over
from dashboards.readers import unit_days
from dashboards.readers.database import Connection
from dashboards.readers.queries import query
from dashboards.unit_keys import parted
from schemas.case_counters import CASE_COUNTERS
from schemas.counters import FLOW_COUNTERS, NOW_COUNTERS


class By(StrEnum):
    TOTAL = "total"
    UNIT = "unit"
    CHANNEL = "channel"
    DAY = "day"
    PROCEDURE = "procedure"


@dataclass(frozen=True, slots=True)
class Filters:
    """What part of the cases is asked for; ``None`` is no filter, ``""`` is "none named".

    ``unit``: the accepting unit, for steps the unit that did them. ``day``: of the event, for counters of this moment
    the day of acceptance. ``due_before`` only narrows the counters of this moment: to the cases not yet overdue whose
    deadline lies before it. ``part`` is the second way in which a domain is taken apart (sector, plan, system, …), and
    with ``unit`` and ``day`` all that figures of domains other than cases know.
    """

    unit: str | None = None
    channel: str | None = None
    procedure: str | None = None
    part: str | None = None
    day: date | None = None
    due_before: datetime | None = None


NO_FILTERS = Filters()


@dataclass(frozen=True, slots=True)
class FigureRow:
    """``key``: unit (a former one as :mod:`dashboards.unit_keys` says), channel, procedure or YYYY-MM-DD, ``""`` in
    total. ``counts`` holds every counter; of a period that is over, or a former unit, every flow."""

    key: str
    counts: dict[str, int]


class Grain(StrEnum):
    """The tables that can answer, the cheapest first; ``CASES`` can answer anything."""

    UNIT_DAY = "flows_unit_day"
    PROCEDURE_DAY = "flows_procedure_day"
    UNIT_PROCEDURE_MONTH = "flows_unit_procedure_month"
    CASES = "flows_cases"


def grain(by: By, period: Period, filters: Filters) -> Grain:
    """The cheapest grain that knows all that is asked for."""
    unit = by is By.UNIT or filters.unit is not None
    procedure = by is By.PROCEDURE or filters.procedure is not None
    if not procedure:
        return Grain.UNIT_DAY
    if not unit:
        return Grain.PROCEDURE_DAY
    finer = by in (By.CHANNEL, By.DAY) or filters.channel is not None
    return Grain.CASES if finer or not period.whole_months else Grain.UNIT_PROCEDURE_MONTH


async def read(
    conn: Connection, as_of: datetime, period: Period, by: By = By.TOTAL, filters: Filters = NO_FILTERS
) -> tuple[FigureRow, ...]:
    """The rows in the order of their keys; only keys with something to count, but in total always one row.

    The period bounds the flows. Counters of this moment (open, overdue) are of ``as_of`` whatever the period, only by
    day they are shown on the days of acceptance within it; in a period that is over they do not stand, where they would
    move while nothing happens.
    """
    over = is_over(period, as_of)
    counted = FLOW_COUNTERS if over else NAMES
    counts: defaultdict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(counted, 0))
    if by is By.TOTAL:
        counts[""] = dict.fromkeys(counted, 0)
    for key, amounts in (await _flows(conn, period.on(filters.day), by, filters)).items():
        if by is By.UNIT and parted(key)[1] is not None:
            counts[key] = dict.fromkeys(FLOW_COUNTERS, 0)
        counts[key].update(amounts)
    if not over:
        for key, amounts in (await _now(conn, as_of, period, by, filters)).items():
            counts[key].update(amounts)
    return tuple(FigureRow(key, counts[key]) for key in sorted(counts))


async def total(conn: Connection, as_of: datetime, period: Period, filters: Filters = NO_FILTERS) -> dict[str, int]:
    """Every counter in total."""
    return (await read(conn, as_of, period, By.TOTAL, filters))[0].counts


async def flow(conn: Connection, counter: str, period: Period, filters: Filters = NO_FILTERS) -> int:
    """One flow counter in total, without those of this moment."""
    found = await _flows(conn, period.on(filters.day), By.TOTAL, filters)
    return found.get("", {}).get(counter, 0)


def busiest(rows: Iterable[FigureRow]) -> list[FigureRow]:
    """Those with most that is finished or open first."""
    return sorted(rows, key=lambda row: (-row.counts["finished"] - row.counts.get("open", 0), row.key))


NAMES = tuple(counter.name for counter in CASE_COUNTERS)


async def _flows(conn: Connection, period: Period, by: By, filters: Filters) -> dict[str, dict[str, int]]:
    if by is By.UNIT and filters.unit is None:
        return await unit_days.by_unit(conn, period, lambda days: _grouped(conn, days, by, filters, None))
    days, unit = await unit_days.asked(conn, period, filters.unit)
    found = await _grouped(conn, days, by, filters, unit)
    if by is By.UNIT and unit != filters.unit:  # a former one, of which no other key is counted
        return {filters.unit or "": found[unit]} if unit in found else {}
    return found


async def _grouped(
    conn: Connection, period: Period, by: By, filters: Filters, unit: str | None
) -> dict[str, dict[str, int]]:
    parameters = {
        "by": by.value,
        "first": period.first,
        "last": period.last,
        "unit": unit,
        "channel": filters.channel,
        "procedure": filters.procedure,
    }
    chosen = grain(by, period, filters)
    if chosen is Grain.CASES:
        cursor = await conn.execute(query(chosen), parameters)
        found: defaultdict[str, dict[str, int]] = defaultdict(dict)
        for key, counter, amount in await cursor.fetchall():
            found[key][counter] = amount
        return found
    async with conn.cursor(row_factory=dict_row) as rows:
        await rows.execute(query(chosen), parameters)
        return {row.pop("key"): row async for row in rows}


async def _now(
    conn: Connection, as_of: datetime, period: Period, by: By, filters: Filters
) -> dict[str, dict[str, int]]:
    parameters = {
        "by": by.value,
        "as_of": as_of,
        "first": period.first,
        "last": period.last,
        "unit": filters.unit,
        "channel": filters.channel,
        "procedure": filters.procedure,
        "day": filters.day,
        "due_before": filters.due_before,
    }
    cursor = await conn.execute(query("now"), parameters)
    return {key: dict(zip(NOW_COUNTERS, amounts, strict=True)) for key, *amounts in await cursor.fetchall()}
