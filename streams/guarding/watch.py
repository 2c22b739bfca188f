"""The watch over sums: every two seconds one worker of all judges units, applications and the province, forecasts their
limits, and looks at what only the past or the cases can say. Each finding is written once, in a transaction of its own.
"""

import asyncio
import logging
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from schemas.lookup_findings import FindingRule, LookupFinding
from schemas.lookups import Scope, Window
from schemas.province import as_date, as_datetime, day_of, day_start, moment
from streams.books.book import Connection, transaction
from streams.errors import Retry
from streams.guard.account_rules import GuardGround, limit_of
from streams.guard.accounts import MINUTE_US
from streams.guard.creep import BEFORE, JUDGED, AccountDays, of_all
from streams.guard.guard import LookupGuard
from streams.guard.reach import Reach, reach
from streams.guard.rings import DAY_MINUTES, HOUR, Ring
from streams.guard.sums import Sums, judge_sums
from streams.guarding.lane import resume, tell
from streams.guarding.room import GuardRoom, sums_now
from streams.queries import QUERIES
from streams.rulebook import Rulebook
from streams.store import connect, wrapped

log = logging.getLogger(__name__)
GUARD_LOCK = 7106_0605
EVERY_S = 2.0
REFRESHED_EVERY = 10  # turns: limits, campaigns, peak
CASES_EVERY = 150  # turns: five minutes
KEPT_DAYS = 3  # of minutes
LEAST_GONE = 10  # minutes of the hour that must have been counted before one forecasts
AHEAD_MINUTES = 120  # a limit that is reached later than so is no finding yet
OTHERS, CLOSED = (10, 0.5), (10, 0.5)  # so many look-ups of a day, and so much of all with a known case
OVER_FOR = "3 days"  # a case that ended so long ago is nobody's work


