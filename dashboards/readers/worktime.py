"""Working time by the calendar and the hours that are loaded, for what is measured up to this moment."""

from datetime import datetime
from functools import lru_cache
from typing import Any

from dashboards.readers.database import Connection
from dashboards.readers.queries import query
from schemas.province import as_date, moment
from schemas.reference.rows import CalendarDay, WorkingHours
from schemas.rules.worktime import FIRST, LAST, SECOND_US, WorkTime

_DAYS = ("day", "kind", "name", "swapped_with", "session", "confidence", "note")
_HOURS = ("session", "opens", "closes", "valid_from", "valid_to", "confidence", "note")
_YEARS = {"first": as_date(FIRST).year, "last": as_date(LAST).year}
_Rows = tuple[tuple[Any, ...], ...]


async def worktime(conn: Connection) -> WorkTime:
    """Made once for as long as the same days and hours are loaded."""
    days = await (await conn.execute(query("reference_calendar"), _YEARS)).fetchall()
    hours = await (await conn.execute(query("reference_hours"))).fetchall()
    return _made(tuple(days), tuple(hours))


def worked_s(work: WorkTime, since: datetime, until: datetime) -> int:
    """Whole seconds worked between two moments."""
    return work.time_between(moment(since), moment(until)) // SECOND_US


@lru_cache(maxsize=2)
def _made(days: _Rows, hours: _Rows) -> WorkTime:
    return WorkTime(
        [CalendarDay(**dict(zip(_DAYS, row, strict=True))) for row in days],
        [WorkingHours(**dict(zip(_HOURS, row, strict=True))) for row in hours],
    )
