"""A unit of which no level stands has no number on wall, tablet and table: it is not known, and not zero."""

from typing import Any

import pytest

from dashboards.periods import PeriodName
from dashboards.readers.domains import DomainRow
from dashboards.readers.snapshot import Selection
from dashboards.screens.registry import SCREENS
from dashboards.views.topics import table, tablet, wall
from dashboards.views.topics.declared import TOPICS, ShownBy
from tests.unit.screens import SETTINGS, nodes, text, texts, tree
from tests.unit.test_screens_topics import made

FORMER, PRESENT = "26041/2025-06-30", "26041"
TOPIC = TOPICS["du-lieu"]


def shown(screen: str, unit: str) -> dict[str, Any]:
    live = made(TOPIC, view=Selection(screen, PeriodName.YEAR, unit), cells={"dataset": (), "campaign": ()}, by_day={})
    return SCREENS[screen].render(live, SETTINGS, None)[0]


@pytest.mark.parametrize("screen", [wall.name_of(TOPIC.name), tablet.name_of(TOPIC.name)])
@pytest.mark.parametrize(("unit", "why"), [(FORMER, "đơn vị không còn"), (PRESENT, "không có lần đo")])
def test_a_level_of_which_none_stands_is_no_number(screen: str, unit: str, why: str) -> None:
    parts = shown(screen, unit)
    numbers = {
        node["props"]["data-counter"]: node["props"]["data-count"]
        for part in parts.values()
        for node in nodes(tree(part.get("children", [])))
        if "data-count" in node["props"]
    }
    assert numbers == {"campaign.overdue": "0"}
    assert texts(parts).count(why) >= 5, texts(parts)


def test_a_row_says_why_it_has_no_number() -> None:
    none = dict.fromkeys(("records", "digitised", "valid", "complete", "clean", "fresh"))
    rows = [DomainRow(unit, {**none, "clean": 1}) for unit in (FORMER, PRESENT)]
    live = made(TOPIC)
    page = table.page(TOPIC, "dataset", ShownBy.UNIT, rows, 1, live.view, live, {}, {})
    said = text(page)
    assert said.count("không còn") == said.count("không có số") == 5
