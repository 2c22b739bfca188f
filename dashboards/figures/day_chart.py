"""Amounts by day as bars: how high each stands, and in which state. Pure; the browser draws them as it draws text."""

from datetime import date
from typing import NamedTuple

from dashboards.readers.snapshot import Ground, Live
from dashboards.words import short_day


class DayBar(NamedTuple):
    """``part`` of the chart's height, 0 to 1; ``state``: "" of a whole day, "running" of today, unfinished, "lost" of
    today when nobody knows it."""

    part: float
    state: str


class ChartDays(NamedTuple):
    """Late cases of each day; ``None`` where no source can have told. ``running``: the last day is today, unfinished;
    ``lost``: it is today and nobody knows it."""

    days: tuple[date, ...]
    late: tuple[int | None, ...]
    running: bool
    lost: bool

    @property
    def usual(self) -> int | None:
        """The median of the whole days."""
        whole = sorted(late for late in (self.late[:-1] if self.running else self.late) if late is not None)
        return whole[len(whole) // 2] if whole else None

    @property
    def last(self) -> int | None:
        return self.late[-1] if self.late else None


def days_of(live: Live) -> ChartDays:
    """Days before the first with anything in them are unknown only if nothing was ever told of them; a day within the
    sources' reach without late cases is a true zero."""
    late = {row.day: row.late for row in live.days}
    amounts = tuple(late.get(day, 0) for day in live.chart_days)
    running = bool(live.chart_days) and live.chart_days[-1] == live.today
    lost = running and live.condition.dead
    return ChartDays(live.chart_days, amounts, running, lost)


def bars(chart: ChartDays) -> list[DayBar]:
    """A bar for each day, all from zero; the place of a day that nobody knows is as high as the chart."""
    known = [amount or 0 for amount in chart.late]
    highest = max(known[:-1] if chart.lost else known, default=0) or 1
    made = [DayBar(amount / highest, "") for amount in known]
    if chart.running and made:
        made[-1] = DayBar(1.0, "lost") if chart.lost else DayBar(made[-1].part, "running")
    return made


def label(day: date, live: Ground) -> str:
    return short_day(day, live.today)
