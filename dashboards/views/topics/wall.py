"""A topic on the wall: the skeleton of the wall of cases, filled from the topic's declaration, in every state."""

from typing import Any

from dash import html

from dashboards import unit_names
from dashboards.figures.day_chart import label
from dashboards.figures.headline import Rule
from dashboards.readers.snapshot import Selection
from dashboards.screens import nav
from dashboards.screens.parts import (
    Component,
    Props,
    dead_icon,
    full_screen,
    icon,
    live_as,
    no_chart,
    none_tag,
    rate_text,
    sentence,
    size,
    tile_instead,
    tile_line,
    value_text,
    was,
)
from dashboards.screens.wall.foot_bar import foot_bar
from dashboards.screens.wall.measured import name_beside
from dashboards.screens.wall.top_bar import top_bar
from dashboards.settings import ScreensSettings
from dashboards.source_silence import SHOWN
from dashboards.views.topics import ages, words
from dashboards.views.topics.days import days_of
from dashboards.views.topics.declared import Number, Share, ShownBy, ShownTopic, Table
from dashboards.views.topics.headline import headline
from dashboards.views.topics.ids import Wall, number
from dashboards.views.topics.live import Topical
from dashboards.views.topics.parts import chosen, day_links, instead, instead_of, link, note, state_of
from dashboards.views.topics.rows import RankedRow, rows_of
from dashboards.words import number as digits
from dashboards.words import (
    percent,
    sentence_unit,
    short_name,
    tile_number,
    width,
)
from schemas.counter_kinds import Kind

ROWS = 4
FIRST_EM, SECOND_EM = 64 / 4.4, 44.8 / 4.4  # how wide the left and the right column are
GAP_EM = 0.7  # between name and number, and what equal digits take more than the font's own


def name_of(topic: str) -> str:
    return topic


def layout(view: Selection, parts: dict[str, dict[str, Any]], topic: ShownTopic) -> Component:
    def of(part: str, **props: Any) -> dict[str, Any]:
        return {"id": str(part), **props, **parts.get(part, {})}

    days = [
        html.Div(**of(Wall.DAYS_HEAD)),
        html.Div(**of(Wall.DAYS_TAG, className="away")),
        html.Div(**of(Wall.DAYS_PLOT, className="plot away")),
        html.Div(**of(Wall.DAYS_ENDS, className="ends")),
    ]
    tiles = [html.Section(**of(number(index), className="num")) for index in range(len(topic.numbers))]
    return html.Div(
        [
            html.Header(**of(Wall.TOP, className="top")),
            html.P(**of(Wall.LEAD, className="lead")),
            html.Main(
                [
                    html.Section(**of(Wall.MAIN, className="A")),
                    html.Section(tiles, **of(Wall.NUMBERS, className="B")),
                    html.Section(**of(Wall.FIRST, className="A C")),
                    html.Section(days, **of(Wall.DAYS, className="D")),
                    html.Section(**of(Wall.SECOND, className="E")),
                ],
                className="grid topic",
            ),
            html.Footer(**of(Wall.FOOT, className="foot")),
            full_screen(),
            live_as(view, nav.wall_title(view.screen)),
        ],
        className="screen",
    )


def render(
    live: Topical, settings: ScreensSettings, before: Rule | None, topic: ShownTopic
) -> tuple[dict[str, Props], Rule]:
    lead = headline(live, topic, sentence_unit)
    numbers = {number(index): _tile(live, topic, asked) for index, asked in enumerate(topic.numbers)}
    hatched = any("dead" in props["className"] for props in numbers.values())
    words_ = sentence(lead, live.as_of)
    framed = [html.Span(icon(dead_icon(live.condition.state)), className="warn"), html.Span(words_, className="w")]
    dead = lead.rule is Rule.DEAD
    parts: dict[str, Props] = {
        Wall.TOP: {"children": top_bar(topic.title, live, settings)},
        Wall.LEAD: {"children": framed if dead else words_, "className": "lead band" if dead else "lead"},
        Wall.MAIN: _main(live, topic),
        Wall.NUMBERS: {"className": "B deadly" if hatched else "B"},
        **numbers,
        Wall.FIRST: _table(live, topic.first, "A C") if topic.first else _ages(live, settings),
        **_by_day(live, topic),
        Wall.SECOND: _table(live, topic.second, "E"),
        Wall.FOOT: {"children": foot_bar(live, settings, nav.place(topic.name))},
    }
    return {str(part): props for part, props in parts.items()}, lead.rule


def _tile(live: Topical, topic: ShownTopic, asked: Number) -> Props:
    period = words.period_on(live, asked)
    value = live.amount(asked)
    was_of = "" if "lúc" in period else f" năm {period}" if period.isdigit() else f" {period}"
    old = [html.Span(tile_number(value), className="n"), was_of if len(tile_number(value)) <= 6 else ""]
    told = state_of(live, topic.main.opens) not in SHOWN
    lines = tile_instead(live, state_of(live, asked), was(old), told=told, nothing=instead_of(live, asked))
    if lines is not None:
        return {
            "children": [html.H2(was(asked.label), className="l"), *(html.P(line) for line in lines)],
            "className": "num dead",
        }
    warn = " warn" if asked.warn and value else ""
    key = f"{asked.domain}.{asked.counter}"
    return {
        "children": [
            html.H2(asked.label, className="l"),
            link(live, asked, value_text(value), value, chosen(live), dark=True,
                 className=f"v {size(value)}{warn}", **{"data-k": key}),
            html.P(tile_line(live, state_of(live, asked), period, dated=asked.known.kind is Kind.FLOW), className="t"),
        ],
        "className": "num",
    }  # fmt: skip


