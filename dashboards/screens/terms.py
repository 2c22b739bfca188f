"""The page "Từ ngữ": what the words of the screens mean; "?" opens it on every screen."""

from typing import Any

from dash import html

from dashboards.glossary import GROUPS, Term, terms
from dashboards.readers.snapshot import Selection
from dashboards.screens import links
from dashboards.screens.parts import Component
from dashboards.screens.tablet import shell
from dashboards.screens.tablet.paging import Paging, paging
from dashboards.words import number

PAGE = 7
TITLE = "Từ ngữ"


def chosen(group: str) -> list[Term]:
    """Those of a group, of all where none is named. Raises :class:`links.BadAddress`."""
    if group and group not in GROUPS:
        raise links.BadAddress("nhóm từ ngữ trong địa chỉ không đúng")
    return [term for term in terms() if not group or term.group == group]


def page(group: str, number_of_page: int, parts: dict[str, Any]) -> Component:
    shown = chosen(group)
    pages = Paging(len(shown), PAGE, number_of_page)
    head = html.Div([html.Span("Từ", className="un"), html.Span("Nghĩa"), html.Span("Căn cứ")], className="lr lh")
    main = [
        html.Div(
            [
                html.H2(f"{number(len(shown))} từ", className="big v"),
                html.P("các chữ trên màn hình nghĩa là gì; định nghĩa từng con số ở trang Chỉ tiêu", className="sub"),
                html.A("Chỉ tiêu", href=links.CATALOGUE, className="btn"),
            ],
            className="hd",
        ),
        html.Div([_chip(word, said, group) for word, said in {"": "Tất cả", **GROUPS}.items()], className="fl"),
        html.Div([head, html.Ol([_row(term) for term in shown[pages.first - 1 : pages.last]])], className="list terms"),
        paging(pages, lambda page: links.terms(group, page), "từ"),
    ]
    return shell.page(TITLE, main, view=Selection("khung"), parts=parts, tabs="", kind="listing")


def _chip(word: str, said: str, group: str) -> Component:
    return html.A(said, href=links.terms(word), className="chip on" if word == group else "chip")


def _row(term: Term) -> Component:
    return html.Li(
        [
            html.Span(term.word, className="un"),
            html.Span(term.meaning),
            html.Span(term.source or "lời của trung tâm", className="why"),
        ],
        className="lr",
    )
