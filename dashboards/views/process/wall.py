"""Processes on the wall: the busiest procedures with the step that takes longest, the interlinked groups, and where
there is room, the ways that cases go. Parts from a snapshot, in each of its states; pure."""

from typing import Any

from dash import html

from dashboards.figures.headline import Rule
from dashboards.percentiles import Spread
from dashboards.ratios import share
from dashboards.readers.snapshot import Selection
from dashboards.screens.parts import Component, Props, dead_panel, period_on
from dashboards.screens.wall import ranked, three
from dashboards.settings import ScreensSettings
from dashboards.views.process import SLUG
from dashboards.views.process.asked import ChainsAddress, ProcessAddress
from dashboards.views.process.chains_reader import ChainHandover, ChainPart
from dashboards.views.process.headline import headline
from dashboards.views.process.live import Processes
from dashboards.views.process.reader import ProcessPart as Of
from dashboards.views.process.reader import StepsOfProcess, StepTimes
from dashboards.views.process.steps import typical
from dashboards.views.process.words import CHAIN_NAMES
from dashboards.words import (
    DAY_HOURS,
    NB,
    decimal,
    number,
    percent,
    procedure_name,
    tile_number,
    width,
    worked,
)

NAME_EM = 17.0  # what a row leaves for a procedure's name
WAY_EM = 12.5
WHY_EM = 17.8  # and for its longest step


def layout(view: Selection, parts: dict[str, dict[str, Any]]) -> Component:
    return three.layout(view, parts, "ranked")


def render(live: Processes, settings: ScreensSettings, before: Rule | None = None) -> tuple[dict[str, Props], Rule]:
    panels = _rows(live), _chains(live), _ways(live)
    marks = [] if not live.shows else [html.Span("có khi: 1/10 lần lâu hơn")]
    return three.render(live, settings, SLUG, headline(live), panels, marks)


def _rows(live: Processes) -> Props:
    period = period_on(live)
    known = f" là {number(sum(one.queue for one in live.procedures))}{NB}hồ sơ đang xử lý"
    if dead := dead_panel(live, live.standing(live.has_period), "R", f"Quy trình {period}", known):
        return dead
    if not live.procedures:
        return ranked.empty("chưa hồ sơ nào có thủ tục")
    rows = [_row(one, live) for one in live.procedures]
    return ranked.panel((f"Bước lâu nhất, {period}", "Đang xử lý", "Quay lại"), rows)


def _row(one: StepsOfProcess, live: Processes) -> Component:
    asked, whole = ProcessAddress(live.view, one.procedure), live.name(one.procedure)
    queue = ranked.number(tile_number(one.queue), asked.of(Of.QUEUE), one.queue) if one.queue else ranked.plain("0")
    again = share(one.looped, one.ended)
    looped = ranked.plain("chưa có")
    if again is not None:
        text = percent(again, 0)
        looped = ranked.number(text, asked.of(Of.LOOPED), one.looped) if one.looped else ranked.plain(text)
    step = _longest(one)
    name = procedure_name(whole, one.procedure, NAME_EM)
    return ranked.row(name, (queue, looped), _typical(step), _at_times(step), full=whole)


def _longest(one: StepsOfProcess) -> StepTimes | None:
    """The step that takes longest, working and waiting."""
    timed = [step for step in one.steps if step.name and step.office]
    return max(timed, key=typical, default=None)


def _typical(step: StepTimes | None) -> str:
    """Its name, where that fits, and what half of the times take."""
    if step is None:
        return "chưa hồ sơ nào xong"
    spread, waits = _more(step)
    said = f"{waits}{_days(spread.median)}"
    named = f"{step.name}: {said}"
    return named if width(named) <= WHY_EM else f"một bước {said}"


def _at_times(step: StepTimes | None) -> str:
    return "" if step is None else f"có khi {_days(_more(step)[0].p90)}"


def _more(step: StepTimes) -> tuple[Spread, str]:
    """What most of its time is: of the office, or of waiting."""
    office, waited = step.office or Spread(0, 0), step.waited or Spread(0, 0)
    return (waited, f"chờ{NB}") if waited > office else (office, "")


def _chains(live: Processes) -> Props:
    """Both interlinked groups: how many wait, how many of them are not received, what hand-overs took."""
    if dead := dead_panel(live, live.standing(live.has_open), "T", "Liên thông chờ"):
        return dead
    groups = [row for row in live.handovers if row.step is None]
    if not groups:
        return ranked.empty("không hồ sơ liên thông nào") | {"className": "T dead"}
    return ranked.side("Liên thông chờ", [item for row in groups for item in _group(row, live)])


def _group(row: ChainHandover, live: Processes) -> list[Component]:
    of = ChainsAddress(live.view, row.chain)
    waiting: Any = ranked.opened(number(row.waiting), of.cases()) if row.waiting else "0"
    unsent = ChainsAddress(live.view, row.chain, ChainPart.NOT_RECEIVED).cases()
    not_received: Any = ranked.opened(number(row.not_received), unsent) if row.not_received else "0"
    took = "chưa có" if row.took is None else _days(row.took.median // 60)
    return [
        ranked.item(CHAIN_NAMES[row.chain], waiting, heads=True),
        ranked.item("chưa nhận", not_received, heads=False),
        ranked.item("mỗi nơi giữ", took, heads=False),
    ]


def _ways(live: Processes) -> Props:
    """Only an ultra-wide wall has room for it: how many ways cases go, and the commonest."""
    head = "Cách đi phổ biến nhất"
    if dead := dead_panel(live, live.standing(live.has_period), "X", head):
        return dead
    return ranked.wide(head, [_way(one, live) for one in live.procedures])


def _way(one: StepsOfProcess, live: Processes) -> tuple[str, str]:
    name = procedure_name(live.name(one.procedure), one.procedure, WAY_EM)
    if not one.variants:
        return name, "chưa hồ sơ nào xong"
    first = one.variants[0]
    return name, f"{percent(first.share, 0)} đi {len(first.steps)}{NB}bước, {number(one.ways)}{NB}cách"


def _days(minutes: int) -> str:
    """In days of working time, so that numbers beside each other compare; less than a tenth of one in minutes."""
    days = minutes / 60 / DAY_HOURS
    return worked(minutes) if days < 0.1 else f"{decimal(days)}{NB}ngày"
