"""A wall's foot: what was audited, what its marks mean, and its place among the walls, in words that fit."""

from collections.abc import Sequence

from dash import html

from dashboards.readers.snapshot import Ground
from dashboards.screens.frame import audit_lines
from dashboards.screens.parts import Component
from dashboards.screens.wall.measured import em
from dashboards.screens.wall.top_bar import ROOM, SPARE
from dashboards.settings import ScreensSettings

GAP = 4 / 4.4


def foot_bar(
    live: Ground, settings: ScreensSettings, place: list[Component], marks: Sequence[Component] = ()
) -> list[Component]:
    """The audit gives way to what the marks mean, without which the wall cannot be read."""
    room = ROOM - SPARE - em(list(place)) - GAP * (1 + len(place)) - sum(em(mark) + GAP for mark in marks)
    lines = audit_lines(live, settings)
    line = next((line for line in lines if em(line) <= room), lines[-1])
    return [line, *marks, html.Span(className="sp"), *place]
