"""Own figure and the national portal's side by side, by unit, and the cases that make the gap."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from dash import html

from dashboards.periods import Period, PeriodName
from dashboards.readers.snapshot import Selection
from dashboards.screens import links
from dashboards.screens.listing import period_words
from dashboards.screens.parts import Component
from dashboards.screens.portal_and_chain import STATUSES
from dashboards.screens.tablet import shell
from dashboards.screens.tablet.paging import Paging, paging
from dashboards.screens.tablet.periods import chips as period_chips
from dashboards.screens.taken_away import actions, of_cases
from dashboards.views.gap import CASES, VIEW
from dashboards.views.gap.asked import INDICATORS, GapAddress
from dashboards.views.gap.declared import LABELS
from dashboards.views.gap.reader import CAUSES, Cause, DifferingCase, Gap, summed
from dashboards.views.gap.words import excess
from dashboards.words import closed, day, day_of, number, unit

PAGE = 7
CASES_PAGE = 7
TITLE = VIEW.title
COLUMNS = ("Của tỉnh", "Trên Cổng", "Công bố", "Tỉnh hơn", "Chưa gửi", "Khác nhau")
SHORT = {
    Cause.NOT_SENT: "Chưa gửi",
    Cause.STATUS_BEHIND: "Cổng chậm",
    Cause.OTHER_CODE: "Khác mã",
    Cause.REWRITTEN_STATUS: "Ghi đè thành 9",
    Cause.OTHER_PERIOD: "Kỳ khác",
    Cause.OWN_BEHIND: "Tỉnh chậm",
}
PERIODS = (PeriodName.TODAY, PeriodName.MONTH, PeriodName.YEAR)


def page(
    rows: Sequence[Gap], page_asked: int, asked: GapAddress, period: Period, as_of: datetime, parts: dict[str, Any]
) -> Component:
    units = [gap for gap in rows if not gap.total or gap.own or gap.portal]  # a total is no unit among the others
    ordered = sorted(units, key=lambda gap: (-gap.cases, -abs(gap.gap), gap.unit))
    pages = Paging(len(ordered), PAGE, page_asked)
    whole = summed(rows)
    label = LABELS[asked.indicator].lower()
    head = html.Div(
        [html.Span("Đơn vị", className="un"), *(html.Span(c, className="c") for c in COLUMNS)], className="lr lh"
    )
    main = [
        html.Div(
            [
                html.H2(f"{number(whole.cases)} hồ sơ khác nhau", className="big v"),
                html.P(
                    f"{label} {period_words(period)}: của tỉnh {number(whole.own)}, trên Cổng {number(whole.portal)},"
                    f" {excess(whole.gap)}; {closed(as_of)}",
                    className="sub",
                ),
                html.A("Cập nhật", href=asked.address(VIEW.tablet), className="btn"),
            ],
            className="hd",
        ),
        html.Div(
            [html.Div(chips, className="fl") for chips in (_indicators(asked), _periods(asked))], className="fl two"
        ),
        html.Div([_cause(cause, whole.causes[cause], asked) for cause in Cause], className="chs"),
        html.Div(
            [head, html.Ol([_row(gap, asked) for gap in ordered[pages.first - 1 : pages.last]])], className="list units"
        ),
        paging(pages, lambda number_: asked.address(VIEW.tablet, number_)),
    ]
    return shell.page(
        TITLE, main, view=Selection("khung"), parts=parts, tabs="Đơn vị", kind="listing gap", selection=asked.view
    )


def cases(
    found: Sequence[DifferingCase],
    total: int,
    page_asked: int,
    asked: GapAddress,
    period: Period,
    as_of: datetime,
    parts: dict[str, Any],
) -> Component:
    """``found`` are those of the page; ``total`` is how many there are."""
    pages = Paging(total, CASES_PAGE, page_asked)
    what = [LABELS[asked.indicator].lower(), period_words(period)]
    if asked.view.unit is not None:
        what.append(unit(asked.view.unit))
    if asked.cause is not None:
        what.append(CAUSES[asked.cause].lower())
    names = {"what": "Mã hồ sơ và lý do", "own": "Của tỉnh", "portal": "Trên Cổng", "sent": "Gửi lần cuối"}
    head = html.Div([html.Span(words, className=kind) for kind, words in names.items()], className="lr lh")
    main = [
        html.Div(
            [
                html.H2(f"{number(total)} hồ sơ", className="big v"),
                html.P(closed(as_of), className="sub"),
                actions(asked.address(VIEW.at(CASES)), of_cases("portal-gap", period, asked.of_api())),
            ],
            className="hd",
        ),
        html.P([html.B("Hồ sơ khác nhau giữa tỉnh và Cổng"), f", {', '.join(what)}"], className="lead small"),
        html.Div([head, html.Ol([_case(case) for case in found])], className="list apart"),
        paging(pages, lambda number_: asked.address(VIEW.at(CASES), number_)),
    ]
    back = (TITLE, GapAddress(asked.view, asked.indicator).address(VIEW.tablet))
    return shell.page("Khác nhau", main, view=Selection("khung"), parts=parts, back=back, kind="listing")


def _indicators(asked: GapAddress) -> list[Component]:
    return [
        html.A(
            LABELS[indicator],
            href=GapAddress(asked.view, indicator).address(VIEW.tablet),
            className="chip on" if indicator is asked.indicator else "chip",
        )
        for indicator in INDICATORS.values()
    ]


def _periods(asked: GapAddress) -> list[Component]:
    return period_chips(
        asked.view.period,
        lambda period: GapAddress(asked.view._replace(period=period), asked.indicator).address(VIEW.tablet),
        PERIODS,
    )


def _cause(cause: Cause, count: int, asked: GapAddress) -> Component:
    """How many cases have this cause; leads to them."""
    words = [html.Span(SHORT[cause], className="kl"), html.Span(number(count), className="v n" if count else "n")]
    if not count:
        return html.Span(words, className="ch", title=CAUSES[cause])
    address = GapAddress(asked.view, asked.indicator, cause).address(VIEW.at(CASES))
    return html.A(words, href=address, className="ch", title=CAUSES[cause])


def _row(gap: Gap, asked: GapAddress) -> Component:
    of_unit = GapAddress(asked.view._replace(unit=gap.unit), asked.indicator)
    count, not_sent = gap.cases, gap.causes[Cause.NOT_SENT]
    published = (
        html.Span(number(gap.published), className="c n")
        if gap.published is not None
        else html.Span("không có", className="c quiet")
    )
    return html.Li(
        [
            html.A(unit(gap.unit), href=of_unit.address(VIEW.tablet), className="un code"),
            html.Span(number(gap.own), className="c n"),
            html.Span(number(gap.portal), className="c n"),
            published,
            html.Span(number(gap.gap), className="c n"),
            _number(not_sent, GapAddress(of_unit.view, asked.indicator, Cause.NOT_SENT)),
            _number(count, of_unit),
        ],
        className="lr",
    )


def _number(value: int, asked: GapAddress) -> Component:
    """Leads to as many cases, where there are any."""
    if not value:
        return html.Span(number(value), className="c n")
    return html.A(html.Span(number(value), className="v n"), href=asked.address(VIEW.at(CASES)), className="c")


def _case(case: DifferingCase) -> Component:
    why = html.Span(f"{CAUSES[case.cause]}, {unit(case.unit)}", className="why")
    return html.Li(
        html.A(
            [
                html.Span([html.Span(html.Span(case.subject), className="n code"), why], className="what"),
                html.Span(_status(case.status), className="own"),
                html.Span(_status(case.portal_status), className="portal"),
                html.Span(day(day_of(case.synced_at)) if case.synced_at else "chưa gửi", className="n sent"),
            ],
            href=links.case(case.subject),
            className="lr",
        )
    )


def _status(status: int | None) -> str:
    return "không có" if status is None else STATUSES.get(status, "chưa rõ")
