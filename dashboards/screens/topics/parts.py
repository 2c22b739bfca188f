"""What wall and tablet share of a topic's page: states, notes, links, the chart's links."""

from typing import Any

from dash import html

from dashboards.feeds import State
from dashboards.figures.day_chart import Days
from dashboards.ledger import SOURCES
from dashboards.periods import PeriodName
from dashboards.readers.figures import Filters
from dashboards.readers.topical import Topical
from dashboards.screens import links
from dashboards.screens.parts import Component, at_words, dead_tag, icon, none_tag, retry_words, was
from dashboards.topics import Number
from dashboards.words import number, short_day
from schemas.counters import Kind


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
    """Whether a source can have told of it: a flow only where it has told of the period."""
    if (asked.domain, asked.counter) == (SOURCES.name, "lost"):
        return live.feeding.losses_at is not None
    return live.has_period if asked.known.kind is Kind.FLOW else live.has_open


def instead(live: Topical, asked: Number | None = None, old: Any = None) -> list[Component] | None:
    """What stands in a figure's place, line by line; ``None`` where the figure may stand. ``asked``: what the figure
    counts, ``None`` for the sources themselves; ``old``: what it was."""
    has_data = live.has_open if asked is None else known(live, asked)
    condition = live.condition
    if condition.state is State.ERROR:
        return [dead_tag(live), was(retry_words(live))]
    if condition.state is State.NONE:
        return [none_tag(), was("chưa có nguồn")]
    if not has_data:
        if asked is not None and asked.counter == "lost":
            return [none_tag(), was("đang đối chiếu")]
        return [none_tag(), was(f"từ {short_day(live.reach, live.today)}" if live.reach else "chưa có nguồn")]
    if condition.dead:
        lines = was([f"{at_words(live)} ", old]) if old is not None else was(at_words(live).removesuffix(" là"))
        return [dead_tag(live), lines]
    return None


def note(live: Topical) -> list[Component]:
    """Lost records or lateness, which every number says."""
    if live.feeding.holes:
        return [html.Span([icon("warn"), " thiếu"], className="warn")]
    if live.condition.state is State.LATE:
        return [html.Span([icon("warn"), " chậm"], className="warn")]
    return []


def day_links(live: Topical, asked: Number, chart: Days, *, dark: bool) -> list[Component]:
    found = []
    noun = asked.known.noun
    for day, amount in zip(chart.days, chart.late, strict=True):
        unknown = amount is None or (chart.lost and day == chart.days[-1])
        words = f"{day:%d/%m/%Y}: " + ("không biết" if unknown or amount is None else f"{number(amount)} {noun}")
        filters = Filters(unit=live.view.unit, part=live.view.part, day=day)
        href = links.opening(asked.counter, live.view, filters, dark=dark, period=PeriodName.ALL, domain=asked.domain)
        counter = f"{asked.domain}.{asked.counter}"
        data = {} if unknown else {"data-count": str(amount), "data-counter": counter}
        found.append(html.A(href=href, title=words, **{"aria-label": words}, **data))
    return found
