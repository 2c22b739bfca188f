"""The components of one unit, what could lift it most first, each with its figure, points and missing cases."""

from datetime import datetime
from typing import Any

from dash import html

from dashboards.periods import Period
from dashboards.readers.snapshot import Selection
from dashboards.screens.parts import Component
from dashboards.screens.tablet import shell
from dashboards.screens.tablet.paging import Paging, paging
from dashboards.views.score import CASES, PARTS, VIEW, words
from dashboards.views.score.asked import ScoreAddress
from dashboards.views.score.figure import Figure
from dashboards.views.score.information import ReadInformation
from dashboards.views.score.reader import ScoredUnit, change
from dashboards.words import number, percent, worked
from schemas.portal import PetitionKind
from schemas.rules.decision_766 import COMPONENT
from schemas.rules.decision_766 import Component as Part

PAGE = 7
COLUMNS = ("Đạt", "Tỷ lệ", "Điểm", "Tăng được", "Hồ sơ thiếu")
BY_CASES = "từ hồ sơ của tỉnh"
BY_PETITIONS = "từ phản ánh trên Cổng"
BY_CATALOGUE = "theo danh mục TTHC"


def page(
    one: ScoredUnit,
    before: ScoredUnit | None,
    yesterday: ScoredUnit | None,
    information: ReadInformation,
    number_of_page: int,
    asked: ScoreAddress,
    period: Period,
    as_of: datetime,
    parts: dict[str, Any],
) -> Component:
    ordered = in_order(one)
    pages = Paging(len(ordered), PAGE, number_of_page)
    heads = html.Div(
        [html.Span("Thành phần", className="un"), *(html.Span(column, className="c") for column in COLUMNS)],
        className="lr lh",
    )
    main = [
        words.head(words.total(one), words.sub(asked, period, as_of), asked, VIEW.at(PARTS)),
        words.chips(asked, VIEW.at(PARTS)),
        html.P([html.B(_first(one)), _rest(one, before, yesterday)], className="lead small"),
        html.Div(
            [heads, html.Ol([_row(part, one, asked) for part in ordered[pages.first - 1 : pages.last]])],
            className="list units parts",
        ),
        html.Div(
            [
                paging(pages, lambda number_: asked.address(VIEW.at(PARTS), number_), "thành phần"),
                html.P(_information(information), className="sub note"),
            ],
            className="ft",
        ),
    ]
    return shell.page(
        "Từng thành phần", main, view=Selection("khung"), parts=parts, back=words.back(asked), kind="listing gap score"
    )


def in_order(one: ScoredUnit) -> list[Part]:
    """What could lift it most, then what is full, then what is not known."""
    lifting = [COMPONENT[code] for code, _ in one.score.gains]
    full = [COMPONENT[code] for code in one.score.points if COMPONENT[code] not in lifting]
    return [*lifting, *full, *(COMPONENT[code] for code in one.score.unknown)]


def _first(one: ScoredUnit) -> str:
    gains = one.score.gains
    if not gains:
        return "Mọi thành phần có số liệu đã đủ điểm."
    code, gain = gains[0]
    lacking = one.lacking.get(code)
    if not lacking:
        return f"Nâng nhiều nhất: {words.SHORT[code].lower()}, {words.signed(gain)} điểm."
    return f"Nâng nhiều nhất: {words.SHORT[code].lower()}, {words.signed(gain)} điểm nếu đủ {number(lacking)} hồ sơ."


def _rest(one: ScoredUnit, before: ScoredUnit | None, yesterday: ScoredUnit | None) -> str:
    """What has changed since yesterday and since the period before; band and rank."""
    told = [
        f"{what} {words.signed(found)}"
        for what, earlier in (("hôm qua", yesterday), ("kỳ trước", before))
        if (found := change(one, earlier)) is not None
    ]
    said = f" So với {', '.join(told)} điểm." if told else ""
    return f"{said} {words.standing(one).capitalize()}."


def _information(told: ReadInformation) -> str:
    """What gives no points (2.2, 5.1)."""
    mean = "không biết" if told.mean_s is None else f"{worked(told.mean_s // 60)} một hồ sơ"
    said = f"Không tính điểm: 2.2 trung bình {mean}"
    if told.petitions is None:
        return said
    of = told.petitions
    return f"{said}; 5.1 thủ tục {number(of[PetitionKind.PROCEDURE])}, cán bộ {number(of[PetitionKind.STAFF])}"


def _row(part: Part, one: ScoredUnit, asked: ScoreAddress) -> Component:
    figure, got = one.figures.get(part.code), one.score.points.get(part.code)
    name = [
        html.Span(f"{part.number} {words.SHORT[part.code]}", className="nm"),
        html.Span(_origin(part, figure), className="why"),
    ]
    unknown = html.Span("không biết", className="c quiet")
    cells = [unknown, unknown]
    if figure is not None:
        ratio, counted = figure.counted.ratio, figure.counted
        share = unknown if ratio is None else html.Span(percent(ratio), className="c n")
        cells = [html.Span(f"{number(counted.part)}/{number(counted.whole)}", className="c n"), share]
    points = (
        unknown if got is None else html.Span(f"{words.points(got)}/{words.maximum(part.maximum)}", className="c n")
    )
    gain = unknown if got is None else html.Span(words.points(part.maximum - got), className="c n")
    return html.Li(
        [html.Span(name, className="un what", title=part.formula), *cells, points, gain, _lacking(part, one, asked)],
        className="lr",
    )


def _lacking(part: Part, one: ScoredUnit, asked: ScoreAddress) -> Component:
    """Leads to as many cases, where it is counted by cases and there are any."""
    count = one.lacking.get(part.code)
    if count is None:
        return html.Span("không có" if part.code in one.figures else "", className="c quiet")
    if not count:
        return html.Span("0", className="c n")
    address = ScoreAddress(asked.view, asked.reading, part).address(VIEW.at(CASES))
    return html.A(html.Span(number(count), className="v n"), href=address, className="c")


def _origin(part: Part, figure: Figure | None) -> str:
    if figure is None:
        return "chưa có số liệu"
    if figure.published is not None:
        return "Cổng công bố, nhiều kỳ" if figure.published == "…" else f"Cổng công bố {_period(figure.published)}"
    if part.code.startswith("PETITION"):
        return BY_PETITIONS
    return (
        BY_CATALOGUE if part.code in ("ONLINE_SERVICES", "ONLINE_SERVICES_USED", "PAYMENT_SERVICES_USED") else BY_CASES
    )


def _period(published: str) -> str:
    year, _, rest = published.partition("-")
    if not rest:
        return f"năm {year}"
    return f"quý {rest[1:]}/{year}" if rest.startswith("Q") else f"tháng {rest}/{year}"
