"""The procedures of a period with what they do, a page at a time; a name leads to its process."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from dash import html

from dashboards.periods import Period, PeriodName
from dashboards.readers.figures import FigureRow, Filters, busiest
from dashboards.readers.reference import NamedKey
from dashboards.readers.snapshot import Selection
from dashboards.screens import links
from dashboards.screens.listing import period_words
from dashboards.screens.parts import Component
from dashboards.screens.tablet import shell
from dashboards.screens.tablet.paging import Paging, paging
from dashboards.screens.tablet.periods import chips
from dashboards.unnamed import unnamed
from dashboards.views.process import CHAINS, VIEW
from dashboards.views.process.asked import ProcessAddress
from dashboards.words import NO_PROCEDURE, closed, number, unit

PAGE = 8
TITLE = VIEW.title
PERIODS = (PeriodName.MONTH, PeriodName.YEAR, PeriodName.ALL)
COLUMNS = (
    ("accepted", "Tiếp nhận"),
    ("finished", "Đã xong"),
    ("late", "Trễ hạn"),
    ("open", "Đang xử lý"),
    ("overdue", "Quá hạn"),
)


def name_of(procedure: str, names: Mapping[str, NamedKey]) -> str:
    """Its name where the reference data knows it, else its code."""
    if not procedure:
        return NO_PROCEDURE
    found = names.get(procedure)
    return found.shown if found is not None else unnamed(procedure)


def in_order(rows: Sequence[FigureRow]) -> list[FigureRow]:
    """Those with most to do first."""
    return busiest(row for row in rows if any(row.counts[counter] for counter, _ in COLUMNS))


def page(
    rows: Sequence[FigureRow],
    names: Mapping[str, NamedKey],
    page_asked: int,
    view: Selection,
    period: Period,
    as_of: datetime,
    parts: dict[str, Any],
) -> Component:
    """``rows`` are of every procedure."""
    ordered = in_order(rows)
    pages = Paging(len(ordered), PAGE, page_asked)

    def address(page: int = 1, period: PeriodName = view.period) -> str:
        return links.dated(VIEW.tablet, view._replace(period=period), trang=str(page) if page > 1 else None)

    head = html.Div(
        [html.Span("Thủ tục", className="un"), *(html.Span(label, className="c") for _, label in COLUMNS)],
        className="lr lh",
    )
    shown = ordered[pages.first - 1 : pages.last]
    main = [
        html.Div(
            [
                html.H2(f"{number(len(ordered))} thủ tục", className="big v"),
                html.P(_words(view, period, as_of), className="sub"),
                html.A("Cập nhật", href=address(), className="btn"),
            ],
            className="hd",
        ),
        html.Div(
            [
                html.Div(chips(view.period, lambda period: address(period=period), PERIODS), className="fl"),
                html.A("Liên thông", href=links.dated(VIEW.at(CHAINS), view), className="btn"),
            ],
            className="fl two",
        ),
        html.Div([head, html.Ol([_row(row, names, view) for row in shown])], className="list units procedures"),
        paging(pages, address, "thủ tục"),
    ]
    return shell.page(TITLE, main, view=Selection("khung"), parts=parts, tabs="Đơn vị", kind="listing", selection=view)


def _words(view: Selection, period: Period, as_of: datetime) -> str:
    whose = f"{unit(view.unit)}, " if view.unit is not None else ""
    return f"{whose}{period_words(period)}; đang xử lý, quá hạn {closed(as_of)}"


def _row(row: FigureRow, names: Mapping[str, NamedKey], view: Selection) -> Component:
    return html.Li(
        [
            html.A(name_of(row.key, names), href=ProcessAddress(view, row.key).page(), className="un code"),
            *(
                html.A(
                    html.Span(number(row.counts[counter]), className="v n"),
                    href=links.opening(counter, view, Filters(unit=view.unit, procedure=row.key)),
                    className="c",
                    **{"data-count": str(row.counts[counter]), "data-counter": counter},
                )
                for counter, _ in COLUMNS
            ),
        ],
        className="lr",
    )
