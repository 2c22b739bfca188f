"""The page "Chỉ tiêu": every indicator with its definition, where its rule is from, and the way to its figure."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html

from dashboards.access import addresses
from dashboards.counted_domains import OF_OWN_PAGES, SOURCES
from dashboards.indicators import CASE, ListedIndicator, all_indicators
from dashboards.periods import PeriodName
from dashboards.readers.figures import NO_FILTERS
from dashboards.readers.snapshot import Selection
from dashboards.screens import links
from dashboards.screens.parts import Component
from dashboards.screens.screen import Name
from dashboards.screens.tablet import shell
from dashboards.screens.tablet.paging import Paging, paging
from dashboards.views import IN_PLACE, VIEWS
from dashboards.views.topics.declared import TOPICS
from dashboards.words import capital, number

PAGE = 6
TITLE = "Chỉ tiêu"
VIEW = Selection(Name.TABLET, PeriodName.MONTH)
SETS: Mapping[str, str] = {  # by the word in the address; what is in none of the others is "khac"
    "ho-so": CASE,
    **{view.slug: view.groups[0].domain for view in IN_PLACE if view.chip},
}
PAGES = {group.domain: view.at(group.page) for view in VIEWS for group in view.groups}
OTHER = "khac"
LABELS = {
    "": "Tất cả",
    "ho-so": "Hồ sơ",
    **{view.slug: view.chip for view in IN_PLACE if view.chip},
    OTHER: "Chủ đề khác",
}
READINGS = "cach-hieu"  # no indicators: how rules are read (dashboards.screens.reading)


def chosen(found: Sequence[ListedIndicator], word: str) -> list[ListedIndicator]:
    """Those of a set. Raises :class:`links.BadAddress`."""
    if word not in LABELS:
        raise links.BadAddress("nhóm chỉ tiêu trong địa chỉ không đúng")
    if word == OTHER:
        return [one for one in found if one.domain not in SETS.values()]
    return [one for one in found if not word or one.domain == SETS[word]]


def of_all(word: str, number_of_page: int, parts: dict[str, Any]) -> Component:
    """Every indicator that there is, or those of a set."""
    return page(all_indicators(), word, number_of_page, parts)


def page(found: Sequence[ListedIndicator], word: str, number_of_page: int, parts: dict[str, Any]) -> Component:
    shown = chosen(found, word)
    pages = Paging(len(shown), PAGE, number_of_page)
    head = html.Div(
        [html.Span(said, className=kind) for kind, said in (("un", TITLE), ("df", "Định nghĩa"), ("ar", "Căn cứ"))],
        className="lr lh",
    )
    rows = [_row(one) for one in shown[pages.first - 1 : pages.last]]
    main = [
        html.Div([head, html.Ol(rows)], className="list indicators"),
        paging(pages, lambda page: address(word, page), "chỉ tiêu"),
    ]
    return framed(
        f"{number(len(shown))} chỉ tiêu", "tên dẫn đến con số, tính lại lúc mở; kỳ là tháng này", word, main, parts
    )


def framed(title: str, sub: str, word: str, rows: list[Component], parts: dict[str, Any]) -> Component:
    """The page with these rows under its head and its chips; ``word``: which chip is chosen."""
    labels = {**LABELS, READINGS: "Cách hiểu"}
    main = [
        html.Div([html.H2(title, className="big v"), html.P(sub, className="sub")], className="hd"),
        html.Div([_chip(of, label, word) for of, label in labels.items()], className="fl"),
        *rows,
    ]
    return shell.page(TITLE, main, view=Selection("khung"), parts=parts, tabs="Đơn vị", kind="listing", selection=VIEW)


def figure_of(one: ListedIndicator) -> str:
    """The address at which the indicator's figure is shown."""
    if one.domain in PAGES:
        return links.screen(PAGES[one.domain], VIEW)
    if one.domain == CASE:
        return links.opening(one.name, VIEW, NO_FILTERS)
    if one.listed and one.domain != SOURCES.name:
        if one.domain in OF_OWN_PAGES:
            return addresses.DIRECTIVES
        return links.opening(one.name, VIEW, NO_FILTERS, domain=one.domain)
    name = next(topic.name for topic in TOPICS.values() if one.domain in topic.domains)
    return links.topic(name, VIEW._replace(period=TOPICS[name].period))


def address(word: str, page: int = 1) -> str:
    return links.catalogue(**{"nhom": word or None, "trang": str(page) if page > 1 else None})


def _chip(of: str, label: str, word: str) -> Component:
    return html.A(label, href=address(of), className="chip on" if of == word else "chip")


def _row(one: ListedIndicator) -> Component:
    name = [html.Span(one.label, className="nm"), html.Span(f"{one.group}; đơn vị: {one.unit}", className="why")]
    article = [html.Span(one.article or "đếm trực tiếp"), *([] if one.verified else [_UNVERIFIED])]
    return html.Li(
        [
            html.A(name, href=figure_of(one), className="un what"),
            html.Span([one.definition, html.Span(capital(one.kind) + ".", className="why")], className="df"),
            html.Span(article, className="ar"),
        ],
        className="lr",
    )


_UNVERIFIED = html.Span("chưa kiểm chứng", className="why")
