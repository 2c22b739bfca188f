"""Look-ups as a domain like the others: figures by unit and application, lists of accounts' days, one day's look-ups.

They are kept in tables of their own (:mod:`dashboards.readers.lookups` asks these for more); a subject is an account's
day, its part the application.
"""

from datetime import date
from typing import Any

from psycopg.rows import DictRow, dict_row

from dashboards.periods import Period, between
from dashboards.readers import unit_days
from dashboards.readers.database import Connection
from dashboards.readers.figures import NO_FILTERS, Filters
from dashboards.readers.queries import query
from schemas.cases import SIMULATED

MOST = 2_000  # look-ups of one account's day that are told
Grouped = list[tuple[str, str, str, int]]  # counter, unit, part (or day), amount


async def grouped(conn: Connection, period: Period, by: str, filters: Filters) -> Grouped:
    """Every counter by unit and part as asked ("cell" is both), or by day, of exactly these days and this key."""
    parameters = {"first": period.first, "last": period.last, "unit": filters.unit, "part": filters.part, "by": by}
    async with conn.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(query("lookup_cells"), parameters)
        rows = await cursor.fetchall()
    found: Grouped = []
    for row in rows:
        unit, part = row.pop("unit"), row.pop("part")
        found += [(counter, unit, part, int(amount)) for counter, amount in row.items() if amount]
    return found


async def opened_page(conn: Connection, opening_id: str, after: int, limit: int) -> list[DictRow]:
    parameters = {"id": opening_id, "after": after, "limit": limit, "simulated": SIMULATED}
    async with conn.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(query("lookup_opening_page"), parameters)
        return await cursor.fetchall()


async def page(
    conn: Connection, counter: str | None, period: Period, filters: Filters, subject: str | None, after: str, limit: int
) -> list[DictRow]:
    """Accounts' days in the order of their keys; without a counter each once."""
    more = {"counter": counter, "subject": subject, "after": after, "limit": limit, "simulated": SIMULATED}
    async with conn.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(query("lookup_subjects"), {**await asked(conn, period, filters), **more})
        return await cursor.fetchall()


async def of_subject(conn: Connection, subject: str) -> tuple[DictRow, list[DictRow]] | None:
    """An account's day and the look-ups of it that stand, the first :data:`MOST`; ``None`` for a key that is none."""
    try:
        day = date.fromisoformat(subject[-10:])
    except ValueError:
        return None
    days = await page(conn, None, between(day, day), NO_FILTERS, subject, "", 1)
    async with conn.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(query("lookup_subject"), {"subject": subject, "day": day, "limit": MOST})
        rows = await cursor.fetchall()
    return (days[0], rows) if days else None


async def asked(conn: Connection, period: Period, filters: Filters) -> dict[str, Any]:
    days, unit = await unit_days.asked(conn, period.on(filters.day), filters.unit)
    return {"first": days.first, "last": days.last, "unit": unit, "part": filters.part}
