"""The score of all units, the lowest first, and the province's groups above them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from dash import html

from dashboards.periods import Period
from dashboards.readers.snapshot import Selection
from dashboards.screens.parts import Component
from dashboards.screens.tablet import shell
from dashboards.screens.tablet.paging import Paging, paging
from dashboards.views.score import PARTS, VIEW, words
from dashboards.views.score.asked import ScoreAddress
from dashboards.views.score.reader import ScoredUnit, change, lowest_first
from schemas.rules.decision_766 import COMPONENTS, Group

PAGE = 6
TIERS = {"department": "Sở, ngành", "commune": "Xã, phường", "district": "Huyện"}
COLUMNS = ("Điểm", "Có số liệu", "So kỳ trước", "Hạng")


def page(
    scores: Sequence[ScoredUnit],
    before: Mapping[str | None, ScoredUnit],
    number_of_page: int,
    asked: ScoreAddress,
    period: Period,
    as_of: datetime,
    parts: dict[str, Any],
) -> Component:
    """``scores``: all units together first."""
    whole, *units = scores
    ordered = lowest_first(units)
    pages = Paging(len(ordered), PAGE, number_of_page)
    heads = html.Div(
        [
            html.Span("Đơn vị", className="un"),
            *(html.Span(column, className="c") for column in COLUMNS),
            html.Span("Nâng được nhiều nhất", className="what"),
        ],
        className="lr lh",
    )
    detail = html.A("Từng thành phần", href=asked.address(VIEW.at(PARTS)), className="btn")
    main = [
        words.head(words.total(whole), words.sub(asked, period, as_of), asked, VIEW.tablet, detail),
        words.chips(asked, VIEW.tablet),
        html.Div([_group(whole, group) for group in Group], className="chs"),
        html.Div(
            [heads, html.Ol([_row(one, before.get(one.unit), asked) for one in ordered[pages.first - 1 : pages.last]])],
            className="list units",
        ),
        paging(pages, lambda number: asked.address(VIEW.tablet, number), "đơn vị"),
    ]
    return shell.page(
        words.TITLE,
        main,
        view=Selection("khung"),
        parts=parts,
        tabs="Đơn vị",
        kind="listing gap score",
        selection=asked.view,
    )


def _group(whole: ScoredUnit, group: Group) -> Component:
    got = whole.score.group(group)
    most = sum(component.maximum for component in COMPONENTS if component.group is group)
    said = "không biết" if got is None else f"{words.points(got)}/{words.maximum(most)}"
    return html.Span([html.Span(words.GROUPS[group], className="kl"), html.Span(said, className="n")], className="ch")


def _row(one: ScoredUnit, before: ScoredUnit | None, asked: ScoreAddress) -> Component:
    gains = one.score.gains
    lift = f"{words.SHORT[gains[0][0]]} {words.signed(gains[0][1])}" if gains else "không có"
    rank = html.Span("không biết", className="c quiet")
    if one.rank is not None:
        rank = html.Span(f"{one.rank}/{one.ranked}", className="c n", title=TIERS.get(one.tier or "", ""))
    address = asked.of_unit(one.key).address(VIEW.at(PARTS))
    return html.Li(
        [
            html.A(words.name(one), href=address, className="un code"),
            html.Span(words.points(one.score.total), className="c n"),
            html.Span(words.maximum(one.score.possible), className="c n"),
            words.changed(change(one, before if one.until is None else None)),
            rank,
            html.Span(lift, className="what"),
        ],
        className="lr",
    )
