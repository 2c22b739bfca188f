"""The score on the wall: the five lowest units with what would lift each, the six groups of the province, and, where
there is room, what would lift the province. Parts from a snapshot, in each of its states; pure."""

from typing import Any

from dash import html

from dashboards.figures.headline import Rule
from dashboards.figures.score_headline import headline
from dashboards.readers.score import UnitScore
from dashboards.readers.score_live import Scored
from dashboards.readers.snapshot import View
from dashboards.screens import links
from dashboards.screens.parts import Component, Props, none_tag, was
from dashboards.screens.score import words
from dashboards.screens.score.asked import Asked
from dashboards.screens.score.ids import NAME, Wall
from dashboards.screens.wall import three
from dashboards.screens.wall.panels import dead_panel
from dashboards.settings import Settings
from dashboards.words import NB, number, short_period, short_unit
from schemas.rules.decision_766 import COMPONENT, COMPONENTS, Group

GAINS = 5


def layout(view: View, parts: dict[str, dict[str, Any]]) -> Component:
    return three.layout(view, list(Wall), parts, "grid svc scored")


def render(live: Scored, settings: Settings, before: Rule | None = None) -> tuple[dict[str, Props], Rule]:
    said = headline(live)
    marks = [] if live.condition.dead else [html.Span("trọng số chưa kiểm chứng")]
    parts: dict[str, Props] = {
        Wall.TOP: three.top(live, settings, words.TITLE),
        Wall.LEAD: three.lead(live, said),
        Wall.ROWS: _rows(live, settings),
        Wall.GROUPS: _groups(live),
        Wall.GAINS: _gains(live),
        Wall.FOOT: three.foot(live, settings, NAME, marks),
    }
    return {str(part): props for part, props in parts.items()}, said.rule


def _rows(live: Scored, settings: Settings) -> Props:
    if dead := dead_panel(live, "R", f"Điểm {short_period(live.period, live.today)}", live.has_period):
        return dead
    if not live.units:
        return {
            "children": [html.P(none_tag()), html.P(was("chưa đơn vị nào có số để tính điểm"))],
            "className": "R dead",
        }
    head = html.Div(
        [
            html.Span(),
            html.Span(f"Từ thấp nhất, {short_period(live.period, live.today)}"),
            html.Span(),
            html.Span("Điểm", className="m"),
            html.Span("Có số", className="m"),
        ],
        className="sv hd quiet",
    )
    asked = Asked(live.view, settings.score_reading)
    return {"children": [head, html.Ol([_row(one, asked) for one in live.shown])], "className": "R"}


def _row(one: UnitScore, asked: Asked) -> Component:
    of_unit = asked.of_unit(one.unit)
    part = one.score.total / one.score.possible
    track = html.Span(html.I(className="bar", style={"width": f"{100 * part:.2f}%"}), className="track")
    rank = "" if one.rank is None else f"hạng {one.rank}/{one.ranked}"
    return html.Li(
        [
            html.Span(),
            html.B(short_unit(one.unit or "")),
            track,
            html.A(words.points(one.score.total), href=of_unit.address(links.SCORE_PARTS), className="n o m"),
            html.Span(words.maximum(one.score.possible), className="n quiet m"),
            html.P(_lift(one, of_unit), className="quiet y"),
            html.Span(rank, className="n quiet z"),
        ],
        className="sv",
    )


def _lift(one: UnitScore, asked: Asked) -> list[Any]:
    """What lifts the unit most, and how many cases that takes; these lead to their list."""
    if not one.score.gains:
        return ["đủ điểm ở mọi thành phần có số"]
    code, gain = one.score.gains[0]
    count = one.lacking.get(code)
    said = f"{words.SHORT[code]} {words.signed(gain)}"
    if not count:
        return [said]
    listed = Asked(asked.view, asked.reading, COMPONENT[code]).address(links.SCORE_CASES)
    return [f"{said}: ", html.A(number(count), href=listed, className="n o"), f"{NB}hồ sơ"]


def _groups(live: Scored) -> Props:
    if dead := dead_panel(live, "T", "Toàn tỉnh", live.has_period):
        return dead
    whole = live.whole
    rows = [] if whole is None else [_group(whole, group) for group in Group]
    return {"children": [html.H2("Toàn tỉnh", className="h"), html.Ol(rows, className="groups")], "className": "T"}


def _group(whole: UnitScore, group: Group) -> Component:
    got = whole.score.group(group)
    most = sum(component.maximum for component in COMPONENTS if component.group is group)
    said = "chưa có" if got is None else f"{words.points(got)}/{words.maximum(most)}"
    bar = html.I(className="bar", style={"width": f"{100 * (got or 0) / most:.2f}%"})
    return html.Li(
        [
            html.Span(words.GROUPS[group], className="quiet"),
            html.Span(said, className="n m"),
            html.Span(bar if got is not None else [], className="track"),
        ],
        className="sv",
    )


def _gains(live: Scored) -> Props:
    """Only an ultra-wide wall has room for it: what would lift the whole province."""
    if dead := dead_panel(live, "X", "Nâng điểm toàn tỉnh", live.has_period):
        return dead
    whole = live.whole
    gains = () if whole is None else whole.score.gains[:GAINS]
    rows = [
        html.Li([html.P(words.SHORT[code]), html.P(f"{words.signed(gain)}, {_cases(whole, code)}", className="quiet")])
        for code, gain in gains
        if whole is not None
    ]
    return {"children": [html.H2("Nâng điểm toàn tỉnh", className="hd quiet"), html.Ol(rows)], "className": "X"}


def _cases(whole: UnitScore, code: str) -> str:
    count = whole.lacking.get(code)
    return f"cần {number(count)}{NB}hồ sơ" if count else "không tính theo hồ sơ"
