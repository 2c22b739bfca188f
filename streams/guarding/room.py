"""What the guards of one worker share: the usual, the limits, the campaigns, the peak. Read anew as time goes by."""

import asyncio
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any

from schemas.lookups import Scope, Window
from schemas.province import as_date, as_datetime, day_of, day_start
from schemas.rules.worktime import WorkTime
from streams.books.book import Connection
from streams.guard.account_rules import GuardGround, LimitsSet
from streams.guard.accounts import MINUTE_US
from streams.guard.announced import Announced, Campaigns
from streams.guard.rings import HOUR
from streams.guard.sums import Sums
from streams.guard.thresholds import GuardThresholds
from streams.guard.usual import DayCounts, Usual
from streams.queries import QUERIES
from streams.rulebook import Rulebook

log = logging.getLogger(__name__)
LEARNED = 60  # days
Row = Sequence[Any]


class GuardRoom:
    """``offset_us``: by how much the province's clock runs ahead of the real time. ``ground`` is ``None`` until the
    past has been read: nothing is judged before."""

    def __init__(self, offset_us: int = 0, thresholds: GuardThresholds | None = None) -> None:
        self.offset_us = offset_us
        self.ground: GuardGround | None = None
        self._thresholds = thresholds or GuardThresholds()
        self._day: int | None = None
        self._edition: int | None = None

    async def refresh(self, connection: Connection, rulebook: Rulebook, now: int) -> None:
        """Limits, campaigns and peak as they are now; the past once a day, and when the calendar changed. ``now`` in
        microseconds. The connection must be outside a transaction."""
        rules = await rulebook.read(connection)
        today = day_of(now)
        if self.ground is None or today != self._day or rules.edition != self._edition:
            usual = await learned(connection, rules.work, today)
            self._day, self._edition = today, rules.edition
        else:
            usual = self.ground.usual
        ground = GuardGround(usual, await limits(connection), await campaigns(connection, today), self._thresholds)
        sums = await sums_now(connection, now)
        self.ground = replace(
            ground, peak=sums.peak(usual, now // MINUTE_US), among=self.ground.among if self.ground else 1
        )


async def learned(connection: Connection, work: WorkTime, today: int) -> Usual:
    """What is usual, by the days before this one."""
    days = {"first": as_date(today - LEARNED), "before": as_date(today)}
    tiers = {str(row[0]): str(row[1]) for row in await _rows(connection, "guard/tiers", {})}
    accounts = await _rows(connection, "guard/learn_accounts", days)
    hours = await _rows(connection, "guard/learn_hours", days)
    last = await _rows(connection, "guard/last_days", {"before": days["first"]})
    usual = await asyncio.to_thread(_learned, work, tiers, accounts, hours, last)
    log.info("look-ups learned: days=%d accounts=%d", usual.days_learned, len({row[1] for row in accounts}))
    return usual


def _learned(work: WorkTime, tiers: Mapping[str, str], accounts: list[Row], hours: list[Row], last: list[Row]) -> Usual:
    usual = Usual(work, lambda unit: tiers.get(unit, ""))
    for account, day in last:
        usual.was_there(account, day)
    by_day = {day: list(rows) for day, rows in groupby(hours, itemgetter(0))}
    for day, rows in groupby(accounts, itemgetter(0)):
        usual.learn(_day(day, rows, by_day.get(day, ())))
    return usual


def _day(day: int, accounts: Iterable[Row], hours: Iterable[Row]) -> DayCounts:
    of_accounts: dict[str, tuple[str, int, int]] = {}
    units, applications, by_hour = dict[str, int](), dict[str, int](), dict[tuple[str, int], int]()
    without = lost = 0
    for _, account, unit, count, without_case, not_found, program in accounts:
        of_accounts[account] = ("" if program else unit, count, without_case)
        without, lost = without + without_case, lost + not_found
    for _, unit, application, hour, count in hours:
        units[unit] = units.get(unit, 0) + count
        applications[application] = applications.get(application, 0) + count
        by_hour[application, hour] = by_hour.get((application, hour), 0) + count
    return DayCounts(day, of_accounts, units, applications, by_hour, without, lost)


async def limits(connection: Connection) -> LimitsSet:
    rows = await _rows(connection, "guard/limits", {})
    return {(Scope(scope), key, Window(window)): count for scope, key, window, count in rows}


async def campaigns(connection: Connection, today: int) -> Campaigns:
    return Campaigns(_campaigns(await _rows(connection, "guard/campaigns", {"day": as_date(today)})))


def _campaigns(rows: Iterable[Row]) -> Iterator[Announced]:
    for name, unit, application, first, last, lookups in rows:
        yield Announced(
            name, unit, application, day_start(first) // MINUTE_US, day_start(last + 1) // MINUTE_US, lookups
        )


async def sums_now(connection: Connection, now: int) -> Sums:
    """Units, applications and the province by the stored minutes, the running one among them."""
    minute, until = now // MINUTE_US, as_datetime(now) + timedelta(minutes=1)
    since = as_datetime((minute - HOUR + 1) * MINUTE_US)
    rows = await _rows(connection, "guard/minutes", {"since": since, "until": until})
    begins = as_datetime(day_start(day_of(now)))
    today = await _rows(connection, "guard/today", {"since": begins, "until": until})
    return Sums.of(minute, (tuple(row) for row in rows), ((unit, app, int(count)) for unit, app, count in today))


async def _rows(connection: Connection, name: str, values: Mapping[str, Any]) -> list[Row]:
    return list(await (await connection.execute(QUERIES[name], values)).fetchall())
