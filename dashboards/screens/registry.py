"""The live screens by name: whose sources count for each, how it is read, laid out and rendered."""

from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Any, NamedTuple

from dashboards.feeds import Condition
from dashboards.figures.headline import Rule
from dashboards.readers import snapshot
from dashboards.readers.database import Snapshot
from dashboards.readers.snapshot import Feeding, Ground, View
from dashboards.screens import nav
from dashboards.screens.parts import Props
from dashboards.screens.tablet import home as tablet
from dashboards.screens.tablet import shell
from dashboards.screens.wall import layout as wall_layout
from dashboards.screens.wall import render as wall_render
from dashboards.settings import Settings
from dashboards.views.essential import declared as essential
from dashboards.views.essential import live as essential_live
from dashboards.views.essential import wall as service_wall
from dashboards.views.forecast import live as forecast_live
from dashboards.views.forecast import wall as soon_wall
from dashboards.views.gap import live as gap_live
from dashboards.views.gap import wall as gap_wall
from dashboards.views.process import live as process_live
from dashboards.views.process import wall as process_wall
from dashboards.views.score import live as score_live
from dashboards.views.score import wall as score_wall
from dashboards.views.topics import frame as topic_frame
from dashboards.views.topics import live as topical
from dashboards.views.topics import tablet as topic_tablet
from dashboards.views.topics import wall as topic_wall
from dashboards.views.topics.declared import TOPICS


class Name(StrEnum):
    WALL = nav.CASES
    TABLET = "may-tinh-bang"
    SERVICES = essential.NAME
    SCORE = nav.SCORE
    SOON = nav.SOON
    GAP = nav.GAP
    PROCESS = nav.PROCESS
    FRAME = "khung"  # only what stands around a list, a case or the units


# Each screen's functions take and give the same kind of Ground; which, only they know.
Render = Callable[[Any, Settings, Rule | None], tuple[dict[str, Props], Rule]]
Layout = Callable[[View, dict[str, dict[str, Any]]], Any]
Read = Callable[[Snapshot, Feeding, View, Settings], Awaitable[Any]]
Unread = Callable[[View, datetime, Condition], Any]


class Screen(NamedTuple):
    """``layout`` stays in the browser; ``render`` makes the props of its parts, in every state. ``contracts``: whose
    sources' age and silence are the screen's own; ``None`` is all."""

    render: Render
    layout: Layout
    read: Read = snapshot.read
    unread: Unread = snapshot.unread
    contracts: Iterable[str] | None = ("cases",)

    @property
    def framing(self) -> bool:
        """Whether it is only what stands around a page, which nothing narrows."""
        return self.layout is shell.nothing


def _unread(kind: type[Ground]) -> Unread:
    return partial(snapshot.unread, kind=kind)


def _of_topics() -> dict[str, Screen]:
    found = {}
    for name, topic in TOPICS.items():
        read, contracts = partial(topical.read, topic=topic), (topic.contract,) if topic.contract else None
        for of, render, layout in (
            (topic_wall.name_of(name), topic_wall.render, topic_wall.layout),
            (topic_tablet.name_of(name), topic_tablet.render, topic_tablet.layout),
        ):
            found[of] = Screen(
                partial(render, topic=topic), partial(layout, topic=topic), read, _unread(topical.Topical), contracts
            )
        found[topic_frame.name_of(name)] = Screen(
            topic_frame.render, shell.nothing, topic_frame.read, _unread(topical.Topical), contracts
        )
    return found


SCREENS: dict[str, Screen] = {
    Name.WALL: Screen(wall_render.render, wall_layout.layout),
    Name.TABLET: Screen(tablet.render, tablet.layout),
    Name.FRAME: Screen(shell.render, shell.nothing),
    Name.SERVICES: Screen(
        service_wall.render, service_wall.layout, essential_live.read, _unread(essential_live.Essential)
    ),
    Name.SCORE: Screen(score_wall.render, score_wall.layout, score_live.read, _unread(score_live.Scored)),
    Name.SOON: Screen(soon_wall.render, soon_wall.layout, forecast_live.read, _unread(forecast_live.Soonest)),
    Name.GAP: Screen(gap_wall.render, gap_wall.layout, gap_live.read, _unread(gap_live.Beside)),
    Name.PROCESS: Screen(process_wall.render, process_wall.layout, process_live.read, _unread(process_live.Processes)),
    **_of_topics(),
}
