"""Own figure and the national portal's side by side, the gap, and the cases that make it, by cause.

*Own* is what the province's own events say. *Portal* is what the national portal has of the same cases, by what it
took and by its own word. *Published* is the figure that the portal itself shows for the period, where one was
imported (``ioc.portal``); what it differs by beyond the cases is not explained by any case that we know.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from psycopg.rows import class_row, dict_row

from dashboards.periods import Period, portal_period
from dashboards.readers import unit_days
from dashboards.readers.database import Connection
from dashboards.readers.queries import query
from dashboards.unit_keys import former
from dashboards.views.gap.declared import Indicator
from schemas.portal import kind_of

_DAY = timedelta(days=1)


class Cause(StrEnum):
    """Why a case is counted on one side only, or under another code."""

    NOT_SENT = "not_sent"  # the portal has taken nothing of it
    STATUS_BEHIND = "status_behind"  # open there, or ended there on the other side of its deadline
    OTHER_CODE = "other_code"  # counted there under another code
    REWRITTEN_STATUS = "rewritten_status"  # ended there by a status 5, 6 or 8 that was sent as 9
    OTHER_PERIOD = "other_period"  # ended on both sides, but not within the same period
    OWN_BEHIND = "own_behind"  # ended there and not yet in our own system


CAUSES = {
    Cause.NOT_SENT: "Chưa gửi lên Cổng",
    Cause.STATUS_BEHIND: "Trạng thái trên Cổng chậm",
    Cause.OTHER_CODE: "Khác mã hồ sơ",
    Cause.REWRITTEN_STATUS: "Trạng thái bị ghi đè thành 9",
    Cause.OTHER_PERIOD: "Tính vào kỳ khác",
    Cause.OWN_BEHIND: "Hệ thống của tỉnh chậm",
}
# Which published numerator is the same count (domain.md 1.3); of the others the portal shows none.
PUBLISHED = {Indicator.RECEIVED: "DOSSIER_SYNC", Indicator.ON_TIME: "PROGRESS"}


@dataclass(frozen=True, slots=True)
class Gap:
    """One unit. Counts are cases; ``missing`` of the own ones the portal does not count, ``extra`` are counted by it
    alone. ``published`` is ``None`` where the portal's own figure is not here."""

    unit: str
    own: int
    portal: int
    causes: dict[Cause, int] = field(default_factory=dict)
    missing: int = 0
    extra: int = 0
    published: int | None = None
    published_on: date | None = None
    total: bool = False  # its published figure is of the whole province, so no part of a sum and beside no unit's cases

    @property
    def gap(self) -> int:
        """What the portal counts less than we do; the cases of the causes come to it."""
        return self.own - self.portal

    @property
    def cases(self) -> int:
        """Those that make the difference."""
        return sum(self.causes.values())

    @property
    def unexplained(self) -> int | None:
        """What the portal's published figure has less than the cases say."""
        return None if self.published is None or self.total else self.portal - self.published


def summed(gaps: Iterable[Gap]) -> Gap:
    """All units together; ``published``: what the portal shows of the province, else of the units that it shows, up to
    the first of their days."""
    rows = list(gaps)
    shown = [gap for gap in rows if gap.published is not None and gap.total] or rows
    told = [gap.published for gap in shown if gap.published is not None]
    return Gap(
        "",
        sum(gap.own for gap in rows),
        sum(gap.portal for gap in rows),
        {cause: sum(gap.causes[cause] for gap in rows) for cause in Cause},
        missing=sum(gap.missing for gap in rows),
        extra=sum(gap.extra for gap in rows),
        published=sum(told) if told else None,
        published_on=min((gap.published_on for gap in shown if gap.published_on is not None), default=None),
    )


@dataclass(frozen=True, slots=True)
class DifferingCase:
    """One case that makes the difference. ``own`` and ``portal``: whether the side counts it."""

    subject: str
    unit: str
    own: bool
    portal: bool
    cause: Cause
    status: int | None
    ended_at: datetime | None
    portal_status: int | None
    portal_ended_at: datetime | None
    portal_code: str | None
    synced_at: datetime | None


async def read(conn: Connection, indicator: Indicator, period: Period, unit: str | None = None) -> tuple[Gap, ...]:
    """By unit, in the order of their keys; only units with something to count on either side."""
    rows: dict[str, Gap] = {}
    async with conn.cursor(row_factory=dict_row) as cursor:
        changes = await unit_days.changed(conn, period) if unit is None else {}
        by_day = [(key, day) for key, days in changes.items() for day in days]
        keys = {"keys": [key for key, _ in by_day], "days": [day for _, day in by_day]}
        asked = await _asked(conn, indicator, period, unit)
        await cursor.execute(query("gap/counts"), {**asked, **keys})
        for row in await cursor.fetchall():
            causes = {cause: row[cause] for cause in Cause}
            key = unit or (row["unit"] if row["until"] is None else former(row["unit"], row["until"]))
            rows[key] = Gap(key, row["own"], row["portal"], causes, missing=row["missing"], extra=row["extra"])
        component, name = PUBLISHED.get(indicator), portal_period(period)
        if component is not None and name is not None:
            figure = {"part": f"{kind_of(name)}/{component}", "period": name}
            await cursor.execute(query("gap/published"), {**asked, **figure})
            for row in await cursor.fetchall():
                key = unit or row["unit"]
                if row["unit"] in changes:  # of the unit whose the key was when the period began
                    key = former(row["unit"], changes[row["unit"]][0] - _DAY)
                known = rows.get(key) or Gap(key, 0, 0, dict.fromkeys(Cause, 0))
                on = date.fromisoformat(row["published_on"]) if row["published_on"] else None
                rows[known.unit] = replace(known, published=row["numerator"], published_on=on, total=row["total"])
    return tuple(rows[unit] for unit in sorted(rows))


async def cases(
    conn: Connection,
    indicator: Indicator,
    period: Period,
    unit: str | None = None,
    cause: Cause | None = None,
    after: str = "",
    limit: int = 100,
    offset: int = 0,
) -> tuple[DifferingCase, ...]:
    """A page of the cases that make the difference, in the order of their codes, ``offset`` cases behind ``after``."""
    asked = {
        **await _asked(conn, indicator, period, unit),
        "cause": cause,
        "after": after,
        "limit": limit,
        "offset": offset,
    }
    async with conn.cursor(row_factory=class_row(DifferingCase)) as cursor:
        await cursor.execute(query("gap/cases"), asked)
        return tuple(await cursor.fetchall())


async def _asked(conn: Connection, indicator: Indicator, period: Period, unit: str | None) -> dict[str, object]:
    days, key = await unit_days.asked(conn, period, unit)
    asked = {"indicator": indicator, "first": period.first, "last": period.last, "unit": key}
    return {**asked, "since": days.first, "until": days.last}