class SumsWatch:
    """``now`` is the province's clock."""

    def __init__(self, room: GuardRoom, rulebook: Rulebook) -> None:
        self._room, self._rulebook = room, rulebook
        self._guard: LookupGuard | None = None
        self._locked_on: Connection | None = None
        self._turn = 0
        self._crept: int | None = None

    async def turn(self, connection: Connection, now: datetime) -> int:
        """One look; how many findings were written. Where another worker watches, only what is shared is read."""
        at = moment(now)
        if self._turn % REFRESHED_EVERY == 0 or self._room.ground is None:
            await self._room.refresh(connection, self._rulebook, at)
        self._turn += 1
        ground = self._room.ground
        if ground is None:
            return 0
        if self._locked_on is not connection:
            row = await (await connection.execute("SELECT pg_try_advisory_lock(%s)", [GUARD_LOCK])).fetchone()
            if row is None or not row[0]:
                return 0
            self._locked_on, self._guard = connection, None  # the lock is the connection's, and ends with it
        return await self._watch(connection, ground, at)

    async def _watch(self, connection: Connection, ground: GuardGround, at: int) -> int:
        if self._guard is None:
            self._guard = LookupGuard(ground)
            await resume(connection, self._guard, at)
        sums = await sums_now(connection, at)
        found = [*judge_sums(sums, at // MINUTE_US, ground), *ahead(sums, at, ground)]
        if self._turn % CASES_EVERY == 1:
            found += await self._of_cases(connection, at)
            await connection.execute(
                QUERIES["guard/forget_minutes"], {"before": as_datetime(at) - timedelta(days=KEPT_DAYS)}
            )
        if self._crept != day_of(at):
            found += await _creep(connection, ground, day_of(at))
            self._crept = day_of(at)
        self._guard.episodes.forget(at // MINUTE_US)
        told = list(self._guard.episodes.tell(found))
        if told:
            async with transaction(connection):
                await tell(connection, told)
        return len(told)

    async def _of_cases(self, connection: Connection, at: int) -> list[LookupFinding]:
        """Look-ups for cases of others, and for cases that were over: judged again as the cases' events arrive."""
        day = day_of(at)
        asked = {"day": as_date(day), "since": as_datetime(day_start(day)), "ended_before": OVER_FOR}
        rows = await (await connection.execute(QUERIES["guard/of_others"], asked)).fetchall()
        found: list[LookupFinding] = []
        for account, unit, application, lookups, others, closed, began, last, examples in rows:
            for rule, count, (least, share) in (
                (FindingRule.OTHER_UNITS_CASE, others, OTHERS),
                (FindingRule.CLOSED_CASE, closed, CLOSED),
            ):
                if count >= least and count >= share * lookups:
                    named = tuple((one.split("\x1f")[0], one.split("\x1f")[1]) for one in examples or ())
                    found.append(
                        LookupFinding(
                            rule=rule, scope=Scope.ACCOUNT, key=account, unit=unit, application=application,
                            began=began, seen=last, minutes=max((last - began) // MINUTE_US, 1), lookups=count,
                            examples=named,
                        )
                    )  # fmt: skip
        for rule in (FindingRule.OTHER_UNITS_CASE, FindingRule.CLOSED_CASE):
            still = [one.key for one in found if one.rule is rule]
            cleared = {
                "rule": str(rule),
                "day_began": as_datetime(day_start(day)),
                "keys": still,
                "now": as_datetime(at),
            }
            await connection.execute(QUERIES["guard/clear"], cleared)
        return found


def ahead(sums: Sums, at: int, ground: GuardGround) -> Iterator[LookupFinding]:
    """Limits of the day that will be reached at this rate."""
    for (scope, key), ring in sums.rings.items():
        limit = limit_of(ground.limits, scope, key, Window.DAY)
        if limit is None or ring.day >= limit or limit <= 0:
            continue
        said = reached_at(ring, limit, at, ground, scope, key)
        if said is None or said.at is None or said.at - (at // MINUTE_US + 7 * 60) % DAY_MINUTES > AHEAD_MINUTES:
            continue
        begins = day_start(day_of(at))
        yield LookupFinding(
            rule=FindingRule.LIMIT_AHEAD,
            scope=scope,
            key=key,
            unit=key if scope is Scope.UNIT else "",
            application=key if scope is Scope.APPLICATION else "",
            began=begins,
            seen=at,
            minutes=HOUR,
            lookups=ring.day,
            usual=said.rate,
            limit=limit,
            reaches=begins + round(said.at * MINUTE_US),
            soonest=None if said.soonest is None else begins + round(said.soonest * MINUTE_US),
            latest=None if said.latest is None else begins + round(said.latest * MINUTE_US),
        )


def reached_at(ring: Ring, limit: int, at: int, ground: GuardGround, scope: Scope, key: str) -> Reach | None:
    """By the minutes that are over; ``None`` while there are too few of them today."""
    day = day_of(at)
    done = (at - day_start(day)) // MINUTE_US - 1
    last = ring.last(HOUR)[:-1][-max(done + 1, 0) :] if done >= 0 else []
    if len(last) < LEAST_GONE:
        return None
    off = ground.usual.off(day)
    application = key if scope is Scope.APPLICATION else ""
    whole = ground.usual.a_day(scope, key, off).mean * ground.peak
    return reach(ring.day, limit, done, last, ground.usual.shares(application, off), whole)


async def _creep(connection: Connection, ground: GuardGround, today: int) -> list[LookupFinding]:
    """Of the working days before today."""
    days = {"first": as_date(today - 2 * (BEFORE + JUDGED)), "before": as_date(today)}
    rows = await (await connection.execute(QUERIES["guard/learn_accounts"], days)).fetchall()
    by_day: dict[int, dict[str, int]] = {}
    units: dict[str, str] = {}
    for day, account, unit, count, _, _, program in rows:
        if not ground.usual.off(day):
            by_day.setdefault(day, {})[account] = count
            units[account] = "" if program else unit
    worked = sorted(by_day)[-(BEFORE + JUDGED) :]
    totals = [sum(by_day[day].values()) for day in worked]
    accounts = {
        account: AccountDays(unit, [by_day[day].get(account, 0) for day in worked]) for account, unit in units.items()
    }
    found = await asyncio.to_thread(of_all, accounts, totals, ground.thresholds) if worked else {}
    end = day_start(worked[-1] + 1) - 1 if worked else 0
    return [
        LookupFinding(
            rule=FindingRule.CREEP, scope=Scope.ACCOUNT, key=account, unit=units[account], application="",
            began=day_start(worked[-min(crept.days, len(worked))]), seen=end, minutes=DAY_MINUTES,
            lookups=round(crept.now), usual=crept.usual, days=crept.days,
        )
        for account, crept in found.items()
    ]  # fmt: skip


async def watch_for_ever(url: str, watch: SumsWatch, clock: Callable[[], datetime]) -> None:
    """Every two seconds; while the database is away, again and again."""
    connection: Connection | None = None
    while True:
        try:
            if connection is None or connection.closed:
                connection = await connect(url)
            async with wrapped():
                await watch.turn(connection, clock())
        except Retry as exc:
            log.warning("no look at the look-ups: reason=%s", exc)
            if connection is not None:
                await connection.close()
                connection = None
        await asyncio.sleep(EVERY_S)
