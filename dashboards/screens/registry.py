"""The live screens by name: how each is laid out, and how its parts are made from a snapshot."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, NamedTuple

from dashboards.figures.headline import Rule
from dashboards.readers.snapshot import Live, View
from dashboards.screens.parts import Props
from dashboards.screens.tablet import home as tablet
from dashboards.screens.tablet import shell
from dashboards.screens.wall import layout as wall_layout
from dashboards.screens.wall import render as wall_render
from dashboards.settings import Settings


class Name(StrEnum):
    WALL = "ho-so"
    TABLET = "may-tinh-bang"
    FRAME = "khung"  # only what stands around a list, a case or the units


Render = Callable[[Live, Settings, Rule | None], tuple[dict[str, Props], Rule]]
Layout = Callable[[View, dict[str, dict[str, Any]]], Any]


class Screen(NamedTuple):
    """``layout`` stays in the browser; ``render`` makes the props of its parts, in every state."""

    render: Render
    layout: Layout


SCREENS: dict[str, Screen] = {
    Name.WALL: Screen(wall_render.render, wall_layout.layout),
    Name.TABLET: Screen(tablet.render, tablet.layout),
    Name.FRAME: Screen(shell.render, shell.nothing),
}
