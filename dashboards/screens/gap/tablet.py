"""Own figure and the national portal's side by side, by unit, and the cases that make the gap."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dash import html

from dashboards.periods import Period, PeriodName
from dashboards.readers.portal_gap import CAUSES, LABELS, Cause, Gap, GapCase, Indicator
from dashboards.readers.snapshot import View
from dashboards.screens import links
from dashboards.screens.beside import STATUSES
from dashboards.screens.listing import period_words
from dashboards.screens.parts import Component
from dashboards.screens.tablet import shell
from dashboards.screens.tablet.paging import Paging, paging
from dashboards.screens.tablet.periods import chips as period_chips
from dashboards.words import day, day_of, number, seconds, unit

PAGE = 7
CASES_PAGE = 7
TITLE = "So với Cổng"
COLUMNS = ("Của tỉnh", "Trên Cổng", "Công bố", "Chênh", "Chưa gửi", "Hồ sơ lệch")
SHORT = {
    Cause.NOT_SENT: "Chưa gửi",
    Cause.STATUS_BEHIND: "Cổng chậm",
    Cause.OTHER_CODE: "Khác mã",
    Cause.REWRITTEN_STATUS: "Ghi đè thành 9",
    Cause.OTHER_PERIOD: "Kỳ khác",
    Cause.OWN_BEHIND: "Tỉnh chậm",
}
PERIODS = (PeriodName.TODAY, PeriodName.MONTH, PeriodName.YEAR)
INDICATORS: Mapping[str, Indicator] = {
    "tiep-nhan": Indicator.RECEIVED,
    "da-xong": Indicator.FINISHED,
    "dung-han": Indicator.ON_TIME,
    "tre-han": Indicator.LATE,
}
CAUSE_WORDS: Mapping[str, Cause] = {
    "chua-gui": Cause.NOT_SENT,
    "cham": Cause.STATUS_BEHIND,
    "khac-ma": Cause.OTHER_CODE,
    "ghi-de": Cause.REWRITTEN_STATUS,
    "khac-ky": Cause.OTHER_PERIOD,
    "tinh-cham": Cause.OWN_BEHIND,
}
_WORD_OF = {value: word for words in (INDICATORS, CAUSE_WORDS) for word, value in words.items()}


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for; a unit of the view narrows it."""

    view: View
    indicator: Indicator
    cause: Cause | None = None

    def address(self, path: str, page: int = 1) -> str:
        cause = None if self.cause is None else _WORD_OF[self.cause]
        more = {"chi-tieu": _WORD_OF[self.indicator], "ly-do": cause, "trang": str(page) if page > 1 else None}
        return links.gap(self.view, path, **more)


def asked_of(view: View, query: Mapping[str, str]) -> Asked:
    """Raises :class:`links.BadAddress`."""
    indicator, cause = query.get("chi-tieu", "tiep-nhan"), query.get("ly-do")
    if indicator not in INDICATORS or (cause is not None and cause not in CAUSE_WORDS):
        raise links.BadAddress("chỉ tiêu hoặc lý do trong địa chỉ không đúng")
    return Asked(view, INDICATORS[indicator], CAUSE_WORDS[cause] if cause else None)


