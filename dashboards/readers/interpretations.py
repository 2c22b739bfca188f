"""How many cases, petitions or units the other reading of a rule would change in the running year."""

from datetime import datetime

from dashboards.periods import PeriodName, named
from dashboards.readers import figures
from dashboards.readers.database import Connection
from dashboards.readers.queries import query
from dashboards.score_settings import ScoreSettings
from dashboards.views.score import reader as score
from schemas.rules.score_choices import RankBy


async def effects(conn: Connection, as_of: datetime, settings: ScoreSettings) -> dict[str, int]:
    """By the interpretation's name (:mod:`dashboards.interpretations`)."""
    year = named(PeriodName.YEAR, as_of)
    asked = {"first": year.first, "last": year.last, "at": as_of, "unit": None}
    row = await (await conn.execute(query("score/late_and_disliked"), asked)).fetchone()
    units = list(await score.read(conn, as_of, year, settings.score_reading, None, settings.score_choices))
    ranks = [{(one.unit, one.until): one.rank for one in score.ranked(units, way)} for way in RankBy]
    return {
        "dislikes": int(row[0]) if row is not None else 0,
        "rank": sum(ranks[0][unit] != ranks[1][unit] for unit in ranks[0]),
        "voided": await figures.flow(conn, "voided", year),
    }
