"""The essential services on the wall: the lowest five with why, all that have a share on one scale, and what is not
known. Parts from a snapshot, in each of its states; pure."""

from collections import Counter
from typing import Any

from dash import html

from dashboards.figures.headline import Rule
from dashboards.ratios import share
from dashboards.readers.figures import Filters
from dashboards.readers.snapshot import Selection
from dashboards.screens import links
from dashboards.screens.parts import Component, Props, dead_panel, icon, none_tag, period_on, was
from dashboards.screens.wall import three
from dashboards.settings import ScreensSettings
from dashboards.views.essential import SLUG
from dashboards.views.essential.declared import SERVICES, Group
from dashboards.views.essential.headline import headline
from dashboards.views.essential.live import Essential
from dashboards.views.essential.reader import Known, ServiceShare
from dashboards.views.essential.reasons import WHY, main_reason, path_words
from dashboards.views.essential.swarm import columns
from dashboards.words import NB, decimal, number, percent, rounded_percent, tile_number, width

UNKNOWN = {Known.NO_CODE: "chưa có mã", Known.NO_NAME: "chưa rõ tên", Known.NO_CASES: "chưa có hồ sơ"}
PATH_EM = (68 - 3.2 - 1) / 4.4  # what the ultra-wide panel leaves for a line
DOT_REM = 2.6  # from dot to dot across


def layout(view: Selection, parts: dict[str, dict[str, Any]]) -> Component:
    return three.layout(view, parts, "services")


def render(live: Essential, settings: ScreensSettings, before: Rule | None = None) -> tuple[dict[str, Props], Rule]:
    panels = _rows(live, settings), _swarm(live, settings), _paths(live)
    return three.render(live, settings, SLUG, headline(live, settings), panels, _key(live))


def _key(live: Essential) -> list[Component]:
    if not live.shows or not any(service.standing and service.standing.expected for service in live.shown):
        return []
    return [html.Span("vạch ngắn: lộ trình hôm nay")]


def level(service: ServiceShare, settings: ScreensSettings) -> str:
    """ "grave": very low; "warn": behind its path, or below a target without one; "": in order."""
    rate, stands = service.share, service.standing
    if rate is None:
        return ""
    if rate < settings.essential_low:
        return "grave"
    if stands is None:
        return ""
    return "warn" if stands.behind or (stands.behind is None and rate < stands.target.goal) else ""


def _rows(live: Essential, settings: ScreensSettings) -> Props:
    if dead := dead_panel(live, live.standing(live.has_period), "R", f"Trực tuyến {period_on(live)}"):
        return dead
    if not live.counted:
        return {"children": [html.P(none_tag()), html.P(was("không dịch vụ nào có hồ sơ"))], "className": "R dead"}
    head = html.Div(
        [
            html.Span(),
            html.Span(f"Từ thấp nhất, {period_on(live)}"),
            html.Span(_goals(live), className="tg"),
            html.Span("Tỉnh %", className="m"),
            html.Span("Cổng %", className="m"),
        ],
        className="sv hd quiet",
    )
    return {"children": [head, html.Ol([_row(live, service, settings) for service in live.shown])], "className": "R"}


def _goals(live: Essential) -> str:
    goals = {service.standing.target.goal if service.standing else None for service in live.shown}
    if goals == {None}:
        return "chưa đặt chỉ tiêu"
    goal = next(iter(goals))
    return "chỉ tiêu" if len(goals) > 1 or goal is None else f"chỉ tiêu {percent(float(goal), 0)}"


def _row(live: Essential, service: ServiceShare, settings: ScreensSettings) -> Component:
    tone, why, amounts = level(service, settings), live.why.get(service.number, {}), service.amounts
    portal = share(why.get(Group.PORTAL_ONLINE, 0), why.get(Group.PORTAL, 0))
    return html.Li(
        [
            html.Span(icon(tone or "live"), className=f"{tone or 'plain'} k"),
            html.B(service.short_name, title=service.name),
            _track(service, tone),
            _link(live, service, Group.ONLINE, amounts.online, _digits(service.share or 0), className="n o m"),
            html.Span(_digits(portal) if portal is not None else "chưa có", className="n quiet m"),
            _why(live, service, main_reason(why)),
            _link(live, service, Group.RECEIVED, amounts.received, f"{tile_number(amounts.received)}{NB}hồ sơ",
                  className="n quiet o z"),
        ],
        className="sv",
    )  # fmt: skip


