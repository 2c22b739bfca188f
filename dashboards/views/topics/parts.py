"""What wall and tablet share of a topic's page: states, notes, links, the chart's links."""

from datetime import date
from typing import Any

from dash import html

from dashboards.counted_domains import SOURCES
from dashboards.figures.day_chart import ChartDays
from dashboards.periods import PeriodName
from dashboards.readers.figures import Filters
from dashboards.screens import links, parts
from dashboards.screens.day_bars import day_bars
from dashboards.screens.parts import Component
from dashboards.source_silence import State
from dashboards.unit_keys import parted
from dashboards.views.topics.declared import Number
from dashboards.views.topics.live import Topical, lasts
from schemas.counter_kinds import Kind


def link(
    live: Topical, asked: Number, content: Any, count: int, filters: Filters, *, dark: bool, **props: Any
) -> Component:
    """A number that opens its list: ``count`` is what the list has to come to."""
    return html.A(
        content,
        href=links.opening(asked.counter, live.view, filters, dark=dark, domain=asked.domain),
        **{"data-count": str(count), "data-counter": f"{asked.domain}.{asked.counter}", **props},
    )


def chosen(live: Topical) -> Filters:
    """What the view has chosen, as every number of it is opened."""
    return Filters(unit=live.view.unit, part=live.view.part)


def known(live: Topical, asked: Number) -> bool:
    """Whether a source can have told of it: a flow only where it has told of the period; a level of one unit only
    where one stands."""
    if (asked.domain, asked.counter) == (SOURCES.name, "lost"):
        return live.feeding.losses_at is not None
    return live.has_period if asked.known.kind is Kind.FLOW else live.has_open and live.measured(asked)


def state_of(live: Topical, asked: Number | None = None) -> State:
    """Of a figure: what it counts, ``None`` for the sources themselves."""
    return (
        live.standing(live.has_open)
        if asked is None
        else live.standing(known(live, asked), finished=lasts(live, asked))
    )


def instead(live: Topical, asked: Number | None = None, old: Any = None) -> list[Component] | None:
    """What stands in a figure's place, line by line; ``None`` where the figure may stand. ``old``: what it was."""
    return parts.instead(live, state_of(live, asked), old, nothing=instead_of(live, asked))


def instead_of(live: Topical, asked: Number | None) -> str:
    """Why there is no number yet, where that is not that no source has told."""
    if asked is not None and not live.measured(asked):
        return "đơn vị không còn" if parted(live.view.unit or "")[1] else "không có lần đo"
    return "đang đối chiếu" if asked is not None and asked.counter == "lost" else ""


def note(live: Topical, asked: Number) -> list[Component]:
    return parts.note(live, state_of(live, asked))


def day_links(live: Topical, asked: Number, chart: ChartDays, *, dark: bool) -> list[Component]:
    def href(day: date) -> str:
        filters = Filters(unit=live.view.unit, part=live.view.part, day=day)
        return links.opening(asked.counter, live.view, filters, dark=dark, period=PeriodName.ALL, domain=asked.domain)

    counter = f"{asked.domain}.{asked.counter}"
    return day_bars(chart, counter, str(asked.known.noun), href, warns=asked.warn)
