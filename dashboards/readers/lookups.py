"""Look-ups of the national population database: figures by unit, application, channel, account, hour or day, and the
list behind a figure. Counters are those of :data:`schemas.lookups.LOOKUP`; ``latency_total`` has the list of ``timed``.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from psycopg.rows import dict_row

from dashboards.periods import Period
from dashboards.readers import unit_days
from dashboards.readers.database import Connection
from dashboards.readers.queries import query

MOST_ACCOUNTS = 1_000


class LookupBy(StrEnum):
    TOTAL = "total"
    UNIT = "unit"
    APPLICATION = "application"
    CHANNEL = "channel"
    ACCOUNT = "account"
    HOUR = "hour"  # keys YYYY-MM-DDTHH, in the province
    DAY = "day"


@dataclass(frozen=True, slots=True)
class LookupFilters:
    """``None`` is no filter. Figures take an account together with a unit only; lists take all."""

    unit: str | None = None
    application: str | None = None
    channel: str | None = None
    account: str | None = None


NO_FILTERS = LookupFilters()


@dataclass(frozen=True, slots=True)
class LookupRow:
    """``key`` by :class:`LookupBy`, ``""`` in total. ``counts`` holds every counter."""

    key: str
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class StoredLookUp:
    """One look-up that stands. ``person`` is a keyed hash behind its key's id. Times in UTC."""

    subject: str
    source: str
    id: str
    account: str
    time: datetime
    unit: str
    application: str
    purpose: str | None
    case_code: str | None
    channel: str
    person: str | None
    fields: list[str] | None
    result: str
    latency_ms: int | None
    client: str | None


Place = tuple[datetime, str, str, str]  # of a look-up in the list: time, subject, source, id


@dataclass(frozen=True, slots=True)
class LookupPage:
    """``before`` is where the next page begins; ``None`` on the last."""

    items: tuple[StoredLookUp, ...]
    before: Place | None


async def figures(
    conn: Connection, period: Period, by: LookupBy, filters: LookupFilters = NO_FILTERS
) -> list[LookupRow]:
    """In the order of keys (of a former unit as :mod:`dashboards.unit_keys` says); accounts by their number of
    look-ups, at most :data:`MOST_ACCOUNTS`.

    Raises ``ValueError`` for an account beside an application or a channel, or by hour: no rollup knows that.
    """
    if by is LookupBy.UNIT and filters.unit is None:

        async def of_days(days: Period) -> dict[str, LookupRow]:
            return {row.key: row for row in await _figures(conn, days, by, filters)}

        units = await unit_days.by_unit(conn, period, of_days)
        return [replace(units[key], key=key) for key in sorted(units)]
    days, unit = await unit_days.asked(conn, period, filters.unit)
    return await _figures(conn, days, by, replace(filters, unit=unit))


async def _figures(conn: Connection, period: Period, by: LookupBy, filters: LookupFilters) -> list[LookupRow]:
    values = {"by": by, "first": period.first, "last": period.last, "unit": filters.unit, "limit": MOST_ACCOUNTS}
    of_accounts = by is LookupBy.ACCOUNT or filters.account is not None
    if of_accounts and (
        filters.application or filters.channel or by in (LookupBy.APPLICATION, LookupBy.CHANNEL, LookupBy.HOUR)
    ):
        raise ValueError("figures of accounts are by account, unit and day only")
    values |= {"application": filters.application, "channel": filters.channel, "account": filters.account}
    async with conn.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(query("lookup_figures_account" if of_accounts else "lookup_figures"), values)
        rows = await cursor.fetchall()
    found = [LookupRow(row.pop("key"), row) for row in rows]
    return found if by is LookupBy.ACCOUNT else sorted(found, key=lambda row: row.key)


async def page(
    conn: Connection,
    counter: str,
    period: Period,
    filters: LookupFilters = NO_FILTERS,
    before: Place | None = None,
    limit: int = 50,
) -> LookupPage:
    """The look-ups that the counter counts, newest first, behind ``before``. As many as the figure of the same period
    and filters says, if both are read in one snapshot."""
    time, subject, source, id = before or (None, None, None, None)
    days, unit = await unit_days.asked(conn, period, filters.unit)
    values = {
        "counter": counter,
        "first": days.first,
        "last": days.last,
        "unit": unit,
        "application": filters.application,
        "channel": filters.channel,
        "account": filters.account,
        "before_time": time,
        "before_subject": subject,
        "before_source": source,
        "before_id": id,
        "limit": limit + 1,
    }
    async with conn.cursor(row_factory=dict_row) as cursor:
        await cursor.execute(query("lookup_list"), values)
        items = tuple(StoredLookUp(**row) for row in await cursor.fetchall())
    last = items[limit - 1] if len(items) > limit else None
    return LookupPage(items[:limit], None if last is None else (last.time, last.subject, last.source, last.id))
