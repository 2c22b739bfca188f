"""The page "Chỉ tiêu", and its part "Cách hiểu": rules that can be read in more than one way, and what the other way
would change this year."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html

from dashboards.clock_readings import CASES, Taken
from dashboards.interpretations import Interpretation, interpretations
from dashboards.readers.asked_database import AskedDatabase
from dashboards.readers.clock_readings import clock_readings
from dashboards.readers.interpretations import effects
from dashboards.screens import catalogue
from dashboards.screens.parts import Component
from dashboards.screens.tablet.paging import Paging, page_of, paging
from dashboards.settings import ScreensSettings
from dashboards.words import NB, capital, number

ROWS = 5  # a page: some take three lines
HEADS = (("un", "Câu hỏi"), ("df", "Cách tính ở đây, và cách khác"), ("ar", "Căn cứ"))


async def show(
    database: AskedDatabase, settings: ScreensSettings, query: Mapping[str, str], parts: dict[str, Any]
) -> Component:
    """Either, as the address asks."""
    word = query.get("nhom", "")
    if word != catalogue.READINGS:
        return catalogue.of_all(word, page_of(query.get("trang")), parts)
    async with database.snapshot() as (conn, as_of):
        changed = await effects(conn, as_of, settings)
        clocks = await clock_readings(conn, as_of)
    changed |= {one.reading.rule: one.changed for one in clocks}
    found = (*map(of_clock, clocks), *interpretations(settings))
    return page(found, changed, parts, page_of(query.get("trang")))


def of_clock(one: Taken) -> Interpretation:
    """A reading of the deadlines' law as a row of the page."""
    reading = one.reading
    words = (reading.rule, reading.question, reading.article, one.taken, one.other)
    return Interpretation(*words, CASES, one.switch, reading.verified)


def page(
    found: Sequence[Interpretation], changed: Mapping[str, int], parts: dict[str, Any], number_of_page: int = 1
) -> Component:
    """``changed``: by name, how much the other way would change."""
    pages = Paging(len(found), ROWS, number_of_page)
    head = html.Div([html.Span(said, className=kind) for kind, said in HEADS], className="lr lh")
    rows = [_row(one, changed.get(one.name)) for one in found[pages.first - 1 : pages.last]]
    main = [
        html.Div([head, html.Ol(rows)], className="list indicators"),
        paging(pages, lambda page: catalogue.address(catalogue.READINGS, page), "cách hiểu"),
    ]
    return catalogue.framed(
        f"{number(len(found))} cách hiểu", "điều luật đọc được hơn một cách", catalogue.READINGS, main, parts
    )


def _row(one: Interpretation, effect: int | None) -> Component:
    changed = "" if effect is None else f"; năm nay đổi {number(effect)}{NB}{one.noun}"
    marks = [*([] if one.verified else ["chưa kiểm chứng"]), *(["đổi được bằng cài đặt"] if one.switch else [])]
    return html.Li(
        [
            html.Span(html.Span(one.question, className="nm"), className="un what"),
            html.Span(
                [f"{capital(one.taken)}.", html.Span(f"Cách khác: {one.other}{changed}.", className="why")],
                className="df",
            ),
            html.Span([html.Span(one.article), *(html.Span(mark, className="why") for mark in marks)], className="ar"),
        ],
        className="lr",
    )
