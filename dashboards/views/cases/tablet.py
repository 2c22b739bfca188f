"""The tablet's page of figures: the wall's, for a period and a unit that the address names."""

from enum import StrEnum
from typing import Any

from dash import html

from dashboards.figures.by_channel import LABELS, NONE_ACCEPTED, by_channel
from dashboards.figures.day_chart import days_of, label
from dashboards.figures.headline import Rule, headline
from dashboards.readers.figures import Filters
from dashboards.readers.snapshot import Live, Selection
from dashboards.screens import links
from dashboards.screens.parts import Component, Props, dead_icon, dead_panel, icon, no_chart, sentence, was
from dashboards.screens.tablet import shell
from dashboards.screens.tablet.periods import chips as period_chips
from dashboards.settings import ScreensSettings
from dashboards.views.cases import numbers
from dashboards.views.cases.by_unit import UnitRow, by_unit
from dashboards.views.cases.panels import day_links
from dashboards.views.cases.tiles import period_on, state_of
from dashboards.words import number, shares, unit

ROWS = 5


class HomePart(StrEnum):
    LEAD = "tab-lead"
    OFF = "tab-off"
    NUMBERS = "tab-numbers"
    DAYS = "tab-days"
    DAYS_HEAD = "tab-days-head"
    DAYS_PLOT = "tab-days-plot"
    DAYS_ENDS = "tab-days-ends"
    CHANNELS = "tab-channels"
    UNITS = "tab-units"


def layout(view: Selection, parts: dict[str, dict[str, Any]]) -> Component:
    def of(part: HomePart, **props: Any) -> dict[str, Any]:
        return {"id": part.value, **props, **parts.get(part, {})}

    main = [
        html.P(**of(HomePart.LEAD, className="lead")),
        html.Div(
            [
                html.Div(_chips(view), className="fl"),
                html.Div(**of(HomePart.OFF, className="away")),
                html.Section(
                    [
                        html.Div(**of(HomePart.DAYS_HEAD)),
                        html.Div(**of(HomePart.DAYS_PLOT, className="plot away")),
                        html.Div(**of(HomePart.DAYS_ENDS, className="ends")),
                    ],
                    **of(HomePart.DAYS, className="pd"),
                ),
                html.Section(**of(HomePart.CHANNELS, className="pc")),
                html.Section(**of(HomePart.UNITS, className="pu")),
            ],
            className="left",
        ),
        html.Section(**of(HomePart.NUMBERS, className="kns")),
    ]
    return shell.page("Hồ sơ", main, view=view, parts=parts, tabs="Hồ sơ", kind="home")


def _chips(view: Selection) -> list[Component]:
    chips = period_chips(view.period, lambda period: links.screen(links.TABLET, view._replace(period=period)))
    if view.unit is None:
        return [*chips, html.A("Đơn vị: tất cả", href=links.screen(links.UNITS, view), className="chip")]
    every = links.screen(links.TABLET, view._replace(unit=None))
    return [*chips, html.A(f"{unit(view.unit)}: bỏ chọn", href=every, className="chip on wide")]


def render(live: Live, settings: ScreensSettings, before: Rule | None = None) -> tuple[dict[str, Props], Rule]:
    lead = headline(live, settings, before, unit)
    dead = lead.rule is Rule.DEAD
    band = " band" if dead else ""
    shape = [html.Span(icon(dead_icon(live.condition.state)), className="warn"), " "]
    parts: dict[str, Props] = {
        HomePart.LEAD: {
            "children": [*(shape if dead else []), *sentence(lead, live.as_of)],
            "className": "lead" + band,
        },
        HomePart.OFF: {"className": "away"},
        HomePart.NUMBERS: {"children": numbers.numbers(live, settings), "className": "kns"},
        **_by_day(live),
        HomePart.CHANNELS: _channels(live),
        HomePart.UNITS: _units(live),
    }
    return {**shell.frame(live, settings), **{str(part): props for part, props in parts.items()}}, lead.rule


def _by_day(live: Live) -> dict[str, Props]:
    title = html.H2("Trễ hạn theo ngày, 10 ngày làm việc", className="sub")
    lines = no_chart(live)
    if lines is not None:
        return {
            HomePart.DAYS: {"className": "pd dead"},
            HomePart.DAYS_HEAD: {"children": html.H2(was("Trễ hạn theo ngày"))},
            HomePart.DAYS_PLOT: {"children": [], "className": "plot away"},
            HomePart.DAYS_ENDS: {"children": lines},
        }
    chart = days_of(live)
    last = "hôm nay: ?" if chart.lost else "hôm nay" if chart.running else label(chart.days[-1], live)
    usual = f"cả ngày thường {number(chart.usual)}" if chart.usual is not None else ""
    return {
        HomePart.DAYS: {"className": "pd"},
        HomePart.DAYS_HEAD: {"children": html.Div([title, html.Span(usual, className="sub")], className="hh")},
        HomePart.DAYS_PLOT: {"children": day_links(chart, live, dark=False), "className": "plot"},
        HomePart.DAYS_ENDS: {"children": [html.Span(label(chart.days[0], live)), html.Span(last)]},
    }


def _channels(live: Live) -> Props:
    head = f"Tiếp nhận {period_on(live, 'accepted')} qua"
    if dead := dead_panel(live, live.standing(live.has_period), "pc", head):
        return dead
    amounts = by_channel(live)
    if not any(amounts.values()):
        return {"children": [html.H2(head, className="sub"), html.P(NONE_ACCEPTED)], "className": "pc"}
    items = [
        html.A(
            [
                html.Span(LABELS[channel], className="kl"),
                html.Span(share, className="v n", **{"data-k": f"c:{channel}"}),
            ],
            href=links.opening("accepted", live.view, Filters(unit=live.view.unit, channel=channel)),
            className="ch",
            **{"data-count": str(count), "data-counter": "accepted"},
        )
        for (channel, count), share in zip(amounts.items(), shares(list(amounts.values())), strict=True)
    ]
    return {"children": [html.H2(head, className="sub"), html.Div(items, className="chs")], "className": "pc"}


def _units(live: Live) -> Props:
    panel = by_unit(live, ROWS)
    head = f"Kéo tỷ lệ xuống {period_on(live, 'late')}, điểm %" if panel.pulling else "Đang quá hạn theo đơn vị"
    if dead := dead_panel(live, state_of(live, "late" if panel.pulling else "overdue"), "pu", "Đơn vị"):
        return dead
    if not panel.rows:
        return {"children": [html.H2(head, className="sub"), html.P(panel.instead)], "className": "pu"}
    rows = html.Ol([_row(row, live) for row in panel.rows], className="us")
    return {"children": [html.H2(head, className="sub"), rows], "className": "pu"}


def _row(row: UnitRow, live: Live) -> Component:
    bar = html.I(className="warn" if row.warn else "", style={"width": f"{100 * row.part:.1f}%"})
    return html.Li(
        [
            html.A(unit(row.unit), href=links.screen(links.TABLET, live.view._replace(unit=row.unit)), className="un"),
            html.Span(bar, className="track"),
            html.A(
                html.Span(row.text, className="v n", **{"data-k": f"u:{row.unit}"}),
                href=links.opening(row.counter, live.view, Filters(unit=row.unit)),
                className="uv",
                **{"data-count": str(row.cases), "data-counter": row.counter},
            ),
        ],
        className="ur",
    )
