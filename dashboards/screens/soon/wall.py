"""What will be late on the wall: the units with most of it and their next case, what the forecasts are worth, and where
there is room, the next cases of all. Parts from a snapshot, in each of its states; pure."""

from typing import Any

from dashboards.figures.forecast_headline import headline
from dashboards.figures.headline import Rule
from dashboards.readers.forecast import ListName, Soon
from dashboards.readers.forecast_live import SHOWN, Soonest
from dashboards.readers.snapshot import View
from dashboards.screens import links
from dashboards.screens.parts import Component, Props, none_tag, was
from dashboards.screens.soon.asked import Asked
from dashboards.screens.soon.words import why_hidden
from dashboards.screens.topics import nav
from dashboards.screens.wall import ranked, three
from dashboards.screens.wall.panels import dead_panel
from dashboards.settings import Settings
from dashboards.words import NB, day_of, deadline, deadline_day, decimal, number, percent, short_day, short_unit


def layout(view: View, parts: dict[str, dict[str, Any]]) -> Component:
    return three.layout(view, parts, "ranked")


def render(live: Soonest, settings: Settings, before: Rule | None = None) -> tuple[dict[str, Props], Rule]:
    panels = _rows(live), _worth(live), _next(live)
    return three.render(live, settings, nav.SOON, headline(live), panels)


def _rows(live: Soonest) -> Props:
    if dead := dead_panel(live, "R", "Hồ sơ sắp trễ", live.has_open):
        return dead
    if not live.units:
        return ranked.empty("không hồ sơ nào đến hạn ngày làm việc tới")
    risk = live.which is ListName.AT_RISK
    heads = ("Nguy cơ nhiều nhất, hạn gần nhất", "Nguy cơ") if risk else ("Đến hạn nhiều nhất, hạn gần nhất", "")
    tomorrow = short_day(live.tomorrow, live.today) if live.tomorrow else "mai"
    return ranked.panel((*heads, f"Hạn {tomorrow}"), [_row(unit, live) for unit in live.units[:SHOWN]])


def _row(unit: str, live: Soonest) -> Component:
    of, most = live.counts[live.which], live.counts[live.which][live.units[0]]
    values = _number(live, ListName.AT_RISK, unit), _number(live, ListName.DUE_TOMORROW, unit)
    first = live.first.get(unit)
    why, note = ("", "") if first is None else (_first(first, live), _expected(first, live))
    return ranked.row(short_unit(unit), values, why, note, part=of[unit] / most, full=unit)


def _number(live: Soonest, name: ListName, unit: str) -> Component:
    if name is ListName.AT_RISK and live.which is not name:
        return ranked.plain("")
    count = live.counts[name].get(unit, 0)
    return ranked.number(number(count), Asked(name, unit).address(), count) if count else ranked.plain("0")


def _first(case: Soon, live: Soonest) -> str:
    chance = "" if case.chance is None else f", khả năng trễ {percent(case.chance, 0)}"
    return f"{_due(case, live)}{chance}"


def _due(case: Soon, live: Soonest) -> str:
    return f"hạn {deadline(case.due_at)} {short_day(deadline_day(case.due_at), live.today)}"


def _expected(case: Soon, live: Soonest) -> str:
    return "" if case.expected_at is None else f"dự kiến {short_day(day_of(case.expected_at), live.today)}"


def _worth(live: Soonest) -> Props:
    """What the forecasts are worth: of the last thirty days, else of the mornings on which they were tried."""
    if dead := dead_panel(live, "T", "Dự báo", live.has_open):
        return dead
    run, worth = live.run, live.worth
    if run is None or not run.says_risk:
        return {"children": [was("Dự báo"), none_tag("CHƯA DỰ BÁO"), was(why_hidden(run))], "className": "T dead"}
    judged = worth.error is not None and worth.judged > 0
    error, over = (worth.error, worth.over) if judged else (run.tried_error, run.tried_over)
    items = [
        ranked.item("Sai số", _of_baseline(error), under="so với trung bình"),
        ranked.item("Lệch", "chưa có" if over is None else f"{decimal(over)}{NB}điểm", under="khả năng đã nói"),
    ]
    if judged:
        items.append(ranked.item("Trễ được nêu", f"{number(worth.named_late)}/{number(worth.late_cases)}",
                                 under="trước 2 ngày làm việc"))  # fmt: skip
    else:
        items.append(ranked.item("Trễ được nêu", "chưa có", under="chưa có để chấm"))
    return ranked.side("Dự báo 30 ngày" if judged else "Dự báo khi thử", items)


def _of_baseline(error: float | None) -> str:
    return "chưa có" if error is None else percent(error, 0)


def _next(live: Soonest) -> Props:
    """Only an ultra-wide wall has room for it."""
    head = "Hạn gần nhất"
    if dead := dead_panel(live, "X", head, live.has_open):
        return dead
    return ranked.wide(head, [(_when(case, live), short_unit(case.unit)) for case in live.next])


def _when(case: Soon, live: Soonest) -> list[Any]:
    chance = "" if case.chance is None else f", trễ {percent(case.chance, 0)}"
    return [ranked.opened(_due(case, live), links.case(case.subject, dark=True)), chance]
