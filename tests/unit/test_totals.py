"""A sum is a sum of its parts, once: what was told of the province stands for all units, and is none among them."""

from dataclasses import replace

import pytest

from dashboards.readers.domains import Cell
from dashboards.views.gap.reader import Cause, Gap, summed
from dashboards.views.topics.declared import TOPICS, Number
from dashboards.views.topics.live import Topical
from tests.unit.test_screens_topics import made

RECORDS = Number("dataset", "records")
CELLS = (
    Cell("records", "75", "dat-dai", 39),
    Cell("records", "so-tai-nguyen-va-moi-truong", "dat-dai", 30),
    Cell("records", "26068", "ho-tich", 4),
    Cell("records", "26071", "ho-tich", 5),
)


def datasets() -> Topical:
    topic = next(topic for topic in TOPICS.values() if "dataset" in topic.domains)
    return made(topic, cells={"dataset": CELLS}, totals=frozenset({"75"}))


def test_a_level_of_the_province_stands_for_its_part() -> None:
    found = datasets()
    assert found.amount(RECORDS) == 39 + 9  # not 39 + 30 + 9
    assert found.amounts(RECORDS, "part") == {"dat-dai": 39, "ho-tich": 9}


def test_a_total_is_no_unit_among_the_others() -> None:
    assert set(datasets().amounts(RECORDS, "unit")) == {"so-tai-nguyen-va-moi-truong", "26068", "26071"}


def test_the_province_alone_is_shown_where_it_is_asked_for() -> None:
    found = datasets()
    alone = replace(found, view=found.view._replace(unit="75"), cells={"dataset": CELLS[:1]})
    assert alone.amounts(RECORDS, "unit") == {"75": 39}


@pytest.mark.parametrize(("shown", "published"), [(True, 39), (False, 7)])
def test_what_the_portal_published_of_the_province_is_not_added_to_its_units(shown: bool, published: int) -> None:
    none = dict.fromkeys(Cause, 0)
    units = [Gap("so-tu-phap", 9, 8, none, published=3), Gap("26068", 5, 5, none, published=4)]
    whole = Gap("75", 0, 0, none, published=39, total=True)
    assert summed([*units, *([whole] if shown else [])]).published == published
    assert whole.unexplained is None  # no unit's cases stand behind it
    assert units[0].unexplained == 5
