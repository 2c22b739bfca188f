"""The day's curve of look-ups as a picture: what is usual as a band, the way so far, and dotted to the limit. Pure.

An SVG in its own address (nothing is fetched); colours are the wall's tokens. Words stand beside it as text.
"""

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import quote

WIDE, HIGH = 1_200, 300
OPENS, CLOSES = 7 * 60, 17 * 60  # what the axis shows of a day, and more where there is more
INK, BAND, LINE, GRAVE = "#F1F3F5", "#5A6570", "#66717D", "#FF7A59"
TOP = 1.28  # over the highest: there stand the limit's words


class Scale(NamedTuple):
    """Of the day's minutes and of look-ups; places are parts of width and height, from left and top."""

    first: int
    last: int
    most: float

    def x(self, minute: float) -> float:
        return min(max((minute - self.first) / (self.last - self.first), 0.0), 1.0)

    def y(self, count: float) -> float:
        return 1.0 - min(max(count / self.most, 0.0), 1.0)


class ChartOf(NamedTuple):
    """``reaches``: the minute at which the limit is reached; ``bent``: since when the curve rises more than usual."""

    points: Sequence[tuple[int, int]]
    low: Sequence[int]
    high: Sequence[int]
    limit: int | None
    reaches: float | None
    bent: int | None

    @property
    def scale(self) -> Scale:
        now, used = self.points[-1] if self.points else (OPENS, 0)
        last = max(CLOSES, now, round(self.reaches or 0))
        at_end = self.high[min(last // 60, 24) - 1] if self.high else 0
        most = max(used, at_end, self.limit or 0, 1)
        return Scale(OPENS if now >= OPENS else 0, last if last <= CLOSES else 1_440, most * TOP)


def picture(chart: ChartOf) -> str:
    """Its address."""
    scale = chart.scale
    parts = [_band(chart, scale)] if chart.high else []
    if chart.limit is not None:
        at = HIGH * scale.y(chart.limit)
        parts.append(f'<path d="M0 {at:.1f}H{WIDE}" stroke="{INK}" stroke-width="4"/>')
    parts.append(f'<path d="M0 {HIGH - 1.5}H{WIDE}" stroke="{LINE}" stroke-width="3"/>')
    bent = chart.bent if chart.reaches is not None else None
    usual = [point for point in chart.points if bent is None or point[0] <= bent]
    parts.append(f'<path d="{_way(usual, scale)}" stroke="{INK}" stroke-width="6" stroke-linejoin="round"/>')
    if bent is not None and usual:
        rising = [usual[-1], *(point for point in chart.points if point[0] > bent)]
        parts.append(f'<path d="{_way(rising, scale)}" stroke="{GRAVE}" stroke-width="9" stroke-linejoin="round"/>')
    parts += _ahead(chart, scale)
    body = "".join(parts)
    text = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}" fill="none"'
        f' preserveAspectRatio="none">{body}</svg>'
    )
    return f"data:image/svg+xml,{quote(text)}"


def _way(points: Sequence[tuple[float, float]], scale: Scale) -> str:
    shown = [point for point in points if point[0] >= scale.first] or list(points[-1:])
    return "M" + "L".join(f"{WIDE * scale.x(minute):.1f} {HIGH * scale.y(count):.1f}" for minute, count in shown)


def _band(chart: ChartOf, scale: Scale) -> str:
    hours = [hour for hour in range(25) if scale.first <= hour * 60 <= scale.last]
    high = [(hour * 60, chart.high[hour - 1] if hour else 0) for hour in hours]
    low = [(hour * 60, chart.low[hour - 1] if hour else 0) for hour in reversed(hours)]
    return f'<path d="{_way([*high, *low], scale)}Z" fill="{BAND}"/>'


def _ahead(chart: ChartOf, scale: Scale) -> list[str]:
    if not chart.points:
        return []
    now, used = chart.points[-1]
    x, y = WIDE * scale.x(now), HIGH * scale.y(used)
    colour = GRAVE if chart.reaches is not None else INK
    parts = [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="11" fill="{colour}"/>']
    if chart.reaches is not None and chart.limit is not None:
        to_x, to_y = WIDE * scale.x(chart.reaches), HIGH * scale.y(chart.limit)
        parts.insert(
            0,
            f'<path d="M{x:.1f} {y:.1f}L{to_x:.1f} {to_y:.1f}" stroke="{GRAVE}" stroke-width="6"'
            ' stroke-dasharray="8 11"/>',
        )
        parts.append(f'<path d="M{to_x:.1f} {to_y - 20:.1f}l20 20-20 20-20-20z" fill="{GRAVE}"/>')
    return parts
