"""The list behind a number: exactly the cases that it counted, at the moment it was opened."""

from datetime import datetime
from typing import Any

from dash import html

from dashboards.figures.by_channel import LABELS
from dashboards.lateness import NOTE, judged
from dashboards.periods import Period, PeriodName
from dashboards.readers.cases import StoredCase
from dashboards.readers.openings import Item, Opening
from dashboards.readers.snapshot import Selection
from dashboards.screens import links
from dashboards.screens.opened import heading
from dashboards.screens.parts import Component, icon
from dashboards.screens.tablet import shell
from dashboards.screens.tablet.paging import Paging, paging
from dashboards.unnamed import named, unnamed
from dashboards.views import VIEWS
from dashboards.views.view import View
from dashboards.words import (
    day,
    day_of,
    deadline,
    deadline_day,
    number,
    procedure,
    quarter,
    short_day,
    short_procedure,
    unit,
)
from schemas.counter_kinds import Counter, Kind, Noun
from schemas.counters import COUNTER

PAGE = 8
PROCEDURE_EM = 14.0  # two lines of a row
STATES = {
    None: "đang xử lý",
    "finished": "đã xong",
    "returned": "đã trả",
    "stopped": "dừng xử lý",
    "refused": "từ chối",
    "withdrawn": "rút hồ sơ",
}


def period_words(period: Period) -> str:
    """The opening's own period, by its days: it stays true tomorrow."""
    match period.name:
        case PeriodName.TODAY if period.first:
            return f"ngày {day(period.first)}"
        case PeriodName.MONTH if period.first:
            return f"tháng {period.first:%m/%Y}"
        case PeriodName.QUARTER if period.first:
            return f"quý {quarter(period.first)}/{period.first:%Y}"
        case PeriodName.YEAR if period.first:
            return f"năm {period.first:%Y}"
        case PeriodName.BETWEEN if period.first and period.last:
            return f"từ {day(period.first)} đến {day(period.last)}"
        case _:
            return "mọi kỳ"


def what(opening: Opening) -> list[str]:
    """What was asked for, part by part."""
    filters, now = opening.filters, counter_of(opening).kind is Kind.NOW
    parts = []
    if filters.due_before:
        parts.append(f"đến hạn trước {deadline(filters.due_before)} {short_day(deadline_day(filters.due_before))}")
    elif filters.day:
        parts.append(f"ngày {day(filters.day)}")
    elif not now:
        parts.append(period_words(opening.period))
    if filters.part is not None:
        parts.append(f"dịch vụ số {filters.part}")
    if filters.unit is not None:
        parts.append(unit(filters.unit))
    if filters.channel is not None:
        parts.append(named(LABELS, filters.channel).lower())
    if filters.procedure is not None:
        parts.append(f"thủ tục {procedure(filters.procedure)}")
    return parts


def counter_of(opening: Opening) -> Counter:
    """As it is declared: of cases, or of the cases of essential services."""
    if (view := _view_of(opening)) is not None and view.counted is not None:
        return next(counter for counter in view.counted.counters if counter.name == opening.counter)
    return COUNTER[opening.counter]


def title(opening: Opening) -> str:
    return counter_of(opening).label


def amount(opening: Opening) -> str:
    """The number as the tile showed it; where a case can count more than once, over how many cases."""
    noun = counter_of(opening).noun
    if noun is Noun.CASE:
        return f"{number(opening.amount)} hồ sơ"
    return f"{number(opening.amount)} {noun} của {number(opening.cases)} hồ sơ"


def page(
    opening: Opening, items: tuple[Item, ...], asked: int, now: datetime, parts: dict[str, Any], *, dark: bool
) -> Component:
    view = Selection("khung")
    counting = counter_of(opening).noun is not Noun.CASE
    again = links.opening(
        opening.counter, view, opening.filters, dark=dark, period=opening.period.name, domain=opening.domain
    )
    pages = Paging(opening.listed, PAGE, asked)
    head = html.Div(
        [
            html.Span("Mã hồ sơ", className="code"),
            html.Span("Thủ tục", className="pr"),
            html.Span("Đang ở đơn vị", className="un"),
            html.Span("Hẹn trả", className="due"),
            html.Span("Số lần" if counting else "Trễ", className="late"),
            html.Span("Tình trạng", className="ty"),
        ],
        className="lr lh",
    )
    rows = [_row(item, opening, now, counting=counting, dark=dark) for item in items]
    filters = ", ".join(what(opening))
    late = not counting and any(judged(item.counted.case, now, opening.counter).late for item in items)
    main = [
        heading(opening, amount(opening), again),
        html.P(
            [html.B(title(opening)), f", {filters}" if filters else " lúc đó", f"; {NOTE}" if late else ""],
            className="lead small",
        ),
        html.Div([head, html.Ol(rows)], className="list cases"),
        paging(pages, lambda number_: links.listing(opening.id, number_, dark=dark)),
    ]
    back = _back(opening, dark=dark)
    tab = f"{title(opening)}, {filters}" if filters else title(opening)
    return shell.page(title(opening), main, view=view, parts=parts, back=back, kind="listing", tab=tab)


def _back(opening: Opening, *, dark: bool) -> tuple[str, str]:
    """Where the number stood: the page of cases, or of the view that counts it, which names its part."""
    view = _view_of(opening)
    if view is None:
        return "Hồ sơ", links.WALL if dark else links.TABLET
    if dark:
        return view.title, view.wall
    part = {str(view.part_word): opening.filters.part or "0"}
    return view.title, links.dated(view.tablet, Selection("", opening.period.name), **part)


def _view_of(opening: Opening) -> View | None:
    """The view that counts what is listed; ``None``: cases themselves."""
    return next((view for view in VIEWS if view.counted is not None and view.counted.name == opening.domain), None)


def _row(item: Item, opening: Opening, now: datetime, *, counting: bool, dark: bool) -> Component:
    case = item.counted.case
    due, late, words = judged(case, now, opening.counter)
    return html.Li(
        html.A(
            [
                html.Span(html.Span(case.subject), className="n code"),
                html.Span(_procedure(case.procedure), className="pr", title=procedure(case.procedure)),
                html.Span(unit(case.last_unit or case.unit), className="un"),
                html.Span(_due(due, now), className="n due"),
                html.Span(number(item.counted.amount) if counting else words, className="n late"),
                html.Span([icon("warn" if late else "live"), state(case)], className="ty warn" if late else "ty"),
            ],
            href=links.case(case.subject, opening.id, dark=dark),
            className="lr",
        )
    )


def _procedure(key: str) -> str:
    """By its short name; in full, on more lines, where it has none that fits: a name is never cut."""
    name = short_procedure(key, PROCEDURE_EM)
    return procedure(key) if "··" in name and " " in key else name


def _due(due: datetime | None, now: datetime) -> str:
    return short_day(deadline_day(due), day_of(now)) if due else "không hẹn"


def state(case: StoredCase) -> str:
    if case.oversized:
        return "quá nhiều sự kiện"
    if case.voided_at is not None:
        return "đã hủy"
    if case.accepted_at is None and case.end_kind is None:
        return "chưa tiếp nhận"
    return STATES.get(case.end_kind) or unnamed(case.end_kind or "")
