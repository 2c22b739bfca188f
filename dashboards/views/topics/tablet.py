"""A topic on the tablet: the wall's figures for a period, unit and part that the address names."""

from typing import Any

from dash import html

from dashboards.counted_domains import SOURCES
from dashboards.figures.day_chart import label
from dashboards.figures.headline import Rule
from dashboards.readers.figures import NO_FILTERS
from dashboards.readers.snapshot import Selection
from dashboards.screens import links, nav
from dashboards.screens.parts import Component, Props, dead_icon, icon, no_chart, none_tag, sentence, was
from dashboards.screens.tablet import shell
from dashboards.screens.tablet.periods import chips as period_chips
from dashboards.settings import ScreensSettings
from dashboards.source_silence import SHOWN, State
from dashboards.views.topics import ages, guard_tablet, words
from dashboards.views.topics.days import days_of
from dashboards.views.topics.declared import Number, ShownBy, ShownTopic, Table
from dashboards.views.topics.headline import headline
from dashboards.views.topics.ids import Tablet
from dashboards.views.topics.live import Topical
from dashboards.views.topics.parts import chosen, day_links, instead, link, note, state_of
from dashboards.views.topics.rows import RankedRow, rows_of
from dashboards.words import percent, tile_number, unit

FIRST_ROWS, SECOND_ROWS = 3, 4


def name_of(topic: str) -> str:
    return f"tb-{topic}"


def layout(view: Selection, parts: dict[str, dict[str, Any]], topic: ShownTopic) -> Component:
    def of(part: Tablet, **props: Any) -> dict[str, Any]:
        return {"id": part.value, **props, **parts.get(part, {})}

    days = [
        html.Div(**of(Tablet.DAYS_HEAD)),
        html.Div(**of(Tablet.DAYS_PLOT, className="plot away")),
        html.Div(**of(Tablet.DAYS_ENDS, className="ends")),
    ]
    left = [
        html.Div(_chips(view, topic), className="fl"),
        html.Section(days, **of(Tablet.DAYS, className="pd")),
        html.Section(**of(Tablet.SECOND, className="pc")),
        html.Section(**of(Tablet.FIRST, className="pu")),
    ]
    main = [
        html.P(**of(Tablet.LEAD, className="lead")),
        html.Div(left, className="left"),
        html.Section(**of(Tablet.NUMBERS, className="kns")),
    ]
    title = nav.SHORT.get(topic.name, topic.title)
    return shell.page(
        topic.title, main, view=view, parts=parts, tabs=title, kind="home topic", selection=Selection("khung")
    )


def _chips(view: Selection, topic: ShownTopic) -> list[Component]:
    chips = period_chips(view.period, lambda period: links.topic(topic.name, view._replace(period=period)))
    if view.unit is None and view.part is None:
        whole = links.table(topic.name, view)
        if SOURCES.name in topic.domains:
            whole = links.opening("sources", view, NO_FILTERS, domain=SOURCES.name)
        found = [html.A("Phát hiện", href=guard_tablet.address(topic), className="chip")] if topic.guarded else []
        return [*chips, html.A("Bảng đầy đủ", href=whole, className="chip"), *found]
    every = links.topic(topic.name, view._replace(unit=None, part=None))
    said = ", ".join(filter(None, (_unit(view, topic), _part(view, topic))))
    return [*chips, html.A(f"{said}: bỏ chọn", href=every, className="chip on wide")]


def _unit(view: Selection, topic: ShownTopic) -> str:
    if view.unit is None:
        return ""
    return words.source(view.unit) if SOURCES.name in topic.domains else unit(view.unit)


def _part(view: Selection, topic: ShownTopic) -> str:
    domain = topic.second.of.domain
    return words.part(domain, view.part, whole=True) if view.part is not None else ""


def render(
    live: Topical, settings: ScreensSettings, before: Rule | None, topic: ShownTopic
) -> tuple[dict[str, Props], Rule]:
    lead = headline(live, topic, unit)
    dead = lead.rule is Rule.DEAD
    shape = [html.Span(icon(dead_icon(live.condition.state)), className="warn"), " "] if dead else []
    parts: dict[str, Props] = {
        Tablet.LEAD: {
            "children": [*shape, *sentence(lead, live.as_of)],
            "className": "lead band" if dead else "lead",
        },
        Tablet.NUMBERS: {"children": [_main(live, topic), *(_number(live, topic, asked) for asked in topic.numbers)]},
        **_by_day(live, topic),
        Tablet.FIRST: _table(live, topic, topic.first, "pu") if topic.first else _ages(live, settings),
        Tablet.SECOND: _table(live, topic, topic.second, "pc"),
    }
    return {**shell.frame(live, settings), **{str(part): props for part, props in parts.items()}}, lead.rule


def _number(live: Topical, topic: ShownTopic, asked: Number) -> Component:
    value, period = live.amount(asked), words.period_on(live, asked)
    lines = instead(live, asked, html.Span(tile_number(value), className="n"))
    if lines is not None:
        told = state_of(live, topic.main.opens) not in SHOWN
        if told and state_of(live, asked) not in (State.ERROR, State.NONE):
            lines = lines[1:]  # why is said once, above
        return html.Div([html.Span(was([asked.label, " ", period]), className="kl"), *lines], className="kn dead")
    number = html.Span(
        tile_number(value),
        className="v warn" if asked.warn and value else "v",
        **{"data-k": f"{asked.domain}.{asked.counter}"},
    )
    content = [
        html.Span([html.Span(asked.label), html.Span(period, className="kp")], className="kl"),
        html.Span([number, *note(live, asked)], className="kv"),
    ]
    return link(live, asked, content, value, chosen(live), dark=False, className="kn")


