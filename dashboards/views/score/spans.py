"""A key means what it meant on its day: 26041 was Phường Trung Dũng until 30/6/2025 and is Phường Trấn Biên since.
Within a period in which it changed they are two units, each with the counts of its own days.
"""

from dataclasses import dataclass
from datetime import date, datetime

from dashboards.periods import Period
from dashboards.readers import reference, unit_days
from dashboards.readers.database import Connection
from dashboards.views.score import counts as score_counts
from dashboards.views.score.counts import ScoreCounts


@dataclass(frozen=True, slots=True)
class ScoreSpan:
    """The days of the period on which a key was one unit's. Of a former one ``until`` is the last, and ``name`` how it
    was called then."""

    counts: ScoreCounts
    until: date | None = None
    name: str | None = None


async def read(
    conn: Connection, as_of: datetime, period: Period, unit: str | None
) -> tuple[ScoreCounts, dict[str, list[ScoreSpan]]]:
    """The counts of the period, and of the keys that changed in it those of each unit, the former first."""
    counts = await score_counts.read(conn, as_of, period, unit)
    changes = {key: days for key, days in (await unit_days.changed(conn, period)).items() if key in counts.units}
    of_days: dict[Period, ScoreCounts] = {}
    spans: dict[str, list[ScoreSpan]] = {}
    for key, days in changes.items():
        for part, until in unit_days.spans(period, days):
            if part not in of_days:
                of_days[part] = await score_counts.read(conn, as_of, part, unit)
            if key in of_days[part].units:
                name = None if until is None else (await reference.names(conn, "unit", [key], until))[key].name
                spans.setdefault(key, []).append(ScoreSpan(of_days[part], until, name))
    return counts, spans
