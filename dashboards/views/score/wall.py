"""The score on the wall: the five lowest units with what would lift each, the six groups of the province, and, where
there is room, what would lift the province. Parts from a snapshot, in each of its states; pure."""

from typing import Any

from dash import html

from dashboards.figures.headline import Rule
from dashboards.readers.snapshot import Selection
from dashboards.screens.parts import Component, Props, dead_panel, period_on
from dashboards.screens.wall import ranked, three
from dashboards.settings import ScreensSettings
from dashboards.views.score import CASES, PARTS, SLUG, VIEW, words
from dashboards.views.score.asked import ScoreAddress
from dashboards.views.score.headline import headline
from dashboards.views.score.live import Scored
from dashboards.views.score.reader import ScoredUnit
from dashboards.words import NB, number, short_unit
from schemas.rules.decision_766 import COMPONENT, COMPONENTS, Group

GAINS = 5


def layout(view: Selection, parts: dict[str, dict[str, Any]]) -> Component:
    return three.layout(view, parts, "ranked")


def render(live: Scored, settings: ScreensSettings, before: Rule | None = None) -> tuple[dict[str, Props], Rule]:
    marks = [] if not live.shows else [html.Span("trọng số chưa kiểm chứng")]
    panels = _rows(live, settings), _groups(live), _gains(live)
    return three.render(live, settings, SLUG, headline(live), panels, marks)


def _rows(live: Scored, settings: ScreensSettings) -> Props:
    period = period_on(live)
    if dead := dead_panel(live, live.standing(live.has_period), "R", f"Điểm {period}"):
        return dead
    if not live.units:
        return ranked.empty("chưa đơn vị nào có số để tính điểm")
    asked = ScoreAddress(live.view, settings.score_reading)
    return ranked.panel((f"Từ thấp nhất, {period}", "Điểm", "Có số"), (_row(one, asked) for one in live.shown))


def _row(one: ScoredUnit, asked: ScoreAddress) -> Component:
    of_unit = asked.of_unit(one.key)
    points = ranked.number(words.points(one.score.total), of_unit.address(VIEW.at(PARTS)))
    rank = "" if one.rank is None else f"hạng {one.rank}/{one.ranked}"
    values = points, ranked.plain(words.maximum(one.score.possible))
    part = one.score.total / one.score.possible
    name = short_unit(one.unit or "") if one.until is None else words.name(one)
    return ranked.row(name, values, _lift(one, of_unit), rank, part=part)


def _lift(one: ScoredUnit, asked: ScoreAddress) -> list[Any]:
    """What lifts the unit most, and how many cases that takes; these lead to their list."""
    if not one.score.gains:
        return ["đủ điểm ở mọi thành phần có số"]
    code, gain = one.score.gains[0]
    count = one.lacking.get(code)
    said = f"{words.SHORT[code]} {words.signed(gain)}"
    if not count:
        return [said]
    listed = ScoreAddress(asked.view, asked.reading, COMPONENT[code]).address(VIEW.at(CASES))
    return [f"{said}: ", ranked.opened(number(count), listed), f"{NB}hồ sơ"]


def _groups(live: Scored) -> Props:
    if dead := dead_panel(live, live.standing(live.has_period), "T", "Toàn tỉnh"):
        return dead
    whole = live.whole
    return ranked.side("Toàn tỉnh", [] if whole is None else [_group(whole, group) for group in Group])


def _group(whole: ScoredUnit, group: Group) -> Component:
    got = whole.score.group(group)
    most = sum(component.maximum for component in COMPONENTS if component.group is group)
    said = "chưa có" if got is None else f"{words.points(got)}/{words.maximum(most)}"
    return ranked.item(words.GROUPS[group], said, part=None if got is None else got / most)


def _gains(live: Scored) -> Props:
    """Only an ultra-wide wall has room for it: what would lift the whole province."""
    if dead := dead_panel(live, live.standing(live.has_period), "X", "Nâng điểm toàn tỉnh"):
        return dead
    whole = live.whole
    gains = () if whole is None else whole.score.gains[:GAINS]
    lines = [
        (words.SHORT[code], f"{words.signed(gain)}, {_cases(whole, code)}") for code, gain in gains if whole is not None
    ]
    return ranked.wide("Nâng điểm toàn tỉnh", lines)


def _cases(whole: ScoredUnit, code: str) -> str:
    count = whole.lacking.get(code)
    return f"cần {number(count)}{NB}hồ sơ" if count else "không tính theo hồ sơ"
