"""Ratios, the choice of a grain, and the counters that the SQL files name."""

from datetime import date

import pytest

from dashboards import ratios
from dashboards.periods import ALL, Period, between
from dashboards.readers.figures import By, Filters, Grain, grain
from dashboards.readers.queries import query
from schemas.counters import FLOW_COUNTERS, NOW_COUNTERS

FEBRUARY = between(date(2024, 2, 1), date(2024, 2, 29))
SOME_DAYS = between(date(2024, 2, 1), date(2024, 2, 28))


def test_a_ratio_of_nothing_is_unknown_and_not_zero() -> None:
    assert ratios.on_time_rate({"on_time": 0, "late": 0}) is None
    assert ratios.on_time_rate({"on_time": 3, "late": 1}) == 0.75
    assert ratios.overdue_rate({"open": 0, "overdue": 0}) is None
    assert ratios.overdue_rate({"open": 4, "overdue": 4}) == 1.0
    assert ratios.online_rate({}) is None
    assert ratios.online_rate({"direct": 1}) == 0.0
    assert ratios.online_rate({"online": 1, "direct": 1, "": 2}) == 0.25


@pytest.mark.parametrize(
    ("by", "period", "filters", "expected"),
    [
        (By.TOTAL, SOME_DAYS, Filters(), Grain.UNIT_DAY),
        (By.DAY, ALL, Filters(unit="", channel="post"), Grain.UNIT_DAY),
        (By.PROCEDURE, SOME_DAYS, Filters(channel="post"), Grain.PROCEDURE_DAY),
        (By.DAY, SOME_DAYS, Filters(procedure=""), Grain.PROCEDURE_DAY),
        (By.UNIT, FEBRUARY, Filters(procedure="1"), Grain.UNIT_PROCEDURE_MONTH),
        (By.PROCEDURE, ALL, Filters(unit="A"), Grain.UNIT_PROCEDURE_MONTH),
        (By.UNIT, SOME_DAYS, Filters(procedure="1"), Grain.CASES),
        (By.CHANNEL, FEBRUARY, Filters(unit="A", procedure="1"), Grain.CASES),
        (By.TOTAL, FEBRUARY.on(date(2024, 2, 5)), Filters(unit="A", procedure="1"), Grain.CASES),
    ],
)
def test_the_cheapest_grain_that_knows_everything_answers(
    by: By, period: Period, filters: Filters, expected: Grain
) -> None:
    assert grain(by, period, filters) is expected


@pytest.mark.parametrize("chosen", [Grain.UNIT_DAY, Grain.PROCEDURE_DAY, Grain.UNIT_PROCEDURE_MONTH])
def test_every_flow_counter_of_the_registry_is_read_from_every_rollup(chosen: Grain) -> None:
    text = query(chosen).decode()

    assert [name for name in FLOW_COUNTERS if f"sum({name})::bigint AS {name}" not in text] == []


def test_every_counter_of_this_moment_is_read() -> None:
    assert [name for name in NOW_COUNTERS if f"AS {name}" not in query("now").decode()] == []
