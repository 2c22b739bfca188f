"""A topic's chart by day: a counter's days, or a level as it stood on each. Pure."""

from dashboards.figures.day_chart import ChartDays
from dashboards.views.topics.declared import Number
from dashboards.views.topics.live import Topical
from schemas.counter_kinds import Kind


def days_of(live: Topical, number: Number) -> ChartDays:
    """A level's last day is no unfinished one: it is what was measured last."""
    amounts = tuple(live.by_day.get(day) for day in live.chart_days)
    running = bool(live.chart_days) and live.chart_days[-1] == live.today and number.known.kind is Kind.FLOW
    return ChartDays(live.chart_days, amounts, running, running and live.condition.dead)
