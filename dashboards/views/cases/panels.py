"""The wall's panels: units, days, channels, and on an ultra-wide wall what falls due today."""

from datetime import date, datetime, timedelta

from dash import html

from dashboards.figures.by_channel import LABELS, NONE_ACCEPTED, by_channel
from dashboards.figures.day_chart import ChartDays, days_of, label
from dashboards.figures.headline import unit_pulls
from dashboards.periods import PeriodName, next_midnight
from dashboards.readers.figures import Filters
from dashboards.readers.snapshot import Live
from dashboards.screens import links
from dashboards.screens.day_bars import day_bars
from dashboards.screens.parts import Component, Props, dead_panel, no_chart, was
from dashboards.screens.wall.measured import em, name_beside
from dashboards.views.cases.by_unit import UnitRow, by_unit
from dashboards.views.cases.tiles import period_on, state_of
from dashboards.views.cases.wall_parts import WallPart
from dashboards.words import deadline, number, points, shares, short_unit
from dashboards.words import unit as unit_name

ROWS = 4
DUE_ROWS = 5
DUE_EM = (57.6 - 2 - 0.5) / 4.4  # what name and number of its column share


def units(live: Live) -> Props:
    panel = by_unit(live, ROWS)
    head = f"Kéo xuống {period_on(live, 'late')}, điểm %" if panel.pulling else "Đang quá hạn theo đơn vị"
    known = ""
    if panel.pulling:
        lowest = sum(pull.effect for pull in unit_pulls(live)[: len(panel.rows)])
        known = f" là {len(panel.rows)} đơn vị, {points(lowest)}"
    if dead := dead_panel(live, state_of(live, "late" if panel.pulling else "overdue"), "A C", head, known):
        return dead
    if not panel.rows:
        return {"children": [_head(head), html.P(panel.instead, className="quiet")], "className": "A C"}
    most = name_beside(row.text for row in panel.rows)
    rows = html.Ol([_unit_row(row, live, most) for row in panel.rows], className="rows us")
    return {"children": [_head(head), rows], "className": "A C"}


def _unit_row(row: UnitRow, live: Live, most: float) -> Component:
    bar = html.I(className="warn" if row.warn else "", style={"width": f"{100 * row.part:.1f}%"})
    return html.Li(
        [
            html.Span(short_unit(row.unit, most), className="name", title=unit_name(row.unit)),
            html.Span(bar, className="track"),
            _link(row.text, row.counter, row.cases, Filters(unit=row.unit), live, f"u:{row.unit}"),
        ],
        className="row u",
    )


def _link(text: str, counter: str, count: int, filters: Filters, live: Live, key: str) -> Component:
    return html.A(
        text,
        href=links.opening(counter, live.view, filters, dark=True),
        className="n o",
        **{"data-k": key, "data-count": str(count), "data-counter": counter},
    )


def by_day(live: Live) -> dict[str, Props]:
    """The chart's parts. Past days keep their bars when the source dies: what is finished stays true."""
    lines = no_chart(live)
    if lines is not None:
        return {
            WallPart.DAYS: {"className": "D dead"},
            WallPart.DAYS_HEAD: {"children": html.H2(was("Trễ hạn theo ngày"))},
            WallPart.DAYS_TAG: {"children": lines[0], "className": ""},
            WallPart.DAYS_PLOT: {"children": [], "className": "plot away"},
            WallPart.DAYS_ENDS: {"children": lines[1], "className": ""},
        }
    chart = days_of(live)
    return {
        WallPart.DAYS: {"className": "D"},
        WallPart.DAYS_HEAD: {"children": [html.H2("Trễ hạn theo ngày", className="h"), _day_words(chart, live)]},
        WallPart.DAYS_TAG: {"children": [], "className": "away"},
        WallPart.DAYS_PLOT: {"children": day_links(chart, live, dark=True), "className": "plot"},
        WallPart.DAYS_ENDS: {"children": _ends(chart, live), "className": "ends"},
    }


