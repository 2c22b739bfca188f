"""A key means what it meant on its day: 26041 was Phường Trung Dũng until 30/6/2025 and is Phường Trấn Biên since.
Over a period in which it changed they are two units, each with the figures of its own days.

What is open now belongs to the unit that has the key, and is not taken apart. A level is of the unit whose the key was
on the day measured, and stands until that unit ends (database view ``unit_end``).
"""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeVar

from dashboards.periods import ALL, Period, PeriodName, between
from dashboards.readers.database import Connection
from dashboards.readers.queries import query
from dashboards.unit_keys import former, parted

_DAY = timedelta(days=1)
Counted = TypeVar("Counted")


async def changed(conn: Connection, period: Period) -> dict[str, list[date]]:
    """The keys that became another unit's within the period, and the first days of those units."""
    asked = {"first": period.first, "last": period.last}
    found: defaultdict[str, list[date]] = defaultdict(list)
    for key, day in await (await conn.execute(query("unit_changed_keys"), asked)).fetchall():
        found[key].append(day)
    return found


def spans(period: Period, days: list[date]) -> Iterator[tuple[Period, date | None]]:
    """The days of the period of each unit that had the key; of a former one with its last day."""
    first = period.first
    for day in days:
        yield between(first, day - _DAY), day - _DAY
        first = day
    yield between(first, period.last), None


async def by_unit(
    conn: Connection, period: Period, read: Callable[[Period], Awaitable[dict[str, Counted]]]
) -> dict[str, Counted]:
    """What is counted over the period by unit: of a key that became another unit's in it each unit by itself, the
    former ones under :func:`dashboards.unit_keys.former`."""
    found = await read(period)
    if not found:
        return found
    of_span: dict[Period, dict[str, Counted]] = {}
    for key, days in (await changed(conn, period)).items():
        if key not in found:
            continue
        before: dict[str, Counted] = {}
        for span, until in spans(period, days):
            if until is None and not before:  # nothing was counted of a former unit
                continue
            if span not in of_span:
                of_span[span] = await read(span)
            counted = of_span[span].get(key)
            if until is not None and counted is not None:
                before[former(key, until)] = counted
            elif until is None:
                found.pop(key)
                found |= before if counted is None else {**before, key: counted}
    return found


async def asked(conn: Connection, period: Period, unit: str | None) -> tuple[Period, str | None]:
    """The days of a unit within the period, and its key: those on which the key was this unit's."""
    if not unit:
        return period, unit
    key, until = parted(unit)
    changes = (await changed(conn, replace(ALL, last=period.last))).get(key, [])
    if until is not None:
        changes = (await changed(conn, ALL)).get(key, [])
        if until + _DAY not in changes:  # a key of a source that only looks so
            return period, unit
        since = max((day for day in changes if day <= until), default=None)
        last = until if period.last is None else min(period.last, until)
        return Period(PeriodName.BETWEEN, _later(period.first, since), last), key
    return (replace(period, first=_later(period.first, changes[-1])) if changes else period), unit


async def standing(conn: Connection, period: Period, unit: str | None) -> tuple[date | None, str | None]:
    """The day of which the levels of a unit are asked (no bound: ``None``), and its key. Those of a former unit do not
    stand when it has ended by the period's end: then ``date.min``, by which nothing was measured."""
    days, key = await asked(conn, period, unit)
    none = days.first is not None and days.last is not None and days.last < days.first
    return (date.min if none or days.last != period.last else days.last), key


def _later(first: date | None, since: date | None) -> date | None:
    return since if first is None else first if since is None else max(first, since)
