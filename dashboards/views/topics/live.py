"""All that a topic's live page shows, read in one snapshot: every counter by unit and part, and one of them by day."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from dashboards import periods
from dashboards.counted_domains import SOURCES
from dashboards.periods import Period, PeriodName
from dashboards.ratios import share
from dashboards.readers import domains, reference, sending
from dashboards.readers.database import Connection, Snapshot
from dashboards.readers.domains import Cell
from dashboards.readers.figures import Filters
from dashboards.readers.queries import query
from dashboards.readers.snapshot import Feeding, Ground, Selection, chart_days, ground_of
from dashboards.readers.sources import contract_of
from dashboards.settings import ScreensSettings
from dashboards.views.topics.declared import Number, Share, ShownTopic
from schemas.contracts import DOMAINS
from schemas.counter_kinds import Kind
from schemas.platform import SYSTEM

LAST_LOOK = timedelta(hours=2)  # the longest interval of a probe is an hour


@dataclass(frozen=True, slots=True)
class Topical(Ground):
    """One view of a topic. ``names`` are those of units and sectors by their keys, on the day shown; ``totals``: the
    units that are the whole province."""

    cells: Mapping[str, tuple[Cell, ...]] = field(default_factory=dict)
    by_day: Mapping[date, int] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    due: datetime | None = None
    totals: frozenset[str] = frozenset()
    unread: tuple[tuple[str, str], ...] = ()  # systems that are reached and give no numbers, with why

    @property
    def next_due(self) -> datetime | None:
        return self.due

    def name(self, key: str) -> str:
        return self.names.get(key, key)

    def amounts(self, number: Number, by: str = "") -> dict[str, int]:
        """The counter by unit or part; with neither, all of it under "". A level that was told of the province stands
        for its part: no unit's is added to it, and it is no unit among the others."""
        cells = [cell for cell in self.cells.get(number.domain, ()) if cell.counter == number.counter]
        if number.known.kind is Kind.LEVEL and self.view.unit is None:
            told = {cell.part for cell in cells if cell.unit in self.totals}
            whole = [cell for cell in cells if cell.unit in self.totals or cell.part not in told]
            cells = whole if by != "unit" else [cell for cell in cells if cell.unit not in self.totals]
        found: dict[str, int] = {}
        for cell in cells:
            key = cell.unit if by == "unit" else cell.part if by == "part" else ""
            found[key] = found.get(key, 0) + cell.amount
        return found

    def measured(self, number: Number) -> bool:
        """Of a level of one unit, whether one stands: else it is unknown, not zero."""
        cells = self.cells.get(number.domain, ())
        whole = number.known.kind is not Kind.LEVEL or self.view.unit is None
        return whole or any(cell.counter == number.counter for cell in cells)

    def amount(self, number: Number) -> int:
        return self.amounts(number).get("", 0)

    def shares(self, asked: Share, by: str = "") -> dict[str, float]:
        """The share by unit or part, or all of it under ""; only where there is a whole."""
        part = self.amounts(Number(asked.domain, asked.part), by)
        whole: dict[str, int] = {}
        for counter in asked.whole:
            for key, amount in self.amounts(Number(asked.domain, counter), by).items():
                whole[key] = whole.get(key, 0) + amount
        found = {}
        for key, amount in whole.items():
            value = share(part.get(key, 0), amount)
            if value is not None:
                found[key] = 1 - value if asked.rest else value
        return found

    def whole(self, asked: Share) -> int:
        return sum(self.amount(Number(asked.domain, counter)) for counter in asked.whole)


def lasts(live: Ground, number: Number) -> bool:
    """Whether it stays true when its source falls silent: what was measured last, and the flows of what is over."""
    return number.known.kind is Kind.LEVEL or (number.known.kind is Kind.FLOW and live.finished)


async def read(
    snapshot: Snapshot, known: Feeding, view: Selection, settings: ScreensSettings, topic: ShownTopic
) -> Topical:
    """The topic's figures in this snapshot; ``known`` was read in the same one and is of the topic's sources."""
    conn, as_of = snapshot
    ground = ground_of(Topical, known, view, as_of, settings, own=bool(topic.contract))
    if ground.reach is None:
        return ground
    at, filters = ground.at, Filters(unit=view.unit, part=view.part)
    chart = chart_days(min(ground.reach, periods.today(at)), known.work)
    cells = {
        name: await domains.cells(conn, at, DOMAINS[name], ground.period, filters)
        for name in topic.domains
        if name in DOMAINS
    }
    if SOURCES.name in topic.domains:
        rejects = await sending.rejected(conn, ground.period)
        cells[SOURCES.name] = sending.cells(known, rejects, as_of, settings, filters)
    return replace(
        ground,
        chart_days=chart,
        cells=cells,
        by_day=await _by_day(conn, at, topic.trend, chart, filters),
        names=await names(conn, periods.today(at), cells),
        totals=await reference.totals(conn),
        due=await domains.next_due(conn, at, [name for name in topic.domains if name in DOMAINS]),
        unread=await _unread(conn, at) if SYSTEM.name in topic.domains else (),
    )


async def _unread(conn: Connection, at: datetime) -> tuple[tuple[str, str], ...]:
    cursor = await conn.execute(query("systems_unread"), {"since": at - LAST_LOOK})
    return tuple((str(part), str(why)) for part, why in await cursor.fetchall())


async def _by_day(
    conn: Connection, at: datetime, number: Number, chart: tuple[date, ...], filters: Filters
) -> dict[date, int]:
    """The counter on each of these days; a level as it stood then, on no day on which none is known."""
    if number.domain == SOURCES.name:
        found = dict.fromkeys(chart, 0)
        for row in await sending.rejected(conn, Period(PeriodName.BETWEEN, chart[0], chart[-1])):
            if row.day in found and sending.fits(filters, row.source, contract_of(row.topic)):
                found[row.day] += row.records
        return found
    level = number.known.kind is Kind.LEVEL
    period = Period(PeriodName.BETWEEN, None if level else chart[0], chart[-1])
    rows = await domains.read(conn, at, DOMAINS[number.domain], period, domains.DomainBy.DAY, filters)
    told = {date.fromisoformat(row.key): row.counts[number.counter] for row in rows}
    if not level:
        return {day: told.get(day) or 0 for day in chart}
    nothing = None if filters.unit is not None else 0
    found = {}
    for day in chart:
        last = max((known for known in told if known <= day), default=None)
        amount = nothing if last is None else told[last]
        if amount is not None:
            found[day] = amount
    return found


async def names(conn: Connection, day: date, cells: Mapping[str, tuple[Cell, ...]]) -> dict[str, str]:
    """Of the units and sectors in these rows, as they were called on that day."""
    units = {cell.unit for name, rows in cells.items() for cell in rows if cell.unit and name != SOURCES.name}
    sectors = {cell.part for name in ("dataset", "campaign") for cell in cells.get(name, ()) if cell.part}
    found = {}
    for kind, keys in (("sector", sectors), ("unit", units)):
        for key, named in (await reference.names(conn, kind, sorted(keys), day)).items() if keys else ():
            found[key] = named.shown
    return found