def _day_words(chart: ChartDays, live: Live) -> Component:
    usual = number(chart.usual) if chart.usual is not None else "không biết"
    if chart.lost:
        return html.P(f"cả ngày thường {usual}", className="ds quiet")
    if not chart.running or chart.last is None:
        return html.P(f"cả ngày thường {usual}", className="ds quiet")
    long = chart.last >= 10_000 or (chart.usual or 0) >= 1_000
    words = f" thường {usual}" if long else f" khi cả ngày thường {usual}"
    above = chart.usual is not None and chart.last > chart.usual
    return html.P(
        [html.B(number(chart.last), className="warn" if above else ""), html.Span(words, className="quiet")],
        className="ds",
    )


def day_links(chart: ChartDays, live: Live, *, dark: bool) -> list[Component]:
    def href(day: date) -> str:
        filters = Filters(unit=live.view.unit, day=day)
        return links.opening("late", live.view, filters, dark=dark, period=PeriodName.ALL)

    return day_bars(chart, "late", "hồ sơ trễ hạn", href, warns=True)


def _ends(chart: ChartDays, live: Live) -> list[Component]:
    last = "hôm nay: ?" if chart.lost else "hôm nay" if chart.running else label(chart.days[-1], live)
    ink = {} if chart.lost or not chart.running else {"style": {"color": "var(--ink)"}}
    return [html.Span(label(chart.days[0], live)), html.Span(last, **ink)]


def channels(live: Live) -> Props:
    head = f"Tiếp nhận {period_on(live, 'accepted')}"
    if dead := dead_panel(live, live.standing(live.has_period), "E", head):
        return dead
    amounts = by_channel(live)
    if not any(amounts.values()):
        return {"children": [_head(head), html.P(NONE_ACCEPTED, className="quiet")], "className": "E"}
    rows = [
        html.Li(
            [
                html.Span(LABELS[channel]),
                _link(
                    share,
                    "accepted", count, Filters(unit=live.view.unit, channel=channel), live, f"c:{channel}",
                ),
            ],
            className="row c",
        )
        for (channel, count), share in zip(amounts.items(), shares(list(amounts.values())), strict=True)
    ]  # fmt: skip
    return {"children": [_head(head), html.Ol(rows, className="rows")], "className": "E"}


def due(live: Live) -> Props:
    """Open cases that fall due by the end of the day, by unit; only an ultra-wide wall has room for it."""
    if dead := dead_panel(live, state_of(live, "open"), "X", "Phải xong hôm nay"):
        return dead
    before = end_of_day(live)
    rows = sorted((row for row in live.now if row.due), key=lambda row: (-row.due, row.unit))
    total = live.total_now("due")
    head = f"Phải xong trước {deadline(live.last_due)}" if live.last_due else "Phải xong hôm nay"
    shown = rows[:DUE_ROWS]
    rest = len(rows) - len(shown)
    items = [
        _due_row(
            short_unit(row.unit, DUE_EM - em(number(row.due), bold=True, equal=True)),
            row.due,
            Filters(unit=row.unit, due_before=before),
            live,
        )
        for row in shown
    ]
    if rest:
        items.append(html.Li(html.Span(f"và {rest} đơn vị khác"), className="row c quiet"))
    everything = Filters(unit=live.view.unit, due_before=before)
    value = html.A(
        number(total),
        href=links.opening("open", live.view, everything, dark=True),
        className="v v1",
        **{"data-k": "due", "data-count": str(total), "data-counter": "open"},
    )
    return {"children": [_head(head), value, html.Ol(items, className="rows")], "className": "X"}


def end_of_day(live: Live) -> datetime:
    """A deadline of 24:00 is still today's."""
    return next_midnight(live.at) + timedelta(microseconds=1)


def _due_row(name: str, count: int, filters: Filters, live: Live) -> Component:
    return html.Li(
        [html.Span(name), _link(number(count), "open", count, filters, live, f"d:{filters.unit}")], className="row c"
    )


def _head(text: str) -> Component:
    return html.H2(text, className="h")
