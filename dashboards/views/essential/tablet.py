"""The essential services on the tablet: all, the lowest share first, and one with its reasons, path and units."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from dash import html

from dashboards.periods import Period, PeriodName
from dashboards.readers.figures import Filters
from dashboards.readers.snapshot import Selection
from dashboards.screens import links
from dashboards.screens.listing import period_words
from dashboards.screens.parts import Component, icon
from dashboards.screens.tablet import shell
from dashboards.screens.tablet.paging import Paging, paging
from dashboards.screens.tablet.periods import chips as period_chips
from dashboards.views.essential import VIEW
from dashboards.views.essential.asked import address
from dashboards.views.essential.declared import LABELS, REASONS, SERVICES, Group
from dashboards.views.essential.reader import Amounts, Counts, Known, OfUnit, ServiceShare
from dashboards.views.essential.reasons import UNKNOWN, path_words, target_words
from dashboards.views.essential.targets import TargetStanding
from dashboards.words import NB, closed, decimal, number, percent, unit

PAGE = 7
UNITS_PAGE = 6
PERIODS = (PeriodName.TODAY, PeriodName.MONTH, PeriodName.QUARTER, PeriodName.YEAR)
UNVERIFIED = "mã chưa kiểm chứng"
ALSO = (Group.RECEIVED, Group.ONLINE, Group.PORTAL_ONLINE)  # of the tiles of one service, besides the reasons


def page(
    services: Sequence[ServiceShare],
    page_asked: int,
    view: Selection,
    period: Period,
    as_of: datetime,
    parts: dict[str, Any],
) -> Component:
    """All services of the period."""
    counted = [service for service in services if service.known is Known.COUNTED]
    behind = sum(bool(service.standing and service.standing.behind) for service in counted)
    without = sum(service.known in (Known.NO_CODE, Known.NO_NAME) for service in services)
    pages = Paging(len(services), PAGE, page_asked)
    heads = ("Tỷ lệ", "Thay đổi", "Tiếp nhận", "Trực tuyến")
    head = html.Div(
        [
            html.Span("Dịch vụ, từ thấp nhất", className="un"),
            *(html.Span(words, className="c") for words in heads),
            html.Span("Lộ trình trực tuyến", className="pa"),
        ],
        className="lr lh",
    )
    rows = [_row(service, view) for service in services[pages.first - 1 : pages.last]]
    main = [
        html.Div(
            [
                html.H2(f"{len(counted)} trong {len(services)} dịch vụ có số", className="big v"),
                html.P(f"{period_words(period)}; {closed(as_of)}", className="sub"),
                html.A("Cập nhật", href=address(view), className="btn"),
            ],
            className="hd",
        ),
        html.P(
            [html.B(f"{behind} dịch vụ chậm lộ trình"), f", {without} dịch vụ chưa có mã thủ tục nên chưa biết tỷ lệ"],
            className="lead small",
        ),
        html.Div(_chips(view, None), className="fl"),
        html.Div([head, html.Ol(rows)], className="list services"),
        paging(pages, lambda page_: address(view, trang=str(page_) if page_ > 1 else None), "dịch vụ"),
    ]
    return shell.page(
        VIEW.title, main, view=Selection("khung"), parts=parts, tabs=VIEW.tab, kind="listing services", selection=view
    )


def one(
    service: ServiceShare,
    why: Counts,
    units: Sequence[OfUnit],
    page_asked: int,
    view: Selection,
    period: Period,
    as_of: datetime,
    parts: dict[str, Any],
) -> Component:
    """One service: why, its path, its units."""
    pages = Paging(len(units), UNITS_PAGE, page_asked)
    heads = ("Tỷ lệ", "Thay đổi", "Tiếp nhận", "Trực tuyến", "Bổ sung", "Cổng thiếu")
    head = html.Div(
        [html.Span("Đơn vị, từ thấp nhất", className="un"), *(html.Span(words, className="c") for words in heads)],
        className="lr lh",
    )
    rows = [_unit(service, row, view) for row in units[pages.first - 1 : pages.last]]
    main = [
        html.Div(
            [
                html.H2(_rate(service.share) if service.share is not None else "không biết", className="big v"),
                html.P(f"trực tuyến {period_words(period)}; {closed(as_of)}", className="sub"),
                html.A("Cập nhật", href=address(view, service.number), className="btn"),
            ],
            className="hd",
        ),
        html.P([html.B(f"{service.number}. {service.name}"), f". {_known_words(service)}"], className="lead small"),
        html.P(_path(service), className="sub"),
        html.Div(_chips(view, service.number), className="fl"),
        html.Div([_tile(service, group, why, view) for group in (*ALSO, *REASONS)], className="chs"),
        html.Div([head, html.Ol(rows)], className="list units"),
        paging(
            pages,
            lambda page_: address(view, service.number, trang=str(page_) if page_ > 1 else None),
            "đơn vị",
        ),
    ]
    back = (VIEW.title, address(view))
    return shell.page(
        f"Dịch vụ số {service.number}", main, view=Selection("khung"), parts=parts, back=back, kind="listing service"
    )


def _chips(view: Selection, of: int | None) -> list[Component]:
    return period_chips(view.period, lambda period: address(view._replace(period=period), of), PERIODS)


def _rate(share: float | None) -> str:
    return percent(share, 2) if share is not None else "không biết"


def _known_words(service: ServiceShare) -> str:
    if service.known is not Known.COUNTED:
        return f"{UNKNOWN[service.known].capitalize()}: không có tỷ lệ, không phải 0{NB}%."
    said = f"{number(service.amounts.online)} trong {number(service.amounts.received)} hồ sơ"
    return f"{said}; {UNVERIFIED}." if not service.verified else f"{said}."


def _path(service: ServiceShare) -> list[Any]:
    stands = service.standing
    if service.known in (Known.NO_CODE, Known.NO_NAME):
        return [f"{service.decision}; {service.lead_agency}"]
    said: list[Any] = [target_words(stands)]
    if stands is None:
        return said
    target = stands.target
    if target.start is not None and stands.expected is not None:
        start, now = percent(float(target.start), 2), percent(float(stands.expected), 2)
        said.append(f"; từ {start} ngày {target.first:%d/%m/%Y}, hôm nay phải {now}")
    words = path_words(stands)
    behind = bool(stands.behind)
    return [
        *said,
        ": ",
        html.B([icon("warn"), f" {words}"] if behind else words, className="warn nb" if behind else ""),
    ]


def _change(now: float | None, then: float | None) -> Any:
    """The change of the share in points, as a row says it."""
    if now is None or then is None:
        return html.Span("chưa có", className="c quiet")
    points = round(100 * (now - then), 2)
    shape = "up" if points > 0 else "down" if points < 0 else "flat"
    return html.Span([icon(shape), f"{NB}{decimal(abs(points), 2)}"], className="c n")


def _row(service: ServiceShare, view: Selection) -> Component:
    name = html.A(
        html.Span(f"{service.number}. {service.name}"), href=address(view, service.number), className="un code"
    )
    if service.known is not Known.COUNTED:
        return html.Li([name, html.Span(UNKNOWN[service.known], className="not quiet")], className="lr")
    unsure = [] if service.verified else [html.Span(UNVERIFIED, className="quiet")]
    behind = bool(service.standing and service.standing.behind)
    return html.Li(
        [
            name,
            html.Span(_rate(service.share), className="c n strong"),
            _change(service.share, service.earlier.share),
            *_amounts(service.number, service.amounts, view, None),
            html.Span(
                [html.Span([icon("warn"), " ", path_words(service.standing, short=True)], className="warn"), *unsure]
                if behind
                else [html.Span(path_words(service.standing, short=True)), *unsure],
                className="pa",
            ),
        ],
        className="lr",
    )


def _amounts(of: int, amounts: Amounts, view: Selection, key: str | None) -> list[Component]:
    return [
        _number(of, Group.RECEIVED, amounts.received, view, key),
        _number(of, Group.ONLINE, amounts.online, view, key),
    ]


def _number(of: int, group: Group, count: int, view: Selection, key: str | None) -> Component:
    """Opens as many cases as it says, where there are any."""
    if not count:
        return html.Span(number(count), className="c n")
    return html.A(html.Span(number(count), className="v n"), className="c", **_opens(of, group, count, view, key))


def _opens(of: int, group: Group, count: int, view: Selection, key: str | None) -> dict[str, str]:
    filters = Filters(unit=key, part=str(of))
    return {
        "href": links.opening(group, view, filters, domain=SERVICES.name),
        "data-count": str(count),
        "data-counter": f"{SERVICES.name}.{group}",
    }


def _tile(service: ServiceShare, group: Group, why: Counts, view: Selection) -> Component:
    count = why.get(group, 0)
    label = LABELS[group]
    if group is Group.REFUSED and why.get(Group.TRIED):
        label = f"{label} {percent(count / why[Group.TRIED], 0)}"
    words = [html.Span(label, className="kl"), html.Span(number(count), className="v n" if count else "n")]
    if not count:
        return html.Span(words, className="ch")
    return html.A(words, className="ch", **_opens(service.number, group, count, view, None))


def _unit(service: ServiceShare, row: OfUnit, view: Selection) -> Component:
    of, stands = service.number, row.standing
    name = [html.Span(unit(row.unit)), *_behind(stands)]
    return html.Li(
        [
            html.Span(name, className="un two"),
            html.Span(_rate(row.amounts.share), className="c n strong"),
            _change(row.amounts.share, row.earlier.share),
            *_amounts(of, row.amounts, view, row.unit),
            _number(of, Group.REFUSED, row.why.get(Group.REFUSED, 0), view, row.unit),
            _number(of, Group.SYNC, row.why.get(Group.SYNC, 0), view, row.unit),
        ],
        className="lr",
    )


def _behind(stands: TargetStanding | None) -> list[Component]:
    if stands is None or not stands.behind:
        return []
    return [html.Span([icon("warn"), f" {path_words(stands, short=True)}"], className="warn")]
