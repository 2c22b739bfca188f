"""What is on record, read a page at a time by number, and whether its chain holds."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from dashboards.readers.database import Database
from dashboards.readers.queries import query

A_PAGE = 50
A_SLICE = 5_000  # rows that retention takes out in one transaction


class Recorded(NamedTuple):
    """One deed. ``who`` is the account's name where it is one, else the key's, the screen's or the operator's."""

    number: int
    at: datetime
    who: str
    kind: str
    role: str
    what: str
    object: str
    units: tuple[str, ...]
    rows: int | None
    unit_rows: tuple[int, ...] | None
    address: str
    forgotten: bool


class Checked(NamedTuple):
    """``broken``: the first number that is not what was written, or behind which something is gone. ``digest``: of the
    last row, in hexadecimal: who has kept it elsewhere knows a later chain by it."""

    at: datetime
    through: int
    broken: int | None
    digest: str = ""


class SeenOnDay(NamedTuple):
    """What somebody has seen of some units on a day. ``rows``: of these units alone."""

    day: date
    name: str
    role: str
    who: str
    readings: int
    rows: int
    opened: int


class RecordFilter(NamedTuple):
    """``None`` is no filter. ``units``: only what was done to the data of any of these; ``readings``: only readings."""

    before: int | None = None
    since: datetime | None = None
    until: datetime | None = None
    who: str | None = None
    what: str | None = None
    units: tuple[str, ...] | None = None
    readings: bool = False


class RecordReader:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def page(self, asked: RecordFilter, most: int = A_PAGE) -> list[Recorded]:
        """The latest first."""
        given = asked._asdict() | {"units": None if asked.units is None else list(asked.units), "most": most}
        async with self._database.snapshot() as (conn, _):
            rows = await (await conn.execute(query("access/record_page"), given)).fetchall()
        return [recorded(row) for row in rows]

    async def seen(self, units: Sequence[str], since: datetime, until: datetime) -> list[SeenOnDay]:
        """The latest day first."""
        async with self._database.snapshot() as (conn, _):
            given = {"units": list(units), "since": since, "until": until}
            rows = await (await conn.execute(query("access/record_seen"), given)).fetchall()
        return [SeenOnDay(*row) for row in rows]

    async def last_check(self) -> Checked | None:
        async with self._database.snapshot() as (conn, _):
            row = await (await conn.execute(query("access/record_last_check"))).fetchone()
        return None if row is None else Checked(*row)

    @asynccontextmanager
    async def alone(self) -> AsyncIterator[bool]:
        """Whether this process is the one that keeps the record just now; as long as the block lasts."""
        async with self._database.committing() as (conn, _):
            row = await (await conn.execute(query("access/record_alone"))).fetchone()
            yield row is not None and row[0]

    async def check(self, now: datetime) -> Checked:
        """Walks the whole chain, and remembers what was found. A million rows take half a minute, so it has more time
        than other questions."""
        async with self._database.committing() as (conn, _):
            await conn.execute(query("access/record_walk_within"))
            row = await (await conn.execute(query("access/record_check"), {"at": now})).fetchone()
        assert row is not None  # noqa: S101  a function returns its one row
        return Checked(*row)

    async def forget(self, now: datetime, kept: timedelta, reads_kept: timedelta) -> int:
        """Takes out what is older than is kept, a slice; how many rows that were."""
        given = {"at": now, "reads_before": now - reads_kept, "others_before": now - kept, "most": A_SLICE}
        (row,) = await self._write("access/record_forget", given)
        return int(row[0])

    async def _write(self, name: str, given: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        async with self._database.committing() as (conn, _):
            return await (await conn.execute(query(name), given)).fetchall()


def recorded(row: tuple[Any, ...]) -> Recorded:
    number, at, who, kind, role, what, object_, units, rows, unit_rows, address, forgotten = row
    by_unit = None if unit_rows is None else tuple(unit_rows)
    return Recorded(number, at, who, kind, role, what, object_, tuple(units), rows, by_unit, address, forgotten)
