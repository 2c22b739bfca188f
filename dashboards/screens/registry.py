"""The live screens by name: those of cases, of every view and of every topic."""

from functools import partial

from dashboards.directives import need_live, need_wall
from dashboards.screens.screen import Name, Screen, unread_of
from dashboards.screens.tablet import shell
from dashboards.views import VIEWS
from dashboards.views.cases import tablet, wall_layout
from dashboards.views.cases import wall as wall_render
from dashboards.views.topics import frame as topic_frame
from dashboards.views.topics import guard_live, guard_wall
from dashboards.views.topics import live as topical
from dashboards.views.topics import tablet as topic_tablet
from dashboards.views.topics import wall as topic_wall
from dashboards.views.topics.declared import TOPICS


def _of_views() -> dict[str, Screen]:
    return {view.slug: view.part("screen").SCREEN for view in VIEWS}


def _of_topics() -> dict[str, Screen]:
    found = {}
    for name, topic in TOPICS.items():
        read, contracts = partial(topical.read, topic=topic), (topic.contract,) if topic.contract else None
        for of, render, layout in (
            (topic_wall.name_of(name), topic_wall.render, topic_wall.layout),
            (topic_tablet.name_of(name), topic_tablet.render, topic_tablet.layout),
        ):
            found[of] = Screen(
                partial(render, topic=topic), partial(layout, topic=topic), read, unread_of(topical.Topical), contracts
            )
        if topic.guarded:
            found[topic_wall.name_of(name)] = Screen(
                partial(guard_wall.render, topic=topic),
                partial(guard_wall.layout, topic=topic),
                partial(guard_live.read, topic=topic),
                unread_of(guard_live.GuardedDay),
                contracts,
            )
        found[topic_frame.name_of(name)] = Screen(
            topic_frame.render, shell.nothing, topic_frame.read, unread_of(topical.Topical), contracts
        )
    return found


SCREENS: dict[str, Screen] = {
    Name.NEED: Screen(need_wall.render, need_wall.layout, need_live.read, unread_of(need_live.Needing), None),
    Name.WALL: Screen(wall_render.render, wall_layout.layout),
    Name.TABLET: Screen(tablet.render, tablet.layout),
    Name.FRAME: Screen(shell.render, shell.nothing),
    **_of_views(),
    **_of_topics(),
}