def _main(live: Topical, topic: ShownTopic) -> Props:
    main = topic.main
    period = words.period_on(live, main.opens)
    label = f"{main.label} {period}"
    rate = live.shares(main).get("")
    old = html.Span(percent(rate) if rate is not None else "không biết", className="n")
    lines = instead(live, main.opens, old)
    if lines is None and rate is None:
        lines = [none_tag("CHƯA CÓ SỐ"), was(f"chưa có {main.of}")]
    if lines is not None or rate is None:
        return {"children": [html.H2(was(label)), *(html.P(line) for line in lines or [])], "className": "A dead"}
    count = live.amount(main.opens)
    whole = tile_number(live.whole(main))
    return {
        "children": [
            html.H2(label, className="l"),
            link(live, main.opens, rate_text(rate), count, chosen(live), dark=True,
                 className="v v0" + (" full" if rate >= 0.9995 else ""), **{"data-k": "main"}),
            html.Div(html.I(style={"width": f"{100 * rate:.2f}%"}), className="part"),
            html.P([f"trong {whole} {main.of}"], className="nb quiet"),
            html.P(note(live, main.opens) or _rest(live, main, count), className="nb quiet"),
        ],
        "className": "A",
    }  # fmt: skip


def _rest(live: Topical, main: Share, count: int) -> list[Any]:
    """What the number opens, where it is not what it says."""
    label_ = main.opens.known.label
    return [f"{tile_number(count)} {label_[:1].lower()}{label_[1:]}"] if main.rest else []


def _table(live: Topical, table: Table, place: str) -> Props:
    asked = table.of if isinstance(table.of, Number) else table.of.opens
    lines = instead(live, asked)
    if lines is not None:
        return {"children": [html.H2(was(table.head)), *(html.P(line) for line in lines)], "className": f"{place} dead"}
    head = html.H2(table.head, className="h")
    rows = rows_of(live, table, ROWS)
    if not rows:
        return {"children": [head, html.P(table.none, className="quiet")], "className": place}
    wide = place != "E"
    bars = wide and isinstance(table.of, Number)
    left = name_beside(row.text for row in rows)
    items = [
        _row(live, table, row, left if bars else (FIRST_EM if wide else SECOND_EM) - width(row.text) - GAP_EM, bars)
        for row in rows
    ]
    return {"children": [head, html.Ol(items, className="rows us" if bars else "rows")], "className": place}


def _ages(live: Topical, settings: ScreensSettings) -> Props:
    lines = instead(live)
    if lines is not None:
        return {"children": [html.H2(was(ages.HEAD)), *(html.P(line) for line in lines)], "className": "A C dead"}
    rows = ages.rows(live, settings, ROWS, FIRST_EM)
    listed = html.Ol(rows, className="rows") if rows else html.P(ages.NONE, className="quiet")
    return {"children": [html.H2(ages.HEAD, className="h"), listed], "className": "A C"}


def _row(live: Topical, table: Table, row: RankedRow, most: float, bars: bool) -> Component:
    """``most``: what its name may take, in em."""
    if table.by is ShownBy.UNIT:
        full = words.unit_name(row.opens.domain, row.key, live.name(row.key))
    else:
        full = words.part(row.opens.domain, row.key, dict(live.names), short=True)
    name = html.Span(short_name(full, most, unit_names.abbreviations(row.key)), className="name", title=row.key)
    key = f"{table.by}:{row.opens.counter}:{row.key}"
    value = link(live, row.opens, row.text, row.amount, row.filters, dark=True, className="n o", **{"data-k": key})
    if not bars:
        return html.Li([name, value], className="row c")
    bar = html.I(className="warn" if row.warn else "", style={"width": f"{100 * row.part:.1f}%"})
    return html.Li([name, html.Span(bar, className="track"), value], className="row u")


def _by_day(live: Topical, topic: ShownTopic) -> dict[str, Props]:
    """The chart's parts. Past days keep their bars when the source dies: what is finished stays true."""
    head, lines = topic.trend_head, no_chart(live)
    if lines is not None:
        return {
            Wall.DAYS: {"className": "D dead"},
            Wall.DAYS_HEAD: {"children": html.H2(was(head))},
            Wall.DAYS_TAG: {"children": lines[0], "className": ""},
            Wall.DAYS_PLOT: {"children": [], "className": "plot away"},
            Wall.DAYS_ENDS: {"children": lines[1], "className": ""},
        }
    chart = days_of(live, topic.trend)
    usual = f"ngày thường {tile_number(chart.usual)}" if chart.usual is not None else "chưa biết mức thường"
    said: list[Any] = [html.Span(usual, className="quiet")]
    if topic.trend.known.kind is Kind.LEVEL:
        noun = html.Span(f" {topic.trend.known.noun}", className="quiet")
        said = [was("không biết")] if chart.last is None else [html.B(tile_number(chart.last)), noun]
    elif not chart.lost and chart.last is not None:
        last = digits(chart.last) if chart.last < 1_000_000 else tile_number(chart.last)
        said = [html.B(last), html.Span(f" khi {usual}", className="quiet")]
    end = "hôm nay: ?" if chart.lost else "hôm nay" if chart.days[-1] == live.today else label(chart.days[-1], live)
    return {
        Wall.DAYS: {"className": "D"},
        Wall.DAYS_HEAD: {"children": [html.H2(head, className="h"), html.P(said, className="ds")]},
        Wall.DAYS_TAG: {"children": [], "className": "away"},
        Wall.DAYS_PLOT: {"children": day_links(live, topic.trend, chart, dark=True), "className": "plot"},
        Wall.DAYS_ENDS: {"children": [html.Span(label(chart.days[0], live)), html.Span(end)], "className": "ends"},
    }
