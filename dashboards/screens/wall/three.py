"""A wall of three panels under one sentence (the third only on an ultra-wide one): what such walls have in common."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from dash import html

from dashboards.figures.headline import Rule, Sentence
from dashboards.readers.snapshot import Ground, Selection
from dashboards.screens import nav
from dashboards.screens.parts import Component, Props, dead_icon, full_screen, icon, live_as, sentence
from dashboards.screens.wall.foot_bar import foot_bar
from dashboards.screens.wall.top_bar import top_bar
from dashboards.settings import ScreensSettings


class ThreePart(StrEnum):
    """The parts that change."""

    TOP = "three-top"
    LEAD = "three-lead"
    ROWS = "three-rows"
    SIDE = "three-side"
    WIDE = "three-wide"
    FOOT = "three-foot"


PANELS = {ThreePart.ROWS: "R", ThreePart.SIDE: "T", ThreePart.WIDE: "X"}


def layout(view: Selection, parts: dict[str, dict[str, Any]], kind: str) -> Component:
    """``kind``: the class of its grid."""

    def of(part: ThreePart, **props: Any) -> dict[str, Any]:
        return {"id": part.value, **props, **parts.get(part, {})}

    return html.Div(
        [
            html.Header(**of(ThreePart.TOP, className="top")),
            html.P(**of(ThreePart.LEAD, className="lead")),
            html.Main(
                [html.Section(**of(part, className=name)) for part, name in PANELS.items()],
                className=f"grid svc {kind}",
            ),
            html.Footer(**of(ThreePart.FOOT, className="foot")),
            full_screen(),
            live_as(view, nav.wall_title(view.screen)),
        ],
        className="screen",
    )


def render(
    live: Ground,
    settings: ScreensSettings,
    name: str,
    said: Sentence,
    panels: tuple[Props, Props, Props],
    marks: Sequence[Component] = (),
) -> tuple[dict[str, Props], Rule]:
    """``name``: of the wall in addresses; ``marks``: what stands in the foot of what shapes mean."""
    rows, side, wide = panels
    parts: dict[str, Props] = {
        ThreePart.TOP: {"children": top_bar(nav.title(name), live, settings)},
        ThreePart.LEAD: _lead(live, said),
        ThreePart.ROWS: rows,
        ThreePart.SIDE: side,
        ThreePart.WIDE: wide,
        ThreePart.FOOT: _foot(live, settings, name, marks),
    }
    return {str(part): props for part, props in parts.items()}, said.rule


def _lead(live: Ground, said: Sentence) -> Props:
    """The sentence, framed where the source is silent."""
    words = sentence(said, live.as_of)
    if said.rule is not Rule.DEAD:
        return {"children": words, "className": "lead"}
    framed = [html.Span(icon(dead_icon(live.condition.state)), className="warn"), html.Span(words, className="w")]
    return {"children": framed, "className": "lead band"}


def _foot(live: Ground, settings: ScreensSettings, name: str, marks: Sequence[Component]) -> Props:
    """What was audited, what marks mean, and the place of the wall among the others."""
    return {"children": foot_bar(live, settings, nav.place(name, short=True), marks)}
