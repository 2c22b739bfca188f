"""A key means what it meant on its day: 26041 was Phường Trung Dũng until 30/6/2025 and is Phường Trấn Biên since.
Within a period in which it changed they are two units, each with the counts of its own days.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dashboards.periods import Period, between
from dashboards.readers import reference
from dashboards.readers.database import Connection
from dashboards.readers.queries import query
from dashboards.views.score import counts as score_counts
from dashboards.views.score.counts import Counts

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """The days of the period on which a key was one unit's. Of a former one ``until`` is the last, and ``name`` how it
    was called then."""

    counts: Counts
    until: date | None = None
    name: str | None = None


async def read(
    conn: Connection, as_of: datetime, period: Period, unit: str | None
) -> tuple[Counts, dict[str, list[Span]]]:
    """The counts of the period, and of the keys that changed in it those of each unit, the former first."""
    counts = await score_counts.read(conn, as_of, period, unit)
    rows = await (
        await conn.execute(query("score/changed_keys"), {"first": period.first, "last": period.last})
    ).fetchall()
    changes: defaultdict[str, list[date]] = defaultdict(list)
    for key, day in rows:
        if key in counts.units:
            changes[key].append(day)
    of_days: dict[Period, Counts] = {}
    spans: dict[str, list[Span]] = {}
    for key, days in changes.items():
        for part, until in _parts(period, days):
            if part not in of_days:
                of_days[part] = await score_counts.read(conn, as_of, part, unit)
            if key in of_days[part].units:
                name = None if until is None else (await reference.names(conn, "unit", [key], until))[key].name
                spans.setdefault(key, []).append(Span(of_days[part], until, name))
    return counts, spans


def _parts(period: Period, days: list[date]) -> Iterator[tuple[Period, date | None]]:
    first = period.first
    for day in days:
        yield between(first, day - _DAY), day - _DAY
        first = day
    yield between(first, period.last), None
