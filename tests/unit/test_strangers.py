"""A source that nobody has registered: listed, but never the one by which a wall is judged."""

from dataclasses import replace

import pytest

from dashboards.readers.sources import KnownSource
from dashboards.screens.frame import source_line
from dashboards.settings import Feed, ScreensSettings
from dashboards.source_silence import State, condition, live_feeds
from tests.unit.screens import NOW, SETTINGS, beat, feeding, live, source

STRANGER = "urn:nobody:registered"
GATEWAY = "urn:dongnai:mot-cua"


def registered(name: str, age: float = 4) -> KnownSource:
    return replace(source(name=name, age=age), registered=True)


@pytest.mark.parametrize("known", [registered(GATEWAY, 40), source(age=40), source(name="urn:named", age=40)])
def test_an_unregistered_source_is_never_the_walls_where_a_registered_one_has_spoken(known: KnownSource) -> None:
    named = SETTINGS.model_copy(update={"feeds": (*SETTINGS.feeds, Feed(source="urn:named", name="Có tên"))})
    for age in (1, 4_000):  # it speaks after the registered one, or has fallen silent
        found = feeding(known, source(name=STRANGER, age=age))

        told = condition(found.sources, found.heartbeats, NOW, named)
        line = str(source_line(live(feeding=found, condition=told), named))

        assert told.who in ("", settings_name(known, named))
        assert told.state in (State.LIVE, State.LATE)
        assert "registered" not in line
        assert settings_name(known, named) in line


def test_its_silence_does_not_hide_that_of_the_registered_one_nor_its_records() -> None:
    found = feeding(registered(GATEWAY, 4_000), source(name=STRANGER, age=1))

    told = condition(found.sources, found.heartbeats, NOW, SETTINGS)

    assert (told.state, told.who) == (State.SILENT, "mot-cua")


def test_an_unregistered_source_is_listed_all_the_same() -> None:
    listed = live_feeds((registered(GATEWAY), source(name=STRANGER)), NOW, SETTINGS)

    assert {feed.source: feed.main for feed in listed} == {GATEWAY: True, STRANGER: False}


def test_where_nothing_registered_speaks_on_a_topic_its_sources_are_the_walls() -> None:
    of_topics = (registered(GATEWAY), source(name=STRANGER, topic="ioc.platform", age=1e6))
    alone = (source(name=STRANGER, age=4_000),)

    assert condition(of_topics, (beat(),), NOW, SETTINGS).state is State.SILENT
    assert condition(alone, (beat(),), NOW, SETTINGS).state is State.SILENT


def settings_name(known: KnownSource, settings: ScreensSettings) -> str:
    return settings.feed(known.source).name