def page(
    rows: Sequence[Gap], page_asked: int, asked: Asked, period: Period, as_of: datetime, parts: dict[str, Any]
) -> Component:
    ordered = sorted(rows, key=lambda gap: (-_cases(gap), -abs(gap.gap), gap.unit))
    pages = Paging(len(ordered), PAGE, page_asked)
    own, portal = sum(gap.own for gap in rows), sum(gap.portal for gap in rows)
    label = LABELS[asked.indicator].lower()
    head = html.Div(
        [html.Span("Đơn vị", className="un"), *(html.Span(c, className="c") for c in COLUMNS)], className="lr lh"
    )
    main = [
        html.Div(
            [
                html.H2(f"{number(sum(map(_cases, rows)))} hồ sơ lệch", className="big v"),
                html.P(
                    f"{label} {period_words(period)}: của tỉnh {number(own)}, trên Cổng {number(portal)},"
                    f" chênh {number(own - portal)}; chốt lúc {seconds(as_of)}",
                    className="sub",
                ),
                html.A("Lấy số mới", href=asked.address(links.GAP), className="btn"),
            ],
            className="hd",
        ),
        html.Div(
            [html.Div(chips, className="fl") for chips in (_indicators(asked), _periods(asked))], className="fl two"
        ),
        html.Div([_cause(cause, rows, asked) for cause in Cause], className="chs"),
        html.Div(
            [head, html.Ol([_row(gap, asked) for gap in ordered[pages.first - 1 : pages.last]])], className="list units"
        ),
        paging(pages, lambda number_: asked.address(links.GAP, number_)),
    ]
    return shell.page(
        TITLE, main, view=View("khung"), parts=parts, tabs="Đơn vị", kind="listing gap", selection=asked.view
    )


def cases(
    found: Sequence[GapCase],
    total: int,
    page_asked: int,
    asked: Asked,
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
                html.P(f"chốt lúc {seconds(as_of)}", className="sub"),
                html.A("Lấy số mới", href=asked.address(links.GAP_CASES), className="btn"),
            ],
            className="hd",
        ),
        html.P([html.B("Hồ sơ làm nên chênh lệch"), f", {', '.join(what)}"], className="lead small"),
        html.Div([head, html.Ol([_case(case) for case in found])], className="list apart"),
        paging(pages, lambda number_: asked.address(links.GAP_CASES, number_)),
    ]
    back = (TITLE, Asked(asked.view, asked.indicator).address(links.GAP))
    return shell.page("Chênh lệch", main, view=View("khung"), parts=parts, back=back, kind="listing")


def _cases(gap: Gap) -> int:
    return sum(gap.causes.values())


def _indicators(asked: Asked) -> list[Component]:
    return [
        html.A(
            LABELS[indicator],
            href=Asked(asked.view, indicator).address(links.GAP),
            className="chip on" if indicator is asked.indicator else "chip",
        )
        for indicator in INDICATORS.values()
    ]


def _periods(asked: Asked) -> list[Component]:
    return period_chips(
        asked.view.period,
        lambda period: Asked(asked.view._replace(period=period), asked.indicator).address(links.GAP),
        PERIODS,
    )


def _cause(cause: Cause, rows: Sequence[Gap], asked: Asked) -> Component:
    """How many cases have this cause; leads to them."""
    count = sum(gap.causes[cause] for gap in rows)
    words = [html.Span(SHORT[cause], className="kl"), html.Span(number(count), className="v n" if count else "n")]
    if not count:
        return html.Span(words, className="ch", title=CAUSES[cause])
    address = Asked(asked.view, asked.indicator, cause).address(links.GAP_CASES)
    return html.A(words, href=address, className="ch", title=CAUSES[cause])


def _row(gap: Gap, asked: Asked) -> Component:
    of_unit = Asked(asked.view._replace(unit=gap.unit), asked.indicator)
    count, not_sent = _cases(gap), gap.causes[Cause.NOT_SENT]
    published = (
        html.Span(number(gap.published), className="c n")
        if gap.published is not None
        else html.Span("không có", className="c quiet")
    )
    return html.Li(
        [
            html.A(unit(gap.unit), href=of_unit.address(links.GAP), className="un code"),
            html.Span(number(gap.own), className="c n"),
            html.Span(number(gap.portal), className="c n"),
            published,
            html.Span(number(gap.gap), className="c n"),
            _number(not_sent, Asked(of_unit.view, asked.indicator, Cause.NOT_SENT)),
            _number(count, of_unit),
        ],
        className="lr",
    )


def _number(value: int, asked: Asked) -> Component:
    """Leads to as many cases, where there are any."""
    if not value:
        return html.Span(number(value), className="c n")
    return html.A(html.Span(number(value), className="v n"), href=asked.address(links.GAP_CASES), className="c")


def _case(case: GapCase) -> Component:
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
