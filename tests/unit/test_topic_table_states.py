"""A topic's table is read on request: where its figures are not known it says why, in the words of the walls."""

from datetime import timedelta

import pytest

from dashboards.periods import PeriodName
from dashboards.readers.domains import DomainRow
from dashboards.readers.snapshot import Selection
from dashboards.screens.parts import dead_tag
from dashboards.source_silence import Condition, State
from dashboards.views.topics import table
from dashboards.views.topics.declared import TOPICS, ShownBy
from dashboards.views.topics.headline import headline
from dashboards.views.topics.live import Topical
from dashboards.words import NB, unit
from schemas.contracts import DOMAINS
from tests.unit.screens import NOW, nodes, text
from tests.unit.test_screens_topics import made

SINCE = NOW - timedelta(minutes=7)
CONDITIONS = {
    State.HANGING: Condition(State.HANGING, since=SINCE, who="Kafka"),
    State.STOPPED: Condition(State.STOPPED, since=SINCE),
    State.SILENT: Condition(State.SILENT, since=SINCE, who="Tổ thư ký"),
}
TABLES = [(name, domain) for name, topic in TOPICS.items() for domain in topic.domains if domain in DOMAINS]


def shown(name: str, domain: str, ground: Topical) -> str | None:
    topic = TOPICS[name]
    if not table.columns(topic, domain):
        return None
    counts: dict[str, int | None] = dict.fromkeys((counter.name for counter in DOMAINS[domain].counters), 7)
    view = Selection("", PeriodName.TODAY)
    page = table.page(topic, domain, ShownBy.UNIT, [DomainRow("U1", counts)], 1, view, ground, {"U1": "Xã A"}, {})
    assert not any("data-count" in node["props"] for node in nodes(page)), "a number that is not known opens nothing"
    return text(page).replace(NB, " ")


@pytest.mark.parametrize("state", CONDITIONS)
@pytest.mark.parametrize(("name", "domain"), TABLES)
def test_a_topics_table_says_why_its_figures_are_not_known_as_the_topics_wall_does(
    name: str, domain: str, state: State
) -> None:
    ground = made(TOPICS[name], condition=CONDITIONS[state], at=SINCE)
    said = shown(name, domain, ground)
    if said is None:
        return
    assert text(dead_tag(ground)).replace(NB, " ") in said
    assert headline(ground, TOPICS[name], unit).text.replace(NB, " ").removesuffix(" Số dưới đây là số cũ.") in said
    assert "Xã A" not in said, "an order by numbers that nobody knows"
