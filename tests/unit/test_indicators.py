"""The registry of indicators: nothing is left out, every one says what it means and where its figure is."""

from dashboards.counted_domains import KNOWN
from dashboards.definitions import ARTICLES, DEFINITIONS
from dashboards.indicators import CASE, all_indicators
from dashboards.screens import links, nav
from dashboards.views import VIEWS
from dashboards.views.essential import declared as essential
from schemas.case_counters import CASE_COUNTERS
from schemas.counters import COUNTER
from schemas.rules.decision_766 import COMPONENTS, INFORMATION


def test_every_counter_and_component_is_an_indicator_once() -> None:
    keys = [one.key for one in all_indicators()]
    domains = (essential.SERVICES, *KNOWN.values())
    wanted = [f"{CASE}.{counter.name}" for counter in CASE_COUNTERS]
    wanted += [f"score.{code}" for code in (*(one.code for one in COMPONENTS), *(one.code for one in INFORMATION))]
    wanted += [f"{domain.name}.{counter.name}" for domain in domains for counter in domain.counters]
    wanted += [f"{group.domain}.{shown.name}" for view in VIEWS for group in view.groups for shown in group.shown]
    assert keys == wanted
    assert len(set(keys)) == len(keys)


def test_definitions_and_articles_are_of_what_there_is() -> None:
    known = {(one.domain, one.name) for one in all_indicators()}
    assert {(domain, name) for domain, names in DEFINITIONS.items() for name in names} <= known
    assert set(ARTICLES) <= set(COUNTER)


def test_every_one_has_words() -> None:
    for one in all_indicators():
        assert one.label, one.key
        assert one.definition.endswith("."), one.key
        assert one.figure.startswith("/"), one.key
        assert one.article is not None or one.verified, one.key


def test_every_view_has_a_wall() -> None:
    for view in VIEWS:
        assert view.wall.removeprefix(links.PREFIX) in nav.WALLS, view.name


def test_every_counter_that_a_rule_judges_names_the_rule() -> None:
    for counter in CASE_COUNTERS:
        assert counter.name in ARTICLES or not counter.judged, counter.name
