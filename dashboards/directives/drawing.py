"""The curve of the number that a directive wants to move, with the day of the order on it, as SVG. Pure."""

from collections.abc import Sequence
from datetime import date
from html import escape

from dashboards.directives.aims import Aim, CurvePoint, highest
from dashboards.words import number, percent, short_day

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 470, 210, 6, 74, 34, 28


def curve(points: Sequence[CurvePoint], aim: Aim, ordered: date, today: date) -> str:
    """Nothing where nothing is known. The order is a mark on the axis of time; the last value is written at its end."""
    if not points:
        return '<p class="sub">Chưa có số theo ngày.</p>'
    first, last, top = points[0].day, max(today, points[-1].day), highest(points, aim)
    span = max(1, (last - first).days)

    def x(day: date) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * (day - first).days / span

    def y(amount: float) -> float:
        return TOP + (HEIGHT - TOP - BOTTOM) * (1 - amount / top)

    line = " ".join(f"{x(one.day):.1f},{y(one.amount):.1f}" for one in points)
    end, begun = points[-1], max(ordered, first)
    words = percent(end.amount) if aim.share else number(round(end.amount))
    floor = HEIGHT - BOTTOM
    anchor = "end" if x(begun) > WIDTH / 2 else "start"
    side = -6 if anchor == "end" else 6
    about = f"{aim.about}, từ {short_day(first)} đến {short_day(last)}; chỉ đạo ngày {short_day(ordered)}; nay {words}"
    return (
        f'<svg class="curve" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(about)}">'
        f'<line x1="{LEFT}" y1="{floor}" x2="{WIDTH - RIGHT}" y2="{floor}" stroke="var(--line)" stroke-width="1.5"/>'
        f'<line x1="{x(begun):.1f}" y1="{TOP - 12}" x2="{x(begun):.1f}" y2="{floor}"'
        ' stroke="var(--ink)" stroke-width="2.5"/>'
        f'<text x="{x(begun) + side:.1f}" y="{TOP - 16}" text-anchor="{anchor}">chỉ đạo {short_day(ordered)}</text>'
        f'<polyline points="{line}" fill="none" stroke="var(--bar)" stroke-width="3" stroke-linejoin="round"/>'
        f'<circle cx="{x(end.day):.1f}" cy="{y(end.amount):.1f}" r="5" fill="var(--ink)"/>'
        f'<text class="v" x="{x(end.day) + 12:.1f}" y="{y(end.amount) + 6:.1f}">{escape(words)}</text>'
        f'<text x="{LEFT}" y="{HEIGHT - 8}">{short_day(first)}</text>'
        f'<text x="{WIDTH - RIGHT}" y="{HEIGHT - 8}" text-anchor="end">{short_day(last)}</text></svg>'
    )
