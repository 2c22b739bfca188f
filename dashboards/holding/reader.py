"""Holding orders as the database has them, those on their way, and their receiver. They name accounts: who may not see
these by name is refused here, whatever asked."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import msgspec
from psycopg.rows import class_row

from dashboards.access.asker import Right, asking
from dashboards.readers import subjects
from dashboards.readers.database import Connection
from dashboards.readers.queries import query
from dashboards.readers.subjects import SubjectFact
from schemas.holds import HOLD

MOST = 60
SILENT = timedelta(seconds=15)  # the delivery says every two seconds that it is at work


class NotEntitled(Exception):
    """Whoever asks may not see accounts by name."""


@dataclass(frozen=True, slots=True)
class StoredHold:
    """``tries`` and ``failure``: of the message that was sent last; none was sent: ``None``."""

    subject: str
    standing: str
    sentence: str
    opened_at: datetime
    ends_at: datetime
    ended_at: datetime | None
    detail: dict[str, Any]
    tries: int | None
    failure: str | None

    @property
    def by_name(self) -> str:
        return str(self.detail["by_name"])

    @property
    def may_be_lifted(self) -> bool:
        return self.standing in ("ordered", "held")


class PendingHold(NamedTuple):
    subject: str
    kind: str
    time: datetime
    by_name: str
    sentence: str


class FoundTarget(NamedTuple):
    """Of a finding of the look-up guard: whom it is about, by name."""

    finding: str
    rule: str
    scope: str
    key: str
    unit: str


class ReceiverSeen(NamedTuple):
    """``known``: the operator has set one. ``silent``: its delivery is not at work."""

    known: bool
    silent: bool
    failure: str | None


async def listed(
    conn: Connection, *, subject: str | None = None, prefix: str | None = None, finding: str | None = None
) -> list[StoredHold]:
    """Raises :class:`NotEntitled`, as everything here."""
    asked = _asked(subject, prefix, finding) | {"limit": MOST}
    async with conn.cursor(row_factory=class_row(StoredHold)) as cursor:
        return await (await cursor.execute(query("holds"), asked)).fetchall()


async def pending(
    conn: Connection, *, subject: str | None = None, prefix: str | None = None, finding: str | None = None
) -> list[PendingHold]:
    rows = await (await conn.execute(query("holds_pending"), _asked(subject, prefix, finding))).fetchall()
    return [
        PendingHold(of, kind, at, by_name, str(msgspec.json.decode(event)["data"].get("sentence") or ""))
        for of, kind, at, by_name, event in rows
    ]


async def found(conn: Connection, finding: str) -> FoundTarget | None:
    _entitled()
    row = await (await conn.execute(query("holds_found"), {"id": finding})).fetchone()
    return None if row is None else FoundTarget(*row)


async def history(conn: Connection, subject: str) -> tuple[SubjectFact, ...]:
    _entitled()
    told = await subjects.get(conn, HOLD, subject)
    return told.events if told is not None else ()


async def receiver(conn: Connection, as_of: datetime) -> ReceiverSeen:
    _entitled()
    row = await (await conn.execute(query("holds_receiver"))).fetchone()
    if row is None:
        return ReceiverSeen(False, True, None)
    known, seen_at, _, failure, _ = row
    return ReceiverSeen(known, seen_at < as_of - SILENT, failure)


async def beat(conn: Connection, subject: str | None, as_of: datetime) -> str:
    _entitled()
    asked = {"subject": subject, "silent_before": as_of - SILENT}
    row = await (await conn.execute(query("holds_beat"), asked)).fetchone()
    return str(row[0]) if row else ""


def _asked(subject: str | None, prefix: str | None, finding: str | None) -> dict[str, Any]:
    _entitled()
    return {"subject": subject, "prefix": prefix, "finding": finding}


def _entitled() -> None:
    if not asking().may(Right.ACCOUNTS):
        raise NotEntitled
