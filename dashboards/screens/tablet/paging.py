"""Pages of a list: which rows a page has, and the buttons to the others."""

from collections.abc import Callable
from dataclasses import dataclass

from dash import html

from dashboards.screens.parts import Component, icon
from dashboards.words import number


@dataclass(frozen=True, slots=True)
class Paging:
    """``asked`` counts from 1; a page beyond the last is the last."""

    rows: int
    size: int
    asked: int = 1

    @property
    def pages(self) -> int:
        return max(1, -(-self.rows // self.size))

    @property
    def page(self) -> int:
        return min(max(self.asked, 1), self.pages)

    @property
    def first(self) -> int:
        return min((self.page - 1) * self.size + 1, max(self.rows, 1))

    @property
    def last(self) -> int:
        return min(self.page * self.size, self.rows)


def page_of(word: str | None) -> int:
    return int(word) if word and word.isascii() and word.isdigit() and len(word) < 8 else 1


def paging(pages: Paging, address: Callable[[int], str], noun: str = "dòng") -> Component:
    """First, before, where we are, after, last; one page has none of them."""
    if pages.pages == 1:
        return html.Div(html.Span(f"{number(pages.rows)} {noun}", className="sub"), className="pg")

    def button(shape: str, words: str, page: int) -> Component:
        if page == pages.page or not 1 <= page <= pages.pages:
            return html.Span(icon(shape), className="btn dis", **{"aria-disabled": "true"})
        return html.A(icon(shape), href=address(page), className="btn", **{"aria-label": words})

    where = (
        f"{number(pages.first)}–{number(pages.last)} trong {number(pages.rows)}"
        if pages.rows
        else f"không có {noun} nào"
    )
    return html.Div(
        [
            button("first", "Trang đầu", 1),
            button("prev", "Trang trước", pages.page - 1),
            html.Span(where, className="n sub"),
            button("next", "Trang sau", pages.page + 1),
            button("last", "Trang cuối", pages.pages),
        ],
        className="pg",
    )
