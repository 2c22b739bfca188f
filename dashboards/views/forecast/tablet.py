"""Sắp trễ: what is due tomorrow and what is at risk, case by case, and what the forecasts are worth."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from dash import html

from dashboards.readers.snapshot import Selection
from dashboards.screens import links
from dashboards.screens.parts import Component, none_tag, was
from dashboards.screens.tablet import shell
from dashboards.screens.tablet.paging import Paging, paging
from dashboards.screens.taken_away import actions, of_cases
from dashboards.views.forecast import VIEW
from dashboards.views.forecast.asked import ForecastAddress
from dashboards.views.forecast.reader import ListName, Run, Soon, Worth
from dashboards.views.forecast.words import better, by_lot, state_name, told_over, why_hidden
from dashboards.words import closed, day, day_of, deadline, deadline_day, number, percent, procedure, short_day, unit

PAGE = 6
TITLE = VIEW.title
LABELS = {ListName.DUE_TOMORROW: "Đến hạn ngày mai", ListName.AT_RISK: "Có nguy cơ trễ"}
WAITS = {"citizen": "chờ công dân", "agency": "chờ cơ quan khác", "payment": "chờ nộp phí"}


def page(
    found: Sequence[Soon],
    counts: Mapping[ListName, Mapping[str, int]],
    run: Run | None,
    worth: Worth,
    tomorrow: date,
    page_asked: int,
    asked: ForecastAddress,
    as_of: datetime,
    parts: dict[str, Any],
) -> Component:
    """``found`` are the cases of the page; ``counts`` are of all units, or of the one that is asked for."""
    total = sum(counts[asked.which].values())
    pages = Paging(total, PAGE, page_asked)
    hidden = asked.which is ListName.AT_RISK and why_hidden(run) != ""
    file = of_cases("forecast", None, {"which": asked.which, "unit": asked.unit})
    names = {"what": "Mã hồ sơ và bước", "unit": "Đơn vị", "due": "Hạn", "by": "Dự kiến xong", "risk": "Khả năng trễ"}
    head = html.Div([html.Span(words, className=kind) for kind, words in names.items()], className="lr lh")
    body = [_hidden(run)] if hidden else [head, html.Ol([_case(case, as_of) for case in found])]
    main = [
        html.Div(
            [
                html.H2(state_name(run) if hidden else f"{number(total)} hồ sơ", className="big v"),
                html.P(_what(asked, tomorrow, as_of), className="sub"),
                actions(asked.address(), None if hidden else file),
            ],
            className="hd",
        ),
        html.Div([_chip(name, counts, asked, run) for name in ListName] + _units(counts, asked), className="fl"),
        html.P(_worth(run, worth), className="lead small"),
        html.Div(body, className="list soon"),
        html.Div() if hidden else paging(pages, asked.address),
    ]
    return shell.page(
        TITLE, main, view=Selection("khung"), parts=parts, back=("Hồ sơ", links.TABLET), kind="listing soon"
    )


def _what(asked: ForecastAddress, tomorrow: date, as_of: datetime) -> str:
    what = f"hạn đến hết {day(tomorrow)}" if asked.which is ListName.DUE_TOMORROW else "dự báo sáng nay, hạn chưa đến"
    of = "" if asked.unit is None else f"{unit(asked.unit)}, "
    return f"{of}{what}; {closed(as_of)}"


def _chip(
    name: ListName, counts: Mapping[ListName, Mapping[str, int]], asked: ForecastAddress, run: Run | None
) -> Component:
    hidden = name is ListName.AT_RISK and why_hidden(run) != ""
    words = LABELS[name] if hidden else f"{LABELS[name]}: {number(sum(counts[name].values()))}"
    look = "chip on" if name is asked.which else "chip"
    return html.A(words, href=ForecastAddress(name, asked.unit).address(), className=look)


MOST_UNITS = 2  # of a list that are offered by name: those with most cases


def _units(counts: Mapping[ListName, Mapping[str, int]], asked: ForecastAddress) -> list[Component]:
    if asked.unit is not None:
        return [html.A("Mọi đơn vị", href=ForecastAddress(asked.which).address(), className="chip")]
    of = counts[asked.which]
    most = sorted(of, key=lambda key: (-of[key], key))[:MOST_UNITS]
    return [
        html.A(f"{unit(key)}: {number(of[key])}", href=ForecastAddress(asked.which, key).address(), className="chip")
        for key in most
    ]


def _worth(run: Run | None, worth: Worth) -> list[Any]:
    """What the forecasts are worth: of the last thirty days, else of the mornings on which they were tried."""
    if run is None or not run.shown:
        return [html.B("Không hiện dự báo"), f": {why_hidden(run)}."]
    if worth.error is not None and worth.judged:
        return _told("30 ngày qua", run, worth)
    if run.tried_error is None:
        return []
    return [*_told("Thử trên hồ sơ cũ", run, run.tried_worth), "; chưa có ngày nào để chấm. Ngưỡng tự đặt."]


def _told(when: str, run: Run, worth: Worth) -> list[Any]:
    words: list[Any] = [
        html.B(f"{when}, ngày xong dự báo không đúng hơn"),
        " lấy thời gian thường gặp của từng bước nên không hiện",
    ]
    if run.days_shown and worth.error is not None:
        said, by = better(worth.error)
        words = [html.B(f"{when}, ngày xong dự báo {said} {by}"), " so với lấy thời gian thường gặp của từng bước"]
    if run.chances_shown and worth.over is not None:
        told, off = told_over(worth.over)
        words.append(f"; khả năng trễ {told} thực tế {off}")
    if run.says_risk and worth.late_cases:
        hit, chosen = by_lot(worth.precision, worth.base)
        words.append(
            f"; nêu trước 2 ngày làm việc được {number(worth.named_late)} trong {number(worth.late_cases)} hồ sơ trễ:"
            f" {hit} hồ sơ nêu tên đã trễ, tỷ lệ trễ chung {chosen}"
        )
    return words


def _hidden(run: Run | None) -> Component:
    return html.Div([none_tag(state_name(run).upper()), was(why_hidden(run))], className="off dead")


def _case(case: Soon, as_of: datetime) -> Component:
    today = day_of(as_of)
    due = f"{deadline(case.due_at)} {short_day(deadline_day(case.due_at), today)}"
    step = WAITS.get(case.step or "", case.step) or procedure(case.procedure)
    why = "; ".join([step, *_other_readings(case)])
    ends = "không biết" if case.expected_at is None else short_day(day_of(case.expected_at), today)
    risk = "không biết" if case.chance is None else percent(case.chance, 0)
    return html.Li(
        html.A(
            [
                html.Span(
                    [html.Span(html.Span(case.subject), className="n code"), html.Span(why, className="why")],
                    className="what",
                ),
                html.Span(unit(case.unit), className="unit"),
                html.Span(due, className="n due"),
                html.Span(ends, className="n by"),
                html.Span(risk, className="n risk"),
            ],
            href=links.case(case.subject),
            className="lr",
        )
    )


def _other_readings(case: Soon) -> list[str]:
    """The chances by the other two readings of the deadline, where they are others."""
    chances = {"NĐ 61": case.chance_61, "QĐ 766": case.chance_766}
    own = None if case.chance is None else percent(case.chance, 0)
    said = {name: percent(chance, 0) for name, chance in chances.items() if chance is not None}
    return [f"theo {name} {chance}" for name, chance in said.items() if chance != own]
