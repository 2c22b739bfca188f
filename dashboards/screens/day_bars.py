"""The chart by day: each bar is the link to the list of its day, so that what is seen and what opens cannot differ."""

from collections.abc import Callable
from datetime import date
from typing import Any

from dash import html

from dashboards.figures.day_chart import ChartDays, bars
from dashboards.screens.parts import Component
from dashboards.words import number


def day_bars(chart: ChartDays, counter: str, noun: str, href: Callable[[date], str], *, warns: bool) -> list[Component]:
    """``counter`` as a number names it, ``noun`` of what it counts; ``warns``: more of it is worse, so the running day
    has a warning's colour."""
    made = []
    for day, amount, bar in zip(chart.days, chart.late, bars(chart), strict=True):
        known = amount is not None and bar.state != "lost"
        words = f"{day:%d/%m/%Y}: " + (f"{number(amount)} {noun}" if known and amount is not None else "không biết")
        data: dict[str, Any] = {"data-count": str(amount), "data-counter": counter} if known else {}
        tone = f"{bar.state} warn".strip() if warns and bar.state == "running" else bar.state
        drawn = html.I(className=tone, style={"height": f"{100 * bar.part:.2f}%"}) if bar.part else None
        made.append(html.A(drawn, href=href(day), title=words, **{"aria-label": words}, **data))
    return made
