"""Directives as the database has them, those on their way, and the numbers that they want to move."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import msgspec

from dashboards.directives.aims import AIMS, BEFORE, WEEK, Aim, AimValue, CurvePoint, by_week
from dashboards.readers import subjects
from dashboards.readers.database import Connection
from dashboards.readers.queries import query
from dashboards.readers.subjects import SubjectFact
from dashboards.words import day_of
from schemas.actions import DIRECTIVE
from schemas.province import ZONE, as_datetime

MOST = 500


@dataclass(frozen=True, slots=True)
class StoredDirective:
    subject: str
    unit: str
    aim: str
    standing: str
    sentence: str
    issued_at: datetime
    due_at: datetime
    ended_at: datetime | None
    detail: dict[str, Any]

    @property
    def revision(self) -> int:
        return int(self.detail["revision"])

    @property
    def by(self) -> str:
        return str(self.detail["by"])

    @property
    def by_name(self) -> str:
        return str(self.detail["by_name"])

    @property
    def asked_until(self) -> datetime | None:
        at = self.detail.get("asked_until")
        return None if at is None else as_datetime(at)

    @property
    def ordered_at(self) -> AimValue | None:
        """The number when it was ordered."""
        value = self.detail.get("aim_value")
        return None if value is None else AimValue(value, self.detail.get("aim_whole"))

    def overdue(self, as_of: datetime) -> bool:
        return self.standing in ("issued", "accepted", "asking", "cannot") and self.due_at < as_of


@dataclass(frozen=True, slots=True)
class PendingCommand:
    subject: str
    kind: str
    unit: str
    time: datetime
    by_name: str
    data: dict[str, Any]


async def listed(
    conn: Connection, *, subject: str | None = None, standings: Sequence[str] | None = None, unit: str | None = None
) -> list[StoredDirective]:
    asked = {
        "subject": subject,
        "standings": None if standings is None else list(standings),
        "unit": unit,
        "limit": MOST,
    }
    return [StoredDirective(*row) for row in await (await conn.execute(query("directives"), asked)).fetchall()]


async def one(conn: Connection, subject: str) -> StoredDirective | None:
    found = await listed(conn, subject=subject)
    return found[0] if found else None


async def history(conn: Connection, subject: str) -> tuple[SubjectFact, ...]:
    told = await subjects.get(conn, DIRECTIVE, subject)
    return told.events if told is not None else ()


async def pending(conn: Connection, of: str | None = None) -> list[PendingCommand]:
    rows = await (await conn.execute(query("directives_pending"), {"subject": of})).fetchall()
    return [
        PendingCommand(subject, kind, unit, time, by_name, msgspec.json.decode(event)["data"])
        for subject, kind, unit, time, by_name, event in rows
    ]


async def beat(conn: Connection, subject: str | None) -> str:
    row = await (await conn.execute(query("directives_beat"), {"subject": subject})).fetchone()
    return str(row[0]) if row else ""


async def value(conn: Connection, aim: Aim, unit: str, as_of: datetime) -> AimValue:
    today = day_of(as_of)
    if aim.share:
        days = await _on_time(conn, unit, today - WEEK + timedelta(days=1), today)
        return AimValue(sum(part for part, _ in days.values()), sum(whole for _, whole in days.values()))
    found = await _overdue(conn, unit, [as_of])
    return AimValue(round(found[0].amount))


async def curve(conn: Connection, aim: Aim, unit: str, since: datetime, as_of: datetime) -> list[CurvePoint]:
    """By day, from three weeks before the order to today."""
    first, today = day_of(since) - BEFORE, day_of(as_of)
    if aim.share:
        return by_week(await _on_time(conn, unit, first - WEEK, today), first, today)
    ends = [
        datetime.combine(first + timedelta(days=offset + 1), datetime.min.time(), ZONE)
        for offset in range((today - first).days)
    ]
    return await _overdue(conn, unit, [*ends, as_of])


def aim_of(directive: StoredDirective) -> Aim | None:
    return AIMS.get(directive.aim)


async def _on_time(conn: Connection, unit: str, first: date, last: date) -> dict[date, tuple[int, int]]:
    asked = {"unit": unit, "first": first, "last": last}
    rows = await (await conn.execute(query("directives_on_time"), asked)).fetchall()
    return {day: (part, whole) for day, part, whole in rows}


async def _overdue(conn: Connection, unit: str, moments: Sequence[datetime]) -> list[CurvePoint]:
    asked = {"unit": unit, "moments": list(moments)}
    rows = await (await conn.execute(query("directives_overdue"), asked)).fetchall()
    return [CurvePoint(day_of(at - timedelta(microseconds=1)), float(count)) for at, count in rows]
