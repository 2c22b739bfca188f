"""Where the cases of a procedure turn back, and the commonest ways that they go."""

from datetime import datetime
from typing import Any

from dash import html

from dashboards.periods import Period
from dashboards.readers.snapshot import Selection
from dashboards.screens.parts import Component, icon
from dashboards.screens.tablet import shell
from dashboards.unnamed import named
from dashboards.views.process import frame, words
from dashboards.views.process.asked import ProcessAddress
from dashboards.views.process.reader import REASONS, ProcessPart, StepsOfProcess, WayTaken
from dashboards.words import NB, number, percent


def page(
    view: StepsOfProcess, name: str, asked: ProcessAddress, period: Period, as_of: datetime, parts: dict[str, Any]
) -> Component:
    head = html.Div(
        [
            html.Span("Phần", className="sh"),
            html.Span("Các bước theo thứ tự", className="way"),
            html.Span("Hồ sơ", className="c"),
        ],
        className="lr lh",
    )
    main = [
        *frame.head(view, name, finding(view), asked, period, as_of),
        html.Div(
            [frame.total(REASONS[r], count, asked, ProcessPart.LOOPED, r) for r, count in view.reasons.items()],
            className="chs",
        ),
        html.Div([head, html.Ol([_row(variant, asked) for variant in view.variants])], className="list ways"),
        html.P(
            f"{number(len(view.variants))} cách đi nhiều nhất trong {number(view.ways)};"
            " lý do là của lần quay lại đầu tiên",
            className="sub",
        ),
    ]
    return shell.page(
        "Quy trình", main, view=Selection("khung"), parts=parts, back=frame.back(asked), kind="listing gap process"
    )


def finding(view: StepsOfProcess) -> str:
    if not view.ended:
        return "Không có hồ sơ nào kết thúc trong kỳ này."
    turned = f"{number(view.looped)} trong {number(view.ended)} hồ sơ quay lại, cả thảy {number(view.loops)} lần"
    if not view.looped:
        return "Không hồ sơ nào quay lại."
    first = max(view.reasons, key=lambda reason: view.reasons[reason])
    share = percent(view.reasons[first] / view.looped, 0)
    return f"{turned}; lần đầu vì {REASONS[first].lower()}: {share}."


def _row(variant: WayTaken, asked: ProcessAddress) -> Component:
    way: list[Any] = []
    for name in variant.steps:
        way += [html.Span([name, icon("next")], className="one"), " "]
    way.append(html.B(named(words.ENDS, variant.end_kind).replace(" ", NB)))
    return html.Li(
        [
            html.Span(percent(variant.share), className="sh n"),
            html.Span(way, className="way"),
            frame.number_of(variant.cases, asked.of(ProcessPart.VARIANT, variant=variant.id)),
        ],
        className="lr",
    )
