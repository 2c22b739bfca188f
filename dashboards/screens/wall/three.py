"""A wall of three panels under one sentence (the third only on an ultra-wide one): what such walls have in common."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from dash import html

from dashboards.feeds import State
from dashboards.figures.headline import Rule, Sentence
from dashboards.readers.snapshot import Ground, View
from dashboards.screens.frame import audit_line, badge, source_line
from dashboards.screens.parts import Component, Props, dead_icon, full_screen, icon, live_as, sentence
from dashboards.screens.topics import nav
from dashboards.settings import Settings
from dashboards.words import clock, day


class Part(StrEnum):
    """The parts that change."""

    TOP = "three-top"
    LEAD = "three-lead"
    ROWS = "three-rows"
    SIDE = "three-side"
    WIDE = "three-wide"
    FOOT = "three-foot"


PANELS = {Part.ROWS: "R", Part.SIDE: "T", Part.WIDE: "X"}


def layout(view: View, parts: dict[str, dict[str, Any]], kind: str) -> Component:
    """``kind``: the class of its grid."""

    def of(part: Part, **props: Any) -> dict[str, Any]:
        return {"id": part.value, **props, **parts.get(part, {})}

    return html.Div(
        [
            html.Header(**of(Part.TOP, className="top")),
            html.P(**of(Part.LEAD, className="lead")),
            html.Main(
                [html.Section(**of(part, className=name)) for part, name in PANELS.items()],
                className=f"grid svc {kind}",
            ),
            html.Footer(**of(Part.FOOT, className="foot")),
            full_screen(),
            live_as(view, nav.wall_title(view.screen)),
        ],
        className="screen",
    )


def render(
    live: Ground,
    settings: Settings,
    name: str,
    said: Sentence,
    panels: tuple[Props, Props, Props],
    marks: Sequence[Component] = (),
) -> tuple[dict[str, Props], Rule]:
    """``name``: of the wall in addresses; ``marks``: what stands in the foot of what shapes mean."""
    rows, side, wide = panels
    parts: dict[str, Props] = {
        Part.TOP: _top(live, settings, nav.title(name)),
        Part.LEAD: _lead(live, said),
        Part.ROWS: rows,
        Part.SIDE: side,
        Part.WIDE: wide,
        Part.FOOT: _foot(live, settings, name, marks),
    }
    return {str(part): props for part, props in parts.items()}, said.rule


def _top(live: Ground, settings: Settings, title: str) -> Props:
    """Title, date, source with its age, badge, clock."""
    late = live.condition.state not in (State.LIVE, State.NONE)  # which the source line needs the room to say
    return {
        "children": [
            html.H1(title),
            html.Span(f"{live.today:%d/%m}" if late else day(live.today), className="quiet"),
            html.Span(className="sp"),
            source_line(live, settings),
            *badge(live, settings),
            html.Span(clock(live.as_of), className="clock n", **{"data-clock": "1"}),
        ]
    }


def _lead(live: Ground, said: Sentence) -> Props:
    """The sentence, framed where the source is silent."""
    words = sentence(said, live.as_of)
    if said.rule is not Rule.DEAD:
        return {"children": words, "className": "lead"}
    framed = [html.Span(icon(dead_icon(live.condition.state)), className="warn"), html.Span(words, className="w")]
    return {"children": framed, "className": "lead band"}


def _foot(live: Ground, settings: Settings, name: str, marks: Sequence[Component]) -> Props:
    """What was audited, what marks mean, and the place of the wall among the others."""
    line = audit_line(live, settings)
    return {"children": [line, *marks, html.Span(className="sp"), *nav.place(name, short=True)]}
