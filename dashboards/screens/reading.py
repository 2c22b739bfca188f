"""The page "Chỉ tiêu", and its part "Cách hiểu": rules that can be read in more than one way, and what the other way
would change this year."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html

from dashboards.interpretations import Interpretation, interpretations
from dashboards.readers.database import Database
from dashboards.readers.interpretations import effects
from dashboards.screens import catalogue
from dashboards.screens.parts import Component
from dashboards.screens.tablet.paging import page_of
from dashboards.settings import Settings
from dashboards.words import NB, capital, number

HEADS = (("un", "Câu hỏi"), ("df", "Cách tính ở đây, và cách khác"), ("ar", "Căn cứ"))


async def show(database: Database, settings: Settings, query: Mapping[str, str], parts: dict[str, Any]) -> Component:
    """Either, as the address asks."""
    word = query.get("nhom", "")
    if word != catalogue.READINGS:
        return catalogue.of_all(word, page_of(query.get("trang")), parts)
    async with database.snapshot() as (conn, as_of):
        changed = await effects(conn, as_of, settings)
    return page(interpretations(settings), changed, parts)


def page(found: Sequence[Interpretation], changed: Mapping[str, int], parts: dict[str, Any]) -> Component:
    """``changed``: by name, how much the other way would change."""
    head = html.Div([html.Span(said, className=kind) for kind, said in HEADS], className="lr lh")
    rows = html.Div([head, html.Ol([_row(one, changed.get(one.name)) for one in found])], className="list indicators")
    return catalogue.framed(
        f"{number(len(found))} cách hiểu", "điều luật đọc được hơn một cách", catalogue.READINGS, [rows], parts
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
