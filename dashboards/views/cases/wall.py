"""The wall's parts from a snapshot, in each of its states. Pure."""

from typing import Any

from dash import html

from dashboards.comparison import named
from dashboards.figures.headline import Rule, headline
from dashboards.readers.snapshot import Live
from dashboards.screens import nav
from dashboards.screens.parts import Props, dead_icon, icon, sentence
from dashboards.screens.wall.foot_bar import foot_bar
from dashboards.screens.wall.top_bar import top_bar
from dashboards.settings import ScreensSettings
from dashboards.source_silence import State
from dashboards.views.cases import panels, tiles
from dashboards.views.cases.wall_parts import TILES, WallPart


def render(live: Live, settings: ScreensSettings, before: Rule | None = None) -> tuple[dict[str, Props], Rule]:
    """Props by part, and the rule of the sentence, which the next call takes as ``before``."""
    lead = headline(live, settings, before)
    numbers = {part.value: tiles.number_tile(counter, live, settings) for part, counter in TILES}
    hatched = any("dead" in props["className"] for props in numbers.values())
    parts: dict[str, Props] = {
        WallPart.TOP: {"children": top_bar(nav.title(nav.CASES), live, settings)},
        WallPart.LEAD: _lead(live, lead),
        WallPart.RATE: tiles.rate_tile(live, settings),
        WallPart.NUMBERS: {"className": "B deadly" if hatched else "B"},
        **numbers,
        WallPart.UNITS: panels.units(live),
        **panels.by_day(live),
        WallPart.CHANNELS: panels.channels(live),
        WallPart.DUE: panels.due(live),
        WallPart.FOOT: {"children": _foot(live, settings)},
    }
    return {str(part): props for part, props in parts.items()}, lead.rule


def _lead(live: Live, lead: Any) -> Props:
    words = sentence(lead, live.as_of)
    if lead.rule is not Rule.DEAD:
        return {"children": words, "className": "lead"}
    return {
        "children": [
            html.Span(icon(dead_icon(live.condition.state)), className="warn"),
            html.Span(words, className="w"),
        ],
        "className": "lead band",
    }


def _foot(live: Live, settings: ScreensSettings) -> list[Any]:
    compared = (
        named(live.period, live.at)
        if live.base and live.standing(live.has_period) in (State.LIVE, State.RESTING)
        else ""
    )
    marks = [html.Span([icon("up"), icon("down"), compared])] if compared else []
    return foot_bar(live, settings, nav.place(nav.CASES, short=True), marks)
