"""The numbers that a directive may want to move: what each is, and its words. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from dashboards.words import NB, number, percent

WEEK = timedelta(days=7)  # over which a share is taken: single days of a small unit jump
BEFORE = timedelta(days=21)  # of the curve, before the order


@dataclass(frozen=True, slots=True)
class Aim:
    """``share``: a part of a whole, else a count. ``rising``: more is better."""

    name: str
    label: str
    about: str
    share: bool
    rising: bool


ON_TIME = Aim("on_time", "tỷ lệ đúng hạn", "hồ sơ xong đúng hạn trong 7 ngày", share=True, rising=True)
OVERDUE = Aim("overdue", "số hồ sơ quá hạn", "hồ sơ đang xử lý đã quá hạn", share=False, rising=False)
AIMS: Mapping[str, Aim] = MappingProxyType({aim.name: aim for aim in (ON_TIME, OVERDUE)})


@dataclass(frozen=True, slots=True)
class AimValue:
    """``whole`` is ``None`` of a count; a share of nothing is not known."""

    value: int
    whole: int | None = None

    @property
    def known(self) -> bool:
        return self.whole != 0

    @property
    def amount(self) -> float:
        return float(self.value) if self.whole is None else self.value / self.whole if self.whole else 0.0

    @property
    def words(self) -> str:
        if not self.known:
            return f"không{NB}biết"
        return number(self.value) if self.whole is None else percent(self.amount)


NOT_KNOWN = AimValue(0, 0)  # as a share of nothing


@dataclass(frozen=True, slots=True)
class CurvePoint:
    day: date
    amount: float


def by_week(days: Mapping[date, tuple[int, int]], first: date, last: date) -> list[CurvePoint]:
    """The share of each day over the seven days that end with it; days of which nothing is known are left out."""
    points = []
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        span = [days[one] for back in range(7) if (one := day - timedelta(days=back)) in days]
        whole = sum(of for _, of in span)
        if whole:
            points.append(CurvePoint(day, sum(part for part, _ in span) / whole))
    return points


def moved(aim: Aim, then: AimValue, now: AimValue) -> str:
    """``tỷ lệ đúng hạn lúc chỉ đạo 62 %, nay 88 %``."""
    return f"{aim.label} lúc chỉ đạo {then.words}, nay {now.words}"


def better(aim: Aim, then: AimValue, now: AimValue) -> bool | None:
    """Whether it has moved the right way; ``None`` where it has not moved, or is not known."""
    if not then.known or not now.known or then.amount == now.amount:
        return None
    return (now.amount > then.amount) is aim.rising


def highest(points: Sequence[CurvePoint], aim: Aim) -> float:
    return 1.0 if aim.share else max([point.amount for point in points] + [1.0])
