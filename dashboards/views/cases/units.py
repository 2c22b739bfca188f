"""All units of a period with their numbers, a page at a time; a name leads to the unit's own figures."""

from collections.abc import Sequence
from typing import Any

from dash import html

from dashboards.periods import PeriodName
from dashboards.ratios import on_time_rate
from dashboards.readers.figures import FigureRow, Filters
from dashboards.readers.snapshot import Ground, Selection
from dashboards.screens import links
from dashboards.screens.parts import Component
from dashboards.screens.tablet import shell
from dashboards.screens.tablet.paging import Paging, paging
from dashboards.screens.tablet.periods import chips as period_chips
from dashboards.source_silence import SHOWN
from dashboards.views import IN_PLACE
from dashboards.words import closed, number, percent, unit
from schemas.counter_kinds import Kind
from schemas.counters import COUNTER

PAGE = 7
COLUMNS = (
    ("accepted", "Tiếp nhận"),
    ("finished", "Đã xong"),
    ("late", "Trễ hạn"),
    ("open", "Đang xử lý"),
    ("overdue", "Quá hạn"),
)


def in_order(rows: Sequence[FigureRow]) -> list[FigureRow]:
    """Most overdue first, then most late: where to look."""
    return sorted(rows, key=lambda row: (-row.counts.get("overdue", 0), -row.counts["late"], row.key))


def page(
    rows: Sequence[FigureRow], number_of_page: int, view: Selection, ground: Ground, parts: dict[str, Any]
) -> Component:
    """``ground``: what the figures stand on; those of this moment go when a source is silent."""
    known = ground.standing(True, finished=False) in SHOWN
    ordered = in_order([row for row in rows if any(row.counts.get(counter) for counter, _ in COLUMNS)])
    pages = Paging(len(ordered), PAGE, number_of_page)
    shown = ordered[pages.first - 1 : pages.last]
    head = html.Div(
        [
            html.Span("Đơn vị", className="un"),
            html.Span("Đúng hạn", className="c"),
            *(html.Span(label, className="c") for _, label in COLUMNS),
        ],
        className="lr lh",
    )
    main = [
        html.Div(
            [
                html.H2(f"{number(len(ordered))} đơn vị", className="big v"),
                html.P(f"{closed(ground.at)}; đang xử lý và quá hạn là lúc đó", className="sub"),
                html.A("Cập nhật", href=links.screen(links.UNITS, view), className="btn"),
            ],
            className="hd",
        ),
        html.Div([html.Div(_chips(view), className="fl"), html.Div(_others(view), className="fl")], className="rows"),
        html.Div([head, html.Ol([_row(row, view, known) for row in shown])], className="list units"),
        paging(pages, lambda page: links.screen(links.UNITS, view, trang=str(page) if page > 1 else None)),
    ]
    return shell.page(
        "Đơn vị", main, view=Selection("khung"), parts=parts, tabs="Đơn vị", kind="listing", selection=view
    )


def _chips(view: Selection) -> list[Component]:
    return period_chips(view.period, lambda period: links.screen(links.UNITS, view._replace(period=period)))


def _others(view: Selection) -> list[Component]:
    """Pages of cases that have no tab of their own."""
    found = []
    for one in IN_PLACE:
        for words, page_ in one.buttons:  # what is of today alone takes no period
            address = one.at(page_) if one.periods == (PeriodName.TODAY,) else links.dated(one.at(page_), view)
            found.append(html.A(words, href=address, className="btn"))
    return [*found, html.A("Chỉ tiêu", href=links.CATALOGUE, className="btn")]


def _row(row: FigureRow, view: Selection, known: bool) -> Component:
    rate = on_time_rate(row.counts)
    return html.Li(
        [
            html.A(unit(row.key), href=links.screen(links.TABLET, view._replace(unit=row.key)), className="un code"),
            html.Span(
                percent(rate) if rate is not None else "không biết", className="c n" if rate is not None else "c quiet"
            ),
            *(_cell(row, counter, view, known or COUNTER[counter].kind is not Kind.NOW) for counter, _ in COLUMNS),
        ],
        className="lr",
    )


def _cell(row: FigureRow, counter: str, view: Selection, known: bool) -> Component:
    if counter not in row.counts:  # of this moment, and the unit is a former one
        return html.Span("không còn", className="c quiet")
    if not known:
        return html.Span("không biết", className="c quiet")
    return html.A(
        html.Span(number(row.counts[counter]), className="v n"),
        href=links.opening(counter, view, Filters(unit=row.key)),
        className="c",
        **{"data-count": str(row.counts[counter]), "data-counter": counter},
    )
