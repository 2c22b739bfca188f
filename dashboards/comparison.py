"""What a figure is compared with: the same stretch of an earlier day, month or year, up to the same hour. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from dashboards.periods import Period, PeriodName
from dashboards.ratios import share
from dashboards.words import weekday
from schemas.province import ZONE


@dataclass(frozen=True, slots=True)
class ComparedSpan:
    """Whole days from ``first`` up to ``day``, and ``day`` up to ``moment``."""

    first: date
    day: date
    moment: datetime


@dataclass(frozen=True, slots=True)
class Base:
    """The figures at the end of such a span."""

    accepted: int
    finished: int
    on_time: int
    late: int
    open: int
    overdue: int

    @property
    def rate(self) -> float | None:
        return share(self.on_time, self.on_time + self.late)


def earlier(period: Period, at: datetime) -> ComparedSpan | None:
    """Today with the same weekday a week ago, a month or year with the one before it, each up to the same hour of the
    same day; one that is over, to its end. Everything has nothing before it."""
    local = _end(period, at)
    match period.name:
        case PeriodName.TODAY:
            first = day = local.date() - timedelta(days=7)
        case PeriodName.MONTH:
            first = (local.date().replace(day=1) - timedelta(days=1)).replace(day=1)
            day = _same_day(local.date(), first)
        case PeriodName.YEAR:
            first = date(local.year - 1, 1, 1)
            day = _same_day(local.date(), date(local.year - 1, local.month, 1))
        case _:
            return None
    return ComparedSpan(first, day, datetime.combine(day, local.timetz()))


def _end(period: Period, at: datetime) -> datetime:
    """The moment, or where the period ended before it, its last instant."""
    local = at.astimezone(ZONE)
    over = period.last is not None and period.last < local.date()
    return datetime.combine(period.last, time.max, tzinfo=ZONE) if over and period.last is not None else local


def _same_day(day: date, month: date) -> date:
    """The day of that number in another month, or its last."""
    following = (month.replace(day=28) + timedelta(days=4)).replace(day=1)
    return min(month.replace(day=1) + timedelta(days=day.day - 1), following - timedelta(days=1))


def named(period: Period, at: datetime) -> str:
    """What the comparison is with, as the footer says it once for the screen."""
    match period.name:
        case PeriodName.TODAY:
            own = _end(period, at).date()
            same = "cùng giờ" if own == at.astimezone(ZONE).date() else "cả"
            return f"so {same} {weekday(own)} trước"
        case PeriodName.MONTH:
            return "so cùng lúc tháng trước"
        case PeriodName.YEAR:
            return "so cùng lúc năm trước"
        case _:
            return ""


class Way(StrEnum):
    UP = "up"
    DOWN = "down"
    FLAT = "flat"


@dataclass(frozen=True, slots=True)
class Trend:
    """``amount`` is without a sign; ``share`` is set where it is better said as a share of the base."""

    way: Way
    amount: int
    share: float | None = None


def trend(now: int, then: int, *, as_share: bool) -> Trend:
    """How a count has changed. A share of nothing, or of ten times and more, is told as
    an amount, a large amount as a share."""
    way = Way.UP if now > then else Way.DOWN if now < then else Way.FLAT
    amount = abs(now - then)
    part = amount / then if (as_share or amount >= 1000) and then > 0 and amount < 10 * then else None
    return Trend(way, amount, part)


@dataclass(frozen=True, slots=True)
class Pull:
    """What one unit's cases did to the rate, as a difference of shares: negative pulls it down."""

    unit: str
    effect: float
    late: int


def pulls(counts: dict[str, tuple[int, int]], before: float) -> tuple[Pull, ...]:
    """Each unit's part in the change of the on-time rate from ``before``, the lowest first.

    ``counts`` holds (on time, late) by unit. A unit's part is how far its cases fall short of ``before``, over all
    cases; the parts add up to the change of the rate exactly, so no unit is blamed for another's cases.
    """
    whole = sum(on_time + late for on_time, late in counts.values())
    if whole == 0:
        return ()
    parts = (
        Pull(unit, (on_time - before * (on_time + late)) / whole, late) for unit, (on_time, late) in counts.items()
    )
    return tuple(sorted(parts, key=lambda part: (part.effect, part.unit)))
