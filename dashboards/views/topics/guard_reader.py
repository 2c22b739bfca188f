"""What the look-up guard has found, and how the day goes: the curve, what is usual, the operator's own limit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from psycopg.rows import dict_row

from dashboards import periods
from dashboards.readers.database import Connection
from dashboards.readers.queries import query
from dashboards.source_hours import works_on
from schemas.lookup_findings import GRAVE
from schemas.province import as_datetime, day_number, day_start
from schemas.rules.worktime import WorkTime

STANDS = timedelta(minutes=30)  # what was last seen so long ago is over
AHEAD_STANDS = timedelta(minutes=5)
SHOWN_DAYS = 30
USUAL_DAYS = 60  # in which days of the same kind are looked for
MOST_USUAL = 20
FEWEST_USUAL = 3
LOW, HIGH = 0.1, 0.9  # of the days, what counts as usual
TEN = 10


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A row of ``lookup_finding``; ``key`` is an account as whoever asks may see it. ``stands``: it goes on."""

    id: str
    rule: str
    scope: str
    key: str
    unit: str
    application: str
    began_at: datetime
    seen_at: datetime
    last_at: datetime
    minutes: int
    lookups: int
    usual: float | None
    without_case: int | None
    not_found: int | None
    errors: int | None
    persons: int | None
    case_code: str | None
    days: int | None
    limit_lookups: int | None
    reaches_at: datetime | None
    soonest_at: datetime | None
    latest_at: datetime | None
    examples: tuple[str, ...]
    cleared_at: datetime | None
    grave: bool
    stands: bool


class ExampleLook(NamedTuple):
    time: datetime
    unit: str
    application: str
    case_code: str | None
    result: str


class DayCurve(NamedTuple):
    """``points``: minute of the day and look-ups up to it; ``low`` and ``high``: the usual at each hour's end, 24 each,
    empty where too few days are known. ``rate`` of the last ten whole minutes, a minute; ``usual_rate`` of this
    hour."""

    points: tuple[tuple[int, int], ...] = ()
    low: tuple[int, ...] = ()
    high: tuple[int, ...] = ()
    limit: int | None = None
    rate: float = 0.0
    usual_rate: float | None = None
    of_account: int = 0  # of the last ten minutes, those of the account of the gravest finding
    ten: int = 0


async def findings(
    conn: Connection, as_of: datetime, *, limit: int, offset: int = 0, days: int = SHOWN_DAYS, id: str | None = None
) -> tuple[tuple[ShownFinding, ...], int]:
    """A page of them and how many there are; of one ``id`` whatever its age."""
    since = datetime.min.replace(tzinfo=as_of.tzinfo) if id is not None else as_of - timedelta(days=days)
    asked: dict[str, Any] = {
        "stands_since": as_of - STANDS,
        "since": since,
        "until": as_of + timedelta(minutes=1),
        "id": id,
    }
    asked |= {"grave": sorted(map(str, GRAVE)), "limit": limit, "offset": offset}
    async with conn.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(query("topics/findings"), asked)
        rows = await cursor.fetchall()
    whole = rows[0]["whole"] if rows else 0
    return tuple(_shown(row) for row in rows), whole


def _shown(row: dict[str, Any]) -> ShownFinding:
    row.pop("whole")
    return ShownFinding(**{**row, "examples": tuple(row["examples"])})


async def examples(conn: Connection, finding: ShownFinding) -> tuple[ExampleLook, ...]:
    named = finding.examples
    asked: dict[str, Any] = {"sources": list(named[0::2]), "ids": list(named[1::2])}
    asked |= {"first": periods.today(finding.began_at), "last": periods.today(finding.last_at)}
    rows = await (await conn.execute(query("topics/finding_examples"), asked)).fetchall()
    return tuple(ExampleLook(*row) for row in rows)


async def curve(conn: Connection, at: datetime, work: WorkTime | None, gravest: str | None) -> DayCurve:
    """Of the day of the moment; ``gravest``: the id of the finding whose account's part is asked for."""
    today = periods.today(at)
    days = {"first": today - timedelta(days=USUAL_DAYS), "last": today}
    by_day: dict[date, list[int]] = {}
    for day, hour, count in await (await conn.execute(query("topics/lookup_hours"), days)).fetchall():
        by_day.setdefault(day, [0] * 24)[hour] = count
    begins = as_datetime(day_start(day_number(today)))
    rows = await (await conn.execute(query("topics/lookup_tens"), {"since": begins, "until": at})).fetchall()
    until = at.replace(second=0, microsecond=0)
    now = await (
        await conn.execute(query("topics/lookup_now"), {"until": until, "day": today, "finding": gravest})
    ).fetchone()
    limit, ten, of_account = now if now is not None else (None, 0, 0)
    minute = int((at - begins).total_seconds() // 60)
    alike = [by_day[day] for day in sorted(by_day) if day != today and works_on(work, day) == works_on(work, today)]
    usual = alike[-MOST_USUAL:] if len(alike) >= FEWEST_USUAL else []
    low, high = _band(usual)
    return DayCurve(
        points=_points(by_day.get(today, [0] * 24), dict(rows), minute),
        low=low,
        high=high,
        limit=limit,
        rate=ten / TEN,
        usual_rate=_middle([hours[minute // 60] for hours in usual]) / 60 if usual else None,
        of_account=of_account,
        ten=ten,
    )


def _points(hours: Sequence[int], tens: dict[int, int], minute: int) -> tuple[tuple[int, int], ...]:
    """By ten minutes: hours' sums are the rollup's, within an hour look-ups lie where they were counted."""
    points, total = [(0, 0)], 0
    for hour in range(minute // 60 + 1):
        parts = [tens.get(6 * hour + n, 0) for n in range(6)]
        counted = sum(parts)
        last = (minute - 60 * hour) // TEN if hour == minute // 60 else 5
        before = 0
        for n in range(last + 1):
            before += parts[n]
            share = before / counted if counted else (n + 1) / (last + 1)
            at = minute if n == last and hour == minute // 60 else 60 * hour + TEN * (n + 1)
            points.append((at, total + round(hours[hour] * share)))
        total += hours[hour]
    return (*points[:-1], (minute, total))


def _band(days: Sequence[Sequence[int]]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    if not days:
        return (), ()
    sums = []
    for hours in days:
        total, row = 0, []
        for count in hours:
            total += count
            row.append(total)
        sums.append(row)
    at_hour = [sorted(column) for column in zip(*sums, strict=True)]
    last = len(days) - 1
    return (
        tuple(column[round(LOW * last)] for column in at_hour),
        tuple(column[round(HIGH * last)] for column in at_hour),
    )


def _middle(values: Sequence[int]) -> float:
    return float(sorted(values)[len(values) // 2])