def _main(live: Topical, topic: ShownTopic) -> Component:
    main = topic.main
    period = words.period_on(live, main.opens)
    rate = live.shares(main).get("")
    lines = instead(live, main.opens, percent(rate) if rate is not None else "không biết")
    if lines is None and rate is None:
        lines = [none_tag("CHƯA CÓ SỐ"), was(f"chưa có {main.of}")]
    if lines is not None or rate is None:
        label = html.Span(was([main.label, " ", period]), className="kl")
        return html.Div([label, *(lines or [])], className="kn dead rate")
    content = [
        html.Span([html.Span(main.label), html.Span(period, className="kp")], className="kl"),
        html.Span(
            [html.Span(percent(rate), className="v", **{"data-k": "main"}), *note(live, main.opens)], className="kv"
        ),
        html.Span(f"trong {tile_number(live.whole(main))} {main.of}", className="sub"),
    ]
    return link(live, main.opens, content, live.amount(main.opens), chosen(live), dark=False, className="kn rate")


def _table(live: Topical, topic: ShownTopic, table: Table, place: str) -> Props:
    asked = table.of if isinstance(table.of, Number) else table.of.opens
    lines = instead(live, asked)
    if lines is not None:
        return {"children": [html.H2(was(table.head)), *(html.P(line) for line in lines)], "className": f"{place} dead"}
    head = html.H2(table.head, className="sub")
    first = place == "pu"
    rows = rows_of(live, table, FIRST_ROWS if first else SECOND_ROWS)
    if not rows:
        return {"children": [head, html.P(table.none)], "className": place}
    if first:
        return {
            "children": [head, html.Ol([_row(live, topic, table, row) for row in rows], className="us")],
            "className": place,
        }
    return {
        "children": [head, html.Div([_cell(live, table, row) for row in rows], className="chs two")],
        "className": place,
    }


def _ages(live: Topical, settings: ScreensSettings) -> Props:
    lines = instead(live)
    if lines is not None:
        return {"children": [html.H2(was(ages.HEAD)), *(html.P(line) for line in lines)], "className": "pu dead"}
    rows = ages.rows(live, settings, FIRST_ROWS)
    listed = html.Ol(rows, className="us") if rows else html.P(ages.NONE)
    return {"children": [html.H2(ages.HEAD, className="sub"), listed], "className": "pu"}


def _name(live: Topical, table: Table, row: RankedRow) -> str:
    if table.by is ShownBy.UNIT:
        return words.unit_name(row.opens.domain, row.key, live.name(row.key))
    return words.part(row.opens.domain, row.key, dict(live.names))


def _row(live: Topical, topic: ShownTopic, table: Table, row: RankedRow) -> Component:
    view = live.view._replace(unit=row.key) if table.by is ShownBy.UNIT else live.view._replace(part=row.key)
    bar = html.I(className="warn" if row.warn else "", style={"width": f"{100 * row.part:.1f}%"})
    text = html.Span(row.text, className="v n", **{"data-k": f"{table.by}:{row.opens.counter}:{row.key}"})
    return html.Li(
        [
            html.A(_name(live, table, row), href=links.topic(topic.name, view), className="un"),
            html.Span(bar, className="track"),
            link(live, row.opens, text, row.amount, row.filters, dark=False, className="uv"),
        ],
        className="ur",
    )


def _cell(live: Topical, table: Table, row: RankedRow) -> Component:
    text = html.Span(row.text, className="v n", **{"data-k": f"{table.by}:{row.opens.counter}:{row.key}"})
    content = [html.Span(_name(live, table, row), className="kl"), text]
    return link(live, row.opens, content, row.amount, row.filters, dark=False, className="ch")


def _by_day(live: Topical, topic: ShownTopic) -> dict[str, Props]:
    head = topic.trend_head
    lines = no_chart(live)
    if lines is not None:
        return {
            Tablet.DAYS: {"className": "pd dead"},
            Tablet.DAYS_HEAD: {"children": html.H2(was(head))},
            Tablet.DAYS_PLOT: {"children": [], "className": "plot away"},
            Tablet.DAYS_ENDS: {"children": lines},
        }
    chart = days_of(live, topic.trend)
    end = "hôm nay: ?" if chart.lost else "hôm nay" if chart.days[-1] == live.today else label(chart.days[-1], live)
    usual = f"ngày thường {tile_number(chart.usual)}" if chart.usual is not None else ""
    title = html.H2(f"{head}, 10 ngày làm việc", className="sub")
    return {
        Tablet.DAYS: {"className": "pd"},
        Tablet.DAYS_HEAD: {"children": html.Div([title, html.Span(usual, className="sub")], className="hh")},
        Tablet.DAYS_PLOT: {"children": day_links(live, topic.trend, chart, dark=False), "className": "plot"},
        Tablet.DAYS_ENDS: {"children": [html.Span(label(chart.days[0], live)), html.Span(end)]},
    }