def _why(live: Essential, service: ServiceShare, reason: Group | None) -> Component:
    if reason is None:
        return html.P("mọi hồ sơ nộp trực tuyến", className="quiet y")
    count = live.why[service.number][reason]
    opened = _link(live, service, reason, count, tile_number(count), className="n o")
    return html.P([opened, f" {WHY[reason]}"], className="quiet y")


def _track(service: ServiceShare, tone: str) -> Component:
    """The share from 0 to 100 %; the target is a tick of the whole height, today's place on the path a short one."""
    stands = service.standing
    marks = [html.I(className=f"bar {tone}", style={"width": f"{100 * (service.share or 0):.2f}%"})]
    if stands is not None:
        marks.append(html.I(className="goal", style={"left": f"{100 * float(stands.target.goal):.2f}%"}))
        if stands.expected is not None:
            marks.append(html.I(className="path", style={"left": f"{100 * float(stands.expected):.2f}%"}))
    return html.Span(marks, className="track")


def _link(live: Essential, service: ServiceShare, group: Group, count: int, text: str, **props: Any) -> Component:
    """Opens exactly these cases."""
    filters = Filters(part=str(service.number))
    return html.A(
        text,
        href=links.opening(group, live.view, filters, dark=True, domain=SERVICES.name),
        **{
            "data-k": f"{service.number}.{group}",
            "data-count": str(count),
            "data-counter": f"{SERVICES.name}.{group}",
            **props,
        },
    )


def _digits(rate: float) -> str:
    """Per cent without the sign, which the column's head has."""
    return decimal(rounded_percent(rate, 2), 2)


def _swarm(live: Essential, settings: ScreensSettings) -> Props:
    if dead := dead_panel(live, live.standing(live.has_period), "T", "Mọi dịch vụ"):
        return dead
    counted = live.counted
    shares = [service.share or 0.0 for service in counted]
    dots = [
        html.Span(
            icon(tone or "live"),
            className=f"dot {tone or 'plain'}",
            style={"bottom": f"{100 * rate:.2f}%", "left": f"{2 + DOT_REM * column:.1f}rem"},
            title=f"{service.name}: {percent(rate, 2)}",
        )
        for service, rate, column in zip(counted, shares, columns(shares), strict=True)
        for tone in [level(service, settings)]
    ]
    scale = [html.Span("100", className="top"), html.Span("0", className="bottom")]
    goals = {service.standing.target.goal for service in counted if service.standing}
    if len(goals) == 1:
        goal = float(next(iter(goals)))
        scale.append(html.Span(f"mức {percent(goal, 0)}", className="level", style={"bottom": f"{100 * goal:.2f}%"}))
    return {
        "children": [
            html.H2(f"{len(counted)} dịch vụ có số", className="h"),
            html.Div([*scale, *dots], className="swarm", role="img", **{"aria-label": "Dịch vụ theo tỷ lệ trực tuyến"}),
            _unknown(live),
        ],
        "className": "T",
    }


def _unknown(live: Essential) -> Component:
    """How many services have no share, and why; none of them is 0 %."""
    found = Counter(service.known for service in live.services)
    lines = [f"{found[known]} {words}" for known, words in UNKNOWN.items() if found[known]]
    total = sum(found[known] for known in UNKNOWN)
    if not total:
        return html.Div(className="away")
    return html.Div([none_tag(f"{total} chưa có số"), *(was(line) for line in lines)], className="dead nn")


def _paths(live: Essential) -> Props:
    """Only an ultra-wide wall has room for it: the same services, line by line."""
    if dead := dead_panel(live, live.standing(live.has_period), "X", "Lộ trình"):
        return dead
    rows = [
        html.Li(
            [
                html.P(_path(service)),
                html.P(change_words(service), className="quiet"),
            ]
        )
        for service in live.shown
    ]
    return {
        "children": [html.H2("Lộ trình, so kỳ trước", className="hd quiet"), html.Ol(rows)],
        "className": "X",
    }


def _path(service: ServiceShare) -> str:
    """Where it stands, by the longest words that the panel holds."""
    long, short = (path_words(service.standing, short=short).removeprefix("chậm, ") for short in (False, True))
    return long if width(long) <= PATH_EM else short


def change_words(service: ServiceShare) -> list[Any]:
    """How the share has changed, in percentage points."""
    change = service.change
    if change is None:
        return ["kỳ trước chưa có số"]
    points = round(100 * change, 2)
    shape = "up" if points > 0 else "down" if points < 0 else "flat"
    return [icon(shape), f" {decimal(abs(points), 2)}{NB}điểm, trước {number(service.earlier.received)}{NB}hồ sơ"]
