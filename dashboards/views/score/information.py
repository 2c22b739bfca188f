"""The two rows of Quyết định 766 that give no points: mean time (2.2), and petitions by what they are about (5.1)."""

from collections.abc import Mapping
from dataclasses import dataclass

from psycopg.rows import dict_row

from dashboards.periods import Period
from dashboards.readers import domains, unit_days
from dashboards.readers.database import Snapshot
from dashboards.readers.figures import Filters
from dashboards.readers.queries import query
from dashboards.views.score.counts import known_petitions
from schemas.portal import PETITION, PetitionKind


@dataclass(frozen=True, slots=True)
class ReadInformation:
    """``mean_s``: working seconds of the ``ended`` cases (finished or returned in the period) from acceptance to end,
    without what they waited for the citizen; ``None`` of none. ``petitions`` received, ``None``: no such source."""

    ended: int
    mean_s: int | None
    petitions: Mapping[PetitionKind, int] | None


async def read(snapshot: Snapshot, period: Period, unit: str | None = None) -> ReadInformation:
    """Of one unit, or of all together."""
    conn, as_of = snapshot
    if period.first is None or period.last is None:
        raise ValueError("a score is of a period with a first and a last day")
    async with conn.cursor(row_factory=dict_row) as cursor:
        days, key = await unit_days.asked(conn, period, unit)
        asked = {"first": days.first, "last": days.last, "unit": key}
        await cursor.execute(query("score/information"), asked)
        row = await cursor.fetchone() or {"ended": 0, "mean_s": None}
    petitions = None
    if await known_petitions(conn):
        rows = await domains.read(conn, as_of, PETITION, period, domains.DomainBy.PART, Filters(unit=unit))
        told = {found.key: found.counts["received"] or 0 for found in rows}
        petitions = {kind: told.get(kind, 0) for kind in PetitionKind}
    return ReadInformation(row["ended"], row["mean_s"], petitions)
