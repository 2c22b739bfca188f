"""The score of Quyết định 766 in ``ioc figures --json``."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from dashboards.periods import Period
from dashboards.readers.database import Connection, Snapshot
from dashboards.score_settings import ScoreSettings
from dashboards.views.score import information, reader


async def read(conn: Connection, as_of: datetime, period: Period) -> dict[str, Any]:
    """Of a period with a first and a last day; a single day has none."""
    if period.first is None or period.last is None:
        raise ValueError("a score is of a period with a first and a last day")
    if period.first == period.last:
        return {"score_766": None}
    settings = ScoreSettings()
    whole, *units = await reader.read(conn, as_of, period, settings.score_reading, None, settings.score_choices)
    return {
        "score_766": {
            "reading": whole.score.reading,
            "days": {"first": period.first.isoformat(), "last": period.last.isoformat()},
            "verified": False,
            "province": _unit(whole),
            "by_unit": {one.key: _unit(one) for one in units},
            "information": asdict(await information.read(Snapshot(conn, as_of), period)),
        }
    }


def _unit(one: reader.ScoredUnit) -> dict[str, Any]:
    return {
        "total": round(one.score.total, 4),
        "possible": one.score.possible,
        "components": {
            code: {**asdict(figure.counted), "points": one.score.points.get(code), "published": figure.published}
            for code, figure in one.figures.items()
        },
    }
