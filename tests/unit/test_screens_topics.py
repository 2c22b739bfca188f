"""The topics' pages from their figures alone: every state, every page, the sentence, the tables, the addresses."""

import re
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from dashboards import periods
from dashboards.allowed_addresses import PAGES
from dashboards.counted_domains import KNOWN, OF_OWN_PAGES
from dashboards.periods import PeriodName
from dashboards.readers.domains import Cell
from dashboards.readers.figures import Filters
from dashboards.readers.snapshot import Selection, chart_days
from dashboards.screens import links, nav
from dashboards.screens.registry import SCREENS
from dashboards.source_silence import Condition, State
from dashboards.views import VIEWS
from dashboards.views.topics import tablet, wall, words
from dashboards.views.topics.declared import TOPICS, Share, ShownTopic
from dashboards.views.topics.guard_live import GuardedDay
from dashboards.views.topics.headline import headline
from dashboards.views.topics.ids import Tablet, Wall
from dashboards.views.topics.live import Topical
from dashboards.views.topics.pages import TopicPages, place_of
from dashboards.views.topics.rows import rows_of
from dashboards.words import NB, unit
from schemas.topics import BY_CONTRACT
from tests.settings import REPOSITORY
from tests.unit.screens import EMPTY, NOW, SETTINGS, feeding, nodes, source, text, tree

UNITS = ("Phường Trấn Biên", "Sở Tư pháp")


def made(topic: ShownTopic, **changes: Any) -> Topical:
    """Every counter comes to 3 in the first unit and 1 in the second, a whole to twice that."""
    today = periods.today(NOW)
    shares = [of for of in (topic.main, *(t.of for t in (topic.first, topic.second) if t)) if isinstance(of, Share)]
    wholes = {(share.domain, counter) for share in shares for counter in share.whole if counter != share.part}
    cells = {
        name: tuple(
            Cell(counter.name, unit_, topic.second.under + part, (2 if (name, counter.name) in wholes else 1) * amount)
            for counter in KNOWN[name].counters
            for unit_, part, amount in ((UNITS[0], "a", 3), (UNITS[1], "b", 1))
        )
        for name in topic.domains
    }
    contract = topic.contract or "cases"
    fields: dict[str, Any] = {
        "view": Selection(wall.name_of(topic.name), topic.period),
        "as_of": NOW,
        "at": NOW,
        "condition": Condition(State.LIVE),
        "feeding": feeding(source(topic=BY_CONTRACT[contract].name)),
        "period": periods.named(topic.period, NOW),
        "reach": today,
        "chart_days": chart_days(today),
        "cells": cells,
        "by_day": {day: index for index, day in enumerate(chart_days(today))},
    }
    return (GuardedDay if topic.guarded else Topical)(**{**fields, **changes})


NOTHING = {key: EMPTY[key] for key in ("condition", "feeding", "chart_days", "reach")}
SILENT = Condition(State.SILENT, since=NOW - timedelta(minutes=7), who="Tổ thư ký")
ERROR = Condition(State.ERROR, retry_at=NOW + timedelta(seconds=2))
OFFLINE = Condition(State.OFFLINE, since=NOW - timedelta(minutes=1))
LATE = Condition(State.LATE, since=NOW - timedelta(seconds=50), who="Tổ thư ký")
STATES: tuple[dict[str, Any], ...] = (
    {"condition": SILENT},
    {"condition": ERROR},
    {"condition": OFFLINE},
    {"condition": LATE},
    NOTHING,
    {"period": periods.named(PeriodName.TODAY, NOW), "reach": periods.today(NOW) - timedelta(days=4)},
    {"cells": {}},
)


@pytest.mark.parametrize("name", TOPICS)
def test_every_state_of_a_topic_fills_the_same_parts(name: str) -> None:
    """A part that one state leaves out would keep what another wrote."""
    for screen in (SCREENS[wall.name_of(name)], SCREENS[tablet.name_of(name)]):
        whole = set(screen.render(made(TOPICS[name]), SETTINGS, None)[0])
        for changes in STATES:
            shown = set(screen.render(made(TOPICS[name], **changes), SETTINGS, None)[0])
            assert shown == whole


@pytest.mark.parametrize("name", TOPICS)
def test_no_number_of_a_dead_page_can_be_taken_for_a_live_one(name: str) -> None:
    for condition in (SILENT, ERROR, OFFLINE):
        for screen in (SCREENS[wall.name_of(name)], SCREENS[tablet.name_of(name)]):
            parts, _ = screen.render(made(TOPICS[name], condition=condition), SETTINGS, None)
            links_ = [
                node
                for part in parts.values()
                for node in nodes(tree(part.get("children", [])))
                if "href" in node["props"]
            ]
            assert {props["className"] for props in links_ if props.get("className")} <= {
                "step",
                *(("n", "help") if TOPICS[name].guarded else ()),
            }


@pytest.mark.parametrize("name", TOPICS)
def test_every_number_says_what_it_opens(name: str) -> None:
    topic = TOPICS[name]
    live = made(topic)
    for screen, dark in ((SCREENS[wall.name_of(name)], True), (SCREENS[tablet.name_of(name)], False)):
        parts, _ = screen.render(live, SETTINGS, None)
        found = [
            node["props"]
            for part in parts.values()
            for node in nodes(tree(part.get("children", [])))
            if "data-count" in node["props"]
        ]
        assert len(found) > (0 if topic.guarded and dark else 15)  # its wall has one: the day's look-ups
        for props in found:
            query = dict(parse_qsl(urlsplit(props["href"]).query))
            domain, counter, _, filters = links.opened(query)
            assert f"{domain}.{counter}" == props["data-counter"]
            assert (query.get("nen") == "toi") is dark
            if filters == Filters():
                assert int(props["data-count"]) == sum(c.amount for c in live.cells[domain] if c.counter == counter)


