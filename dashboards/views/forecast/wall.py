"""What will be late on the wall: the units with most of it and their next case, what the forecasts are worth, and where
there is room, the next cases of all. Parts from a snapshot, in each of its states; pure."""

from typing import Any

from dash import html

from dashboards.figures.headline import Rule
from dashboards.readers.snapshot import Selection
from dashboards.screens import links
from dashboards.screens.parts import Component, Props, dead_panel, icon, none_tag, short_up_to, was
from dashboards.screens.wall import ranked, three
from dashboards.settings import ScreensSettings
from dashboards.views.forecast import SLUG
from dashboards.views.forecast.asked import ForecastAddress
from dashboards.views.forecast.headline import headline
from dashboards.views.forecast.live import SHOWN, Soonest
from dashboards.views.forecast.reader import ListName, Soon
from dashboards.views.forecast.words import better, by_lot, state_name, told_over, why_hidden
from dashboards.words import NB, capital, day_of, deadline, deadline_day, number, percent, short_day, short_unit
from dashboards.words import unit as unit_name


def layout(view: Selection, parts: dict[str, dict[str, Any]]) -> Component:
    return three.layout(view, parts, "ranked")


def render(live: Soonest, settings: ScreensSettings, before: Rule | None = None) -> tuple[dict[str, Props], Rule]:
    panels = _rows(live), _worth(live), _next(live)
    return three.render(live, settings, SLUG, headline(live), panels, _key(live))


def _key(live: Soonest) -> list[Component]:
    if not live.shows or live.which is not ListName.AT_RISK or not live.units:
        return []
    return [html.Span([icon("warn"), "ngưỡng tự đặt"], className="warn")]


def _rows(live: Soonest) -> Props:
    known = f" là {number(live.total(live.which))}{NB}hồ sơ"
    if dead := dead_panel(live, live.standing(live.has_open), "R", "Hồ sơ sắp trễ", known):
        return dead
    if not live.units:
        return ranked.empty("dự báo sáng nay không nêu hồ sơ nào" if _risk(live) else "không hồ sơ nào đến hạn")
    tomorrow = short_day(live.tomorrow, live.today) if live.tomorrow else "mai"
    heads = (
        f"Nguy cơ nhiều nhất, {short_up_to(live) if live.reached else 'hạn gần nhất'}",
        "Nguy cơ",
        f"Hạn {tomorrow}",
    )
    if not _risk(live):
        heads = ("Đến hạn nhiều nhất, hạn gần nhất", f"Hạn {tomorrow}", "")
    return ranked.panel(heads, [_row(unit, live) for unit in live.units[:SHOWN]])


def _risk(live: Soonest) -> bool:
    return live.which is ListName.AT_RISK


def _row(unit: str, live: Soonest) -> Component:
    of, most = live.counts[live.which], live.counts[live.which][live.units[0]]
    due = _number(live, ListName.DUE_TOMORROW, unit)
    values = (_number(live, ListName.AT_RISK, unit), due) if _risk(live) else (due, ranked.plain(""))
    first = live.first.get(unit)
    why: Any = "" if first is None else ["gần nhất ", _first(first, live)]
    note = "" if first is None else _expected(first, live)
    return ranked.row(short_unit(unit), values, why, note, part=of[unit] / most, full=unit_name(unit), warn=_risk(live))


def _number(live: Soonest, name: ListName, unit: str) -> Component:
    count = live.counts[name].get(unit, 0)
    return ranked.number(number(count), ForecastAddress(name, unit).address(), count) if count else ranked.plain("0")


def _first(case: Soon, live: Soonest) -> Component:
    """One case, which opens."""
    chance = "" if case.chance is None else f", {percent(case.chance, 0)} sẽ trễ"
    return html.A(f"{_due(case, live)}{chance}", href=links.case(case.subject, dark=True), className="o")


def _due(case: Soon, live: Soonest) -> str:
    return f"hạn {deadline(case.due_at)} {short_day(deadline_day(case.due_at), live.today)}"


def _expected(case: Soon, live: Soonest) -> str:
    return "" if case.expected_at is None else f"dự kiến {short_day(day_of(case.expected_at), live.today)}"


def _worth(live: Soonest) -> Props:
    """How many fall due, and what the forecasts are worth: of the last thirty days, else of the mornings on which they
    were tried."""
    if dead := dead_panel(live, live.standing(live.has_open), "T", "Dự báo"):
        return dead
    run, worth = live.run, live.worth
    if run is None or not run.says_risk:
        tag = none_tag(state_name(run).upper())
        return {"children": [was("Dự báo"), tag, was(why_hidden(run))], "className": "T dead"}
    judged = worth.error is not None and worth.judged > 0
    of, items = worth if judged else run.tried_worth, []
    if run.days_shown and of.error is not None:
        said, by = better(of.error)
        items.append(ranked.item(capital(said), by, under="so với thường gặp"))
    if of.over is not None:
        said, by = told_over(of.over)
        points, _, of_what = by.partition(NB)
        items.append(ranked.item(capital(said), points, under=f"{of_what} so với trễ thật"))
    if of.late_cases:
        hit, chosen = by_lot(of.precision, of.base)
        found = f"{number(of.named_late)}/{number(of.late_cases)}"
        items.append(ranked.item("Nêu được", percent(of.named_late / of.late_cases, 0), under=f"{found} trễ"))
        items.append(ranked.item("Nêu đúng", hit, under=f"trễ chung: {chosen}"))
    if not judged:
        items.append(html.Li(html.Span("chưa có để chấm", className="quiet un"), className="sv"))
    return ranked.side("30 ngày qua" if judged else "Thử hồ sơ cũ", items)


def _next(live: Soonest) -> Props:
    """Only an ultra-wide wall has room for it."""
    if dead := dead_panel(live, live.standing(live.has_open), "X", "Hạn gần nhất"):
        return dead
    return ranked.wide("Hạn gần nhất", [(_first(case, live), short_unit(case.unit)) for case in live.next])
