"""Quyết định 766: what each unit's components count over a period, their points, and the cases behind.

Counted from the province's own events where they carry it; else what the national portal has published for the
period, or last before its end (``ioc.portal``). What neither says is not known, which is not 0.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from psycopg.rows import class_row

from dashboards.periods import Period, between
from dashboards.readers import unit_days
from dashboards.readers.database import Connection
from dashboards.readers.queries import query
from dashboards.score_settings import USUAL, Choices
from dashboards.unit_keys import former, parted
from dashboards.views.score import spans as score_spans
from dashboards.views.score.counts import OF_CASES, PROVINCE, SATISFIED, end_of, figures_of
from dashboards.views.score.figure import Figure
from dashboards.views.score.spans import ScoreSpan
from schemas.rules.decision_766 import COMPONENT, PointsScore, Reading, score
from schemas.rules.score_choices import RankBy
from schemas.rules.score_flags import BIT

LISTED = (*OF_CASES, "PROGRESS", SATISFIED)


@dataclass(frozen=True)
class ScoredUnit:
    """``unit`` is ``None`` for all units together, ``""`` for the one that no case names. ``rank`` is among units of
    the same tier that have counted anything, 1 the best; ``None`` where the tier is not known. Of a former unit, whose
    key is another's now, ``until`` is its last day and ``name`` how it was called."""

    unit: str | None
    tier: str | None
    figures: Mapping[str, Figure]
    score: PointsScore
    rank: int | None = None
    ranked: int | None = None
    until: date | None = None
    name: str | None = None

    @property
    def key(self) -> str | None:
        """What names it among all, former ones too."""
        return self.unit if self.unit is None or self.until is None else former(self.unit, self.until)

    @cached_property
    def lacking(self) -> dict[str, int]:
        """How many cases stand between each component and its maximum, where these are listed."""
        return {code: one.lacking for code, one in self.figures.items() if one.lacking is not None}


@dataclass(frozen=True, slots=True)
class LackedCase:
    """One case that the whole of a component has and its part has not."""

    subject: str
    unit: str
    procedure: str
    accepted_at: datetime | None
    due_766: datetime | None
    ended_at: datetime | None
    last_unit: str


async def read(
    conn: Connection,
    as_of: datetime,
    period: Period,
    reading: Reading,
    unit: str | None = None,
    choices: Choices = USUAL,
) -> tuple[ScoredUnit, ...]:
    """All units together first, then each in the order of the keys; ``period`` must have a first and a last day. With
    ``unit`` only that one is read: it comes alone and has no rank. A key that became another unit's in the period comes
    for each of them, the former first; of a former one (:mod:`dashboards.unit_keys`) only that."""
    asked, until = (unit, None) if unit is None else parted(unit)
    counts, spans = await score_spans.read(conn, as_of, period, asked)
    found = []
    for key in sorted(counts.units, key=lambda name: (name is not None, name or "")):
        if key is None and unit is not None:
            continue
        for span in spans.get(key or "", [ScoreSpan(counts)]):
            tier = PROVINCE if key is None else span.counts.tiers.get(key)
            figures = figures_of(span.counts, key, choices.dislikes)
            points = score(
                {code: figure.counted for code, figure in figures.items()},
                reading,
                choices.granted.get(tier or "", frozenset()),
            )
            found.append(ScoredUnit(key, tier, figures, points, until=span.until, name=span.name))
    if until is not None:
        found = [one for one in found if one.until == until]
    return tuple(found) if unit is not None else tuple(ranked(found, choices.rank_by))


def lowest_first(units: Iterable[ScoredUnit]) -> list[ScoredUnit]:
    """The smallest part of what is known first: where to look. A unit of which nothing is known is none."""
    counted = [one for one in units if one.score.points]
    return sorted(counted, key=lambda one: (one.score.total / one.score.possible, one.unit or ""))


def of_unit(found: Iterable[ScoredUnit], unit: str | None) -> ScoredUnit | None:
    """Of the unit that has this key now, or of the former one that is named so."""
    return next((one for one in found if one.key == unit), None)


async def by_unit(
    conn: Connection, found: Iterable[ScoredUnit], earlier: Period, period: Period
) -> dict[str | None, ScoredUnit]:
    """Those of an earlier period by the keys of now, to compare with; of a key that became another's since, none."""
    others = await unit_days.changed(conn, between(earlier.first, period.last))
    return {one.unit: one for one in found if one.until is None and one.unit not in others}


def change(now: ScoredUnit, before: ScoredUnit | None) -> float | None:
    """Points more than before, of the components that are known both times; ``None`` where none is."""
    both = [] if before is None else [code for code in now.score.points if code in before.score.points]
    if before is None or not both:
        return None
    return sum(now.score.points[code] - before.score.points[code] for code in both)


async def lacking(
    conn: Connection,
    as_of: datetime,
    period: Period,
    code: str,
    unit: str | None = None,
    after: str = "",
    limit: int | None = None,
    offset: int = 0,
) -> tuple[LackedCase, ...]:
    """The cases that a component of :data:`LISTED` lacks, in the order of their codes."""
    async with conn.cursor(row_factory=class_row(LackedCase)) as cursor:
        asked = {**await _lacking(conn, as_of, period, code, unit), "after": after, "limit": limit, "offset": offset}
        await cursor.execute(query("score/cases"), asked)
        return tuple(await cursor.fetchall())


async def lacking_count(conn: Connection, as_of: datetime, period: Period, code: str, unit: str | None = None) -> int:
    """How many there are."""
    cursor = await conn.execute(query("score/cases_counted"), await _lacking(conn, as_of, period, code, unit))
    row = await cursor.fetchone()
    return 0 if row is None else int(row[0])


async def _lacking(conn: Connection, as_of: datetime, period: Period, code: str, unit: str | None) -> dict[str, object]:
    period, unit = await unit_days.asked(conn, period, unit)
    if code not in LISTED:
        raise ValueError(f"{COMPONENT[code].label} is not counted by cases")
    flag = OF_CASES.get(code)
    return {
        "progress": flag is None,
        "disliked": code == SATISFIED,
        "has": BIT["fee_cases"] if code == "ONLINE_PAYMENT" else 0,
        "lacks": 0 if flag is None else BIT[flag],
        "first": period.first,
        "last": period.last,
        "at": end_of(period, as_of),
        "unit": unit,
    }


def ranked(found: list[ScoredUnit], rank_by: RankBy = RankBy.SHARE) -> Iterable[ScoredUnit]:
    """Within a tier; equal ones (as they are shown, two decimals) share a rank. Totals never rank, and the province is
    one."""

    def has_rank(one: ScoredUnit) -> bool:
        return one.unit is not None and one.tier not in (None, PROVINCE) and bool(one.score.points)

    def worth(one: ScoredUnit) -> float:
        total = one.score.total
        return round(total if rank_by is RankBy.TOTAL else 100 * total / one.score.possible, 2)

    by_tier: dict[str | None, list[float]] = {}
    for one in filter(has_rank, found):
        by_tier.setdefault(one.tier, []).append(worth(one))
    for one in found:
        if not has_rank(one):
            yield one
            continue
        rivals = by_tier[one.tier]
        yield replace(one, rank=1 + sum(other > worth(one) for other in rivals), ranked=len(rivals))
