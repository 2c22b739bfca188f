"""The sources by their age, the worst first: what the page of the sources shows in place of a table of units."""

from dash import html

from dashboards import source_names
from dashboards.screens.parts import Component, icon, ticking
from dashboards.settings import ScreensSettings
from dashboards.source_silence import FeedState, State, live_feeds
from dashboards.unnamed import unnamed
from dashboards.views.topics import words
from dashboards.views.topics.live import Topical
from dashboards.words import short_name, width

HEAD = "Lần nhận cuối"
NONE = "Chưa có nguồn có nhịp"
WORDS = {State.SILENT: "im lặng ", State.LATE: "chậm "}
AGE_EM, SHAPE_EM, GAP_EM = 4.9, 1.0, 0.5  # "119 phút" of equal digits; the shape before its word; what keeps them apart


def worst(live: Topical, settings: ScreensSettings, most: int) -> tuple[FeedState, ...]:
    return live_feeds(live.feeding.sources, live.as_of, settings, live.feeding.work)[:most]


def rows(live: Topical, settings: ScreensSettings, most: int, room: float | None = None) -> list[Component]:
    """``room`` in em is what a wall's row has for name and age; a tablet's has enough."""
    return [_row(live, feed, room) for feed in worst(live, settings, most)]


def _row(live: Topical, feed: FeedState, room: float | None) -> Component:
    called = feed.name if feed.name != source_names.key(feed.source)[:16] else unnamed(feed.name)
    full = called if feed.contract == "" else f"{called}, {words.part('source', feed.contract).lower()}"
    warn = feed.state in WORDS
    left = (room or 99) - GAP_EM - AGE_EM - (SHAPE_EM + width(WORDS[feed.state]) if warn else 0)
    name = short_name(called if width(full) > left else full, left) if room else full
    said = "nghỉ" if feed.state is State.RESTING else [WORDS.get(feed.state, ""), ticking(feed.received_at, live.as_of)]
    shape = [icon("warn"), " "] if warn else []
    return html.Li(
        [
            html.Span(name, className="name", title=feed.source),
            html.Span([*shape, html.Span(said)], className="age warn" if warn else "age"),
        ],
        className="row c",
    )
