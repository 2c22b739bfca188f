"""All that a live screen shows, read in one snapshot: figures, what they are compared with, and how well they are."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import NamedTuple, TypeVar

from dashboards import periods, source_silence
from dashboards.comparison import Base, earlier
from dashboards.periods import Period, PeriodName
from dashboards.ratios import share
from dashboards.readers import sources, unit_days
from dashboards.readers.database import Connection, Snapshot
from dashboards.readers.queries import query
from dashboards.readers.sources import NONE_OLD, Audit, Heartbeat, KnownHole, KnownPosition, KnownSource, OldRules
from dashboards.settings import ScreensSettings
from dashboards.source_hours import works_on
from dashboards.source_silence import SHOWN, Condition, State
from schemas.cases import SIMULATED
from schemas.losses import SourceLoss
from schemas.rules.worktime import WorkTime

CHART_DAYS = 10
_DAY = timedelta(days=1)

OnGround = TypeVar("OnGround", bound="Ground")


class Selection(NamedTuple):
    """What a viewer has chosen: a screen, a period, and one unit or part or all. ``scope``: the units beyond which he
    sees nothing; none is the whole province."""

    screen: str
    period: PeriodName = PeriodName.TODAY
    unit: str | None = None
    part: str | None = None
    scope: tuple[str, ...] = ()


class FlowRow(NamedTuple):
    unit: str
    channel: str
    accepted: int
    finished: int
    on_time: int
    late: int


class DayRow(NamedTuple):
    day: date
    finished: int
    late: int


class NowRow(NamedTuple):
    """Open cases of a unit; ``due`` are those that fall due by the end of the day, the latest at ``last_due``."""

    unit: str
    open: int
    overdue: int
    due: int = 0
    last_due: datetime | None = None
    next_due: datetime | None = None


@dataclass(frozen=True, slots=True)
class Feeding:
    """What stands behind every figure, whatever the view."""

    position: KnownPosition
    sources: tuple[KnownSource, ...]
    heartbeats: tuple[Heartbeat, ...]
    holes: tuple[KnownHole, ...]
    audit: Audit | None
    losses: tuple[SourceLoss, ...] = ()  # as they were read last, for the page of the sources
    losses_at: datetime | None = None
    old: OldRules = NONE_OLD  # what stands under older rules, as it was counted last
    work: WorkTime | None = None  # the working calendar, as it was read last

    @property
    def simulated(self) -> bool:
        return any(source.source == SIMULATED and source.events > 0 for source in self.sources)

    def of(self, contracts: Iterable[str] | None) -> "Feeding":
        """The part of it that stands behind figures of these topics; all of it for ``None``."""
        if contracts is None:
            return self
        kept = frozenset(contracts)
        return replace(
            self,
            sources=tuple(source for source in self.sources if source.contract in kept),
            holes=tuple(hole for hole in self.holes if hole.contract in kept),
        )


@dataclass(frozen=True, slots=True)
class Ground:
    """What every view at one moment stands on. ``at`` is the moment of which the figures are true: ``as_of``, or, when
    the screen is dead, the last at which they were known. ``reach`` is the last day of which a source has told. The
    period is named by that day while its sources live: on a Sunday "today" is the Friday before."""

    view: Selection
    as_of: datetime
    at: datetime
    condition: Condition
    feeding: Feeding
    period: Period
    reach: date | None = None
    chart_days: tuple[date, ...] = ()

    @property
    def today(self) -> date:
        return periods.today(self.as_of)

    @property
    def has_period(self) -> bool:
        """Whether any source can have told of the period: else its figures are unknown, not zero."""
        return self.reach is not None and (self.period.first is None or self.reach >= self.period.first)

    @property
    def has_open(self) -> bool:
        return self.reach is not None

    @property
    def finished(self) -> bool:
        """Whether what it shows of its period stays true when its source falls silent: what is of today does not."""
        return self.period.name is not PeriodName.TODAY

    @property
    def shows(self) -> bool:
        """Whether the figures of its period may stand."""
        return self.standing(self.has_period) in SHOWN

    @property
    def reached(self) -> bool:
        """Whether they are only true up to ``at``."""
        return self.standing(self.has_period) is State.REACHED

    def standing(self, has_data: bool, *, finished: bool | None = None) -> State:
        """Of one figure. ``has_data``: whether a source can have told of it; ``finished``: whether it stays true when
        the source falls silent, else what holds for the period."""
        state = self.condition.state
        if state in (State.ERROR, State.NONE, State.HANGING):
            return state
        if not has_data:
            return State.NONE
        stays = self.finished if finished is None else finished
        return State.REACHED if stays and self.condition.keeps else state

    @property
    def old(self) -> bool:
        """Whether no source has told of today: what is open is then only known up to ``reach``."""
        return self.reach is not None and self.reach < periods.today(self.at)

    @property
    def next_due(self) -> datetime | None:
        """When its figures next change by the clock alone."""
        return None


@dataclass(frozen=True, slots=True)
class Live(Ground):
    """The view of cases."""

    flows: tuple[FlowRow, ...] = ()
    now: tuple[NowRow, ...] = ()
    days: tuple[DayRow, ...] = ()
    base: Base | None = None
    province_rate: float | None = None  # on time, of all units; where the viewer sees some only

    def total(self, counter: str) -> int:
        return sum(getattr(row, counter) for row in self.flows)

    def total_now(self, counter: str) -> int:
        return sum(getattr(row, counter) for row in self.now)

    @property
    def next_due(self) -> datetime | None:
        return min((row.next_due for row in self.now if row.next_due), default=None)

    @property
    def last_due(self) -> datetime | None:
        return max((row.last_due for row in self.now if row.last_due), default=None)


async def feeding(conn: Connection) -> Feeding:
    return Feeding(
        await sources.position(conn),
        await sources.sources(conn),
        await sources.heartbeats(conn),
        await sources.holes(conn),
        await sources.last_audit(conn),
    )


async def read(snapshot: Snapshot, known: Feeding, view: Selection, settings: ScreensSettings) -> Live:
    """The view's figures in this snapshot; ``known`` was read in the same one."""
    conn, as_of = snapshot
    ground = ground_of(Live, known, view, as_of, settings)
    reach, at, period = ground.reach, ground.at, ground.period
    if reach is None:
        return ground
    chart = chart_days(min(reach, periods.today(at)), known.work)
    day_end = periods.next_midnight(at)
    parameters = {"unit": view.unit, "as_of": at, "day_end": day_end}
    now = await (await conn.execute(query("live_now"), parameters)).fetchall()
    charted, key = await unit_days.asked(conn, periods.between(chart[0], chart[-1]), view.unit)
    days = await (
        await conn.execute(query("live_days"), {"unit": key, "first": charted.first, "last": charted.last})
    ).fetchall()
    known_to_its_end = reach >= min(periods.today(at), period.last or date.max)
    return replace(
        ground,
        flows=await _flows(conn, period, view.unit),
        now=tuple(NowRow(*row) for row in now),
        days=tuple(DayRow(*row) for row in days),
        chart_days=chart,
        base=await _base(conn, period, at, view.unit) if known_to_its_end else None,
        province_rate=await _province_rate(conn, period) if view.scope else None,
    )