def test_the_sentence_names_what_is_the_matter_and_where() -> None:
    topic = TOPICS["nhiem-vu"]
    said = headline(made(topic), topic, unit).text.replace(NB, " ")
    assert (
        said == "4 nhiệm vụ quá hạn: Phường Trấn Biên 3, Sở Tư pháp 1; xong đúng hạn 66,7 % trong 12 nhiệm vụ có hạn."
    )
    calm = headline(made(topic, cells={}), topic, unit).text
    assert calm == "Không nhiệm vụ nào quá hạn."
    silent = headline(made(topic, condition=SILENT), topic, unit).text.replace(NB, " ")
    assert silent.startswith("Từ 14:25 không biết tình hình nhiệm vụ. Tổ thư ký im lặng 7 phút")


@pytest.mark.parametrize("side", [wall, tablet])
def test_a_system_that_is_reached_without_numbers_is_said_with_why(side: Any) -> None:
    for cells in ({}, made(TOPICS["ha-tang"]).cells):
        one = made(TOPICS["ha-tang"], cells=cells, unread=(("lgsp", "unfinished"), ("mot-cua", "line")))
        parts, _ = SCREENS[side.name_of("ha-tang")].render(one, SETTINGS, None)
        said = text(parts[Wall.LEAD if side is wall else Tablet.LEAD]).replace(NB, " ")
        assert "lgsp kết nối, không đọc được số: trang số bị đứt" in said


@pytest.mark.parametrize("side", [wall, tablet])
def test_rejected_records_stand_under_the_source_that_they_state(side: Any) -> None:
    cells = (Cell("rejected", "urn:lgsp:moi", "lookups", 40), Cell("rejected", "", "cases", 3))
    parts, _ = SCREENS[side.name_of("nguon")].render(made(TOPICS["nguon"], cells={"source": cells}), SETTINGS, None)
    second = parts[Wall.SECOND if side is wall else Tablet.SECOND]
    assert [said for said in ("urn:lgsp:moi", "không rõ nguồn") if said in text(second)] == [
        "urn:lgsp:moi", "không rõ nguồn",
    ]  # fmt: skip
    numbers = [node["props"]["data-count"] for node in nodes(tree(second)) if "data-count" in node["props"]]
    assert numbers == ["40", "3"]


def test_the_worst_come_first_and_a_share_s_lowest() -> None:
    tasks, data = TOPICS["nhiem-vu"], TOPICS["du-lieu"]
    assert tasks.first is not None
    assert data.first is not None
    assert [row.key for row in rows_of(made(tasks), tasks.first, 5)] == [UNITS[0], UNITS[1]]
    cells = (Cell("records", "a", "s", 10), Cell("clean", "a", "s", 9), Cell("records", "b", "s", 10))
    lowest = rows_of(made(data, cells={"dataset": cells}), data.first, 5)
    assert [(row.key, row.text.replace(NB, " "), row.amount) for row in lowest] == [
        ("b", "0,0 %", 0),
        ("a", "90,0 %", 9),
    ]


@pytest.mark.parametrize("name", TOPICS)
def test_every_page_has_an_address_that_the_gate_lets_pass(name: str) -> None:
    view = Selection("", PeriodName.MONTH, "Sở Tư pháp", "30/KH-UBND")
    for address, kind in (
        (links.topic(name, view, wall=True), "wall"),
        (links.topic(name, view), "tablet"),
        (links.table(name, view, "task", "part"), "table"),
    ):
        parts = urlsplit(address)
        assert PAGES.fullmatch(parts.path)
        assert place_of(parts.path) == (name, kind)
        assert links.view_of("", dict(parse_qsl(parts.query))) == view
    assert nav.place(name)


def test_the_browser_knows_every_wall_by_its_address() -> None:
    """Before the first paint: a wall's address is one word, a tablet's begins with its own."""
    script = (REPOSITORY / "dashboards/assets/early/theme.js").read_text()
    (pattern,) = re.findall(r"const wall = /(.*)/\.test", script)
    for name in nav.WALLS:
        assert re.search(pattern, f"{links.PREFIX}{name}"), name
    others = (links.case("x"), links.listing("x"), links.subject("a", "b"))
    for path in (links.TABLET, *(address for view in VIEWS for address in view.addresses), *others):
        assert not re.search(pattern, path), path


def test_a_page_without_a_period_shows_its_own() -> None:
    assert links.view_of("x", {}, PeriodName.YEAR).period is PeriodName.YEAR
    assert links.view_of("x", {"ky": "hom-nay"}, PeriodName.YEAR).period is PeriodName.TODAY


def test_a_plan_is_called_by_its_number_where_there_is_no_room_for_its_date() -> None:
    key = "106/KHPH-TCTTW-BCĐ06ĐN 06/7/2023"
    assert words.part("task", key, {key: key}, short=True) == "106/KHPH-TCTTW-BCĐ06ĐN"
    assert words.part("task", key, {key: key}) == key


async def test_a_subject_with_a_page_of_its_own_has_none_among_the_topics() -> None:
    """Known as a domain, shown at another address: no such page, and nothing is asked of the database."""
    pages = TopicPages.__new__(TopicPages)
    for domain in OF_OWN_PAGES:
        with pytest.raises(links.BadAddress):
            await pages.subject(f"{domain}/x", {}, dark=False)
