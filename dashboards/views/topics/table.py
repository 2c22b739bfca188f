"""All units or parts of a topic with its numbers, a page at a time, the worst first."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html

from dashboards.readers.domains import LEVELS_OF_A_PART_ONLY, DomainRow
from dashboards.readers.figures import Filters
from dashboards.readers.snapshot import Ground, Selection
from dashboards.screens import links, nav
from dashboards.screens.parts import Component
from dashboards.screens.standing import said
from dashboards.screens.tablet import shell
from dashboards.screens.tablet.paging import Paging, paging
from dashboards.source_silence import DEAD
from dashboards.unit_keys import parted
from dashboards.views.topics import frame, words
from dashboards.views.topics.declared import Number, ShownBy, ShownTopic
from dashboards.views.topics.live import lasts
from dashboards.words import closed, number, tile_number, unit
from schemas.contracts import DOMAINS

PAGE = 8
MOST = 6


def columns(topic: ShownTopic, domain: str) -> tuple[Number, ...]:
    """The page's own numbers of one domain: a row of the table is a row of that domain's figures."""
    found = [asked for asked in (*topic.numbers, topic.main.opens, topic.trend) if asked.domain == domain]
    return tuple({asked.counter: asked for asked in reversed(found)}[name] for name in _order(found))[:MOST]


def _order(found: Sequence[Number]) -> list[str]:
    return list(dict.fromkeys(asked.counter for asked in found))


def in_order(rows: Sequence[DomainRow], shown: Sequence[Number]) -> list[DomainRow]:
    """Those with most of what is a warning first, then those with most of all."""
    warns = [asked.counter for asked in shown if asked.warn]
    return sorted(
        (row for row in rows if any(row.counts[asked.counter] for asked in shown)),
        key=lambda row: (
            *(-(row.counts[name] or 0) for name in warns),
            *(-(row.counts[asked.counter] or 0) for asked in shown),
            row.key,
        ),
    )


def page(
    topic: ShownTopic,
    domain: str,
    by: ShownBy,
    rows: Sequence[DomainRow],
    asked: int,
    view: Selection,
    ground: Ground,
    names: Mapping[str, str],
    parts: dict[str, Any],
) -> Component:
    shown = columns(topic, domain)
    ordered = in_order(rows, shown)
    unknown = [asked_ for asked_ in shown if _unknown(asked_, ground)]
    of_period = {of: links.table(topic.name, view._replace(period=of), domain, by) for of in links.PERIODS.values()}
    why = said(ground, of_period, topic.subject, "") if unknown else []
    if len(unknown) == len(shown):  # their order would be one by numbers that nobody knows
        ordered = []
    pages = Paging(len(ordered), PAGE, asked)
    what = "đơn vị" if by is ShownBy.UNIT else "dòng"
    again = links.table(topic.name, view, domain, by)
    head = html.Div(
        [
            html.Span("Đơn vị" if by is ShownBy.UNIT else "Phần", className="un"),
            *(html.Span(asked_.label, className="c") for asked_ in shown),
        ],
        className="lr lh",
    )
    items = [_row(topic, row, by, shown, view, ground, names) for row in ordered[pages.first - 1 : pages.last]]
    main = [
        html.Div(
            [
                *([html.H2(f"{number(len(ordered))} {what}", className="big v")] if ordered or not why else []),
                html.P(f"{closed(ground.at)}; việc đang mở là lúc đó", className="sub"),
                html.A("Cập nhật", href=again, className="btn"),
            ],
            className="hd",
        ),
        html.Div(_chips(topic, domain, by, view), className="fl"),
        *why,
        *([html.Div([head, html.Ol(items)], className="list units")] if ordered or not why else []),
        paging(pages, lambda page_: links.table(topic.name, view, domain, by, trang=str(page_) if page_ > 1 else None)),
    ]
    title = nav.SHORT.get(topic.name, topic.title)
    live = Selection(frame.name_of(topic.name))
    return shell.page(
        topic.title, main, view=live, parts=parts, tabs=title, kind="listing", selection=Selection("khung")
    )


def _chips(topic: ShownTopic, domain: str, by: ShownBy, view: Selection) -> list[Component]:
    tables = [
        (name, of)
        for name in topic.domains
        if columns(topic, name)
        for of in ShownBy
        if of is ShownBy.UNIT or DOMAINS[name].part
    ]
    return [
        html.A(
            f"{DOMAINS[name].label}, theo {'đơn vị' if of is ShownBy.UNIT else DOMAINS[name].part}",
            href=links.table(topic.name, view, name, of),
            className="chip on" if (name, of) == (domain, by) else "chip",
        )
        for name, of in tables
    ]


def _row(
    topic: ShownTopic,
    row: DomainRow,
    by: ShownBy,
    shown: Sequence[Number],
    view: Selection,
    ground: Ground,
    names: Mapping[str, str],
) -> Component:
    unit_, part_ = (row.key, view.part) if by is ShownBy.UNIT else (view.unit, row.key)
    domain = shown[0].domain
    name = names.get(row.key, row.key) if by is ShownBy.UNIT else words.part(domain, row.key, dict(names), whole=True)
    filters = Filters(unit=unit_, part=part_)
    return html.Li(
        [
            html.A(
                unit(name), href=links.topic(topic.name, view._replace(unit=unit_, part=part_)), className="un code"
            ),
            *(_cell(asked, row.counts[asked.counter], filters, view, ground) for asked in shown),
        ],
        className="lr",
    )


def _unknown(asked: Number, ground: Ground) -> bool:
    """Whether its figures may not be shown now."""
    return ground.standing(True, finished=lasts(ground, asked)) in DEAD


def _cell(asked: Number, amount: int | None, filters: Filters, view: Selection, ground: Ground) -> Component:
    if _unknown(asked, ground):
        return html.Span("không biết", className="c quiet")
    if amount is None:
        return html.Span(_why_none(asked, filters), className="c quiet")
    return html.A(
        html.Span(tile_number(amount), className="v n"),
        href=links.opening(asked.counter, view, filters, domain=asked.domain),
        className="c",
        **{"data-count": str(amount), "data-counter": f"{asked.domain}.{asked.counter}"},
    )


def _why_none(asked: Number, filters: Filters) -> str:
    """Why a row has no number: its unit has ended, parts do not add up, or its unit has measured none that stands."""
    if parted(filters.unit or "")[1] is not None:
        return "không còn"
    apart = asked.domain in LEVELS_OF_A_PART_ONLY and filters.part is None
    return "không cộng" if apart else "không có số"
