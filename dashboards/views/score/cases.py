"""The cases that a component lacks."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from dash import html

from dashboards.periods import Period
from dashboards.readers.snapshot import Selection
from dashboards.screens import links
from dashboards.screens.listing import period_words
from dashboards.screens.parts import Component
from dashboards.screens.tablet import shell
from dashboards.screens.tablet.paging import Paging, paging
from dashboards.screens.taken_away import actions, of_cases
from dashboards.views.score import CASES, PARTS, VIEW, words
from dashboards.views.score.asked import ScoreAddress
from dashboards.views.score.reader import LackedCase
from dashboards.words import closed, day, day_of, deadline_day, number, unit

PAGE = 7
WHY = {
    "DOSSIER_SYNC": "Hồ sơ Cổng chưa nhận",
    "ONLINE_DOSSIERS": "Hồ sơ không nộp trực tuyến",
    "ONLINE_PAYMENT": "Hồ sơ có phí không trả trực tuyến",
    "ORIGINAL_RESULT_AVAILABLE": "Hồ sơ chưa có kết quả điện tử",
    "SO_HOA_GIAY_TO_GIAI_QUYET": "Hồ sơ chưa số hóa cả giấy tờ và kết quả",
    "REUSED_DIGITIZED_DATA": "Hồ sơ không dùng lại giấy tờ số",
    "CITIZEN_DATA_CONNECTED_DOSSIER": "Hồ sơ không dùng dữ liệu dân cư",
    "PROGRESS": "Hồ sơ trễ theo cách tính của QĐ 766",
    "DOSSIER_RECEIVING_SATISFACTION": "Hồ sơ trễ, hoặc bị đánh giá không hài lòng",
}


def page(
    found: Sequence[LackedCase],
    total: int,
    number_of_page: int,
    asked: ScoreAddress,
    period: Period,
    as_of: datetime,
    parts: dict[str, Any],
) -> Component:
    """``found`` are those of the page; ``total`` is how many there are. ``asked.component`` is set."""
    component = asked.component
    pages = Paging(total, PAGE, number_of_page)
    of_api = {"component": None if component is None else component.code, "unit": asked.view.unit}
    names = {"what": "Mã hồ sơ và nơi đang ở", "own": "Tiếp nhận", "portal": "Hạn (QĐ 766)", "sent": "Kết thúc"}
    heads = html.Div([html.Span(said, className=kind) for kind, said in names.items()], className="lr lh")
    why = WHY[component.code] if component is not None else ""
    main = [
        html.Div(
            [
                html.H2(f"{number(total)} hồ sơ", className="big v"),
                html.P(closed(as_of), className="sub"),
                actions(asked.address(VIEW.at(CASES)), of_cases("scores", period, of_api)),
            ],
            className="hd",
        ),
        html.P([html.B(why), f", {words.whose(asked)}, {period_words(period)}"], className="lead small"),
        html.Div([heads, html.Ol([_case(case) for case in found])], className="list apart"),
        paging(pages, lambda number_: asked.address(VIEW.at(CASES), number_), "hồ sơ"),
    ]
    back = ("Từng thành phần", ScoreAddress(asked.view, asked.reading).address(VIEW.at(PARTS)))
    return shell.page("Hồ sơ thiếu", main, view=Selection("khung"), parts=parts, back=back, kind="listing")


def _case(case: LackedCase) -> Component:
    where = html.Span(unit(case.last_unit or case.unit), className="why")
    return html.Li(
        html.A(
            [
                html.Span([html.Span(html.Span(case.subject), className="n code"), where], className="what"),
                html.Span(day(day_of(case.accepted_at)) if case.accepted_at else "không biết", className="own n"),
                html.Span(day(deadline_day(case.due_766)) if case.due_766 else "không có", className="portal n"),
                html.Span(day(day_of(case.ended_at)) if case.ended_at else "chưa xong", className="sent n"),
            ],
            href=links.case(case.subject),
            className="lr",
        )
    )