def ground_of(
    kind: type[OnGround],
    known: Feeding,
    view: Selection,
    as_of: datetime,
    settings: ScreensSettings,
    *,
    own: bool = True,
) -> OnGround:
    """A view of this kind with everything but its figures. A source of which days lie between two records has told of
    today also when it had nothing to say; while the others have not begun, the day that they told of last is shown.
    Where the figures are not the sources' ``own`` but about them, a silent source makes them no less true."""
    condition = source_silence.condition(known.sources, known.heartbeats, as_of, settings, known.work)
    if not own and condition.state in (State.SILENT, State.LATE, State.RESTING):
        condition = Condition(State.LIVE)
    at = condition.since if condition.dead and condition.since else as_of
    day = periods.today(at)
    reach = None if condition.state is State.NONE else source_silence.reach(known.sources)
    living = source_silence.live_feeds(known.sources, as_of, settings, known.work)
    if reach is not None and (not own or source_silence.began(living)):
        reach = max(reach, day)
    elif reach is not None and not condition.dead and any(feed.state is not State.SILENT for feed in living):
        day = min(reach, day)
    return kind(view, as_of, at, condition, known, periods.of_day(view.period, day), reach)


async def _flows(conn: Connection, period: Period, unit: str | None) -> tuple[FlowRow, ...]:
    """By the units whose the keys were on the days counted."""

    async def read(days: Period, key: str | None = None) -> dict[str, list[FlowRow]]:
        asked = {"first": days.first, "last": days.last, "unit": key}
        found: defaultdict[str, list[FlowRow]] = defaultdict(list)
        for row in await (await conn.execute(query("live_flows"), asked)).fetchall():
            found[row[0]].append(FlowRow(*row))
        return found

    if unit is None:
        rows = await unit_days.by_unit(conn, period, read)
    else:
        rows = {unit: [row for of in (await read(*await unit_days.asked(conn, period, unit))).values() for row in of]}
    return tuple(row._replace(unit=of) for of, rows_ in rows.items() for row in rows_)


async def _province_rate(conn: Connection, period: Period) -> float | None:
    found = await conn.execute(query("live_province"), {"first": period.first, "last": period.last})
    on_time, late = await found.fetchone() or (0, 0)
    return share(on_time, on_time + late)


async def _base(conn: Connection, period: Period, at: datetime, unit: str | None) -> Base | None:
    span = earlier(period, at)
    if span is None:
        return None
    days, key = await unit_days.asked(conn, periods.between(span.first, span.day), unit)
    if (days.first, key) != (span.first, unit):  # it was not this unit then
        return None
    parameters = {"first": span.first, "day": span.day, "moment": span.moment, "unit": unit}
    row = await (await conn.execute(query("live_base"), parameters)).fetchone()
    return Base(*row) if row is not None and any(row) else None


def chart_days(last: date, work: WorkTime | None = None, count: int = CHART_DAYS) -> tuple[date, ...]:
    """The ``count`` working days up to a day, itself always among them."""
    days = [last]
    while len(days) < count:
        last -= _DAY
        if works_on(work, last):
            days.append(last)
    return tuple(reversed(days))


NOTHING = Feeding(KnownPosition(0, 0, 0, 0, 0, None, None), (), (), (), None)


def unread(view: Selection, as_of: datetime, condition: Condition, kind: type[Ground] = Live) -> Ground:
    """The view when nothing could be read yet."""
    return kind(view, as_of, as_of, condition, NOTHING, periods.named(view.period, as_of))
