"""Periods: the province's days, whatever the clock's zone."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.periods import (
    ALL,
    Period,
    PeriodName,
    before,
    between,
    is_over,
    named,
    next_midnight,
    of_day,
    portal_period,
    today,
)
from dashboards.views.score.counts import end_of
from dashboards.views.topics.parameters import SourcesQuery
from schemas.province import ZONE

MOMENTS = st.datetimes(datetime(2010, 1, 1), datetime(2099, 12, 30), timezones=st.just(UTC))  # noqa: DTZ001
BEFORE = datetime(2024, 12, 31, 16, 59, 59, 999_999, tzinfo=UTC)
AT = datetime(2024, 12, 31, 17, 0, tzinfo=UTC)


def test_a_day_a_month_and_a_year_end_at_midnight_in_the_province() -> None:
    assert today(BEFORE) == date(2024, 12, 31)
    assert today(AT) == date(2025, 1, 1)
    assert named(PeriodName.TODAY, BEFORE) == Period(PeriodName.TODAY, date(2024, 12, 31), date(2024, 12, 31))
    assert named(PeriodName.TODAY, AT) == Period(PeriodName.TODAY, date(2025, 1, 1), date(2025, 1, 1))
    assert named(PeriodName.MONTH, BEFORE) == Period(PeriodName.MONTH, date(2024, 12, 1), date(2024, 12, 31))
    assert named(PeriodName.MONTH, AT) == Period(PeriodName.MONTH, date(2025, 1, 1), date(2025, 1, 31))
    assert named(PeriodName.YEAR, BEFORE) == Period(PeriodName.YEAR, date(2024, 1, 1), date(2024, 12, 31))
    assert named(PeriodName.YEAR, AT) == Period(PeriodName.YEAR, date(2025, 1, 1), date(2025, 12, 31))
    assert named(PeriodName.ALL, AT) == ALL


def test_a_quarter_has_three_months() -> None:
    assert named(PeriodName.QUARTER, BEFORE) == Period(PeriodName.QUARTER, date(2024, 10, 1), date(2024, 12, 31))
    assert named(PeriodName.QUARTER, AT) == Period(PeriodName.QUARTER, date(2025, 1, 1), date(2025, 3, 31))


@pytest.mark.parametrize(
    ("period", "day", "first", "last"),
    [
        (PeriodName.TODAY, (2026, 11, 24), (2026, 11, 17), (2026, 11, 17)),
        (PeriodName.MONTH, (2026, 11, 24), (2026, 10, 1), (2026, 10, 24)),
        (PeriodName.MONTH, (2026, 3, 30), (2026, 2, 1), (2026, 2, 28)),
        (PeriodName.MONTH, (2026, 3, 31), (2026, 2, 1), (2026, 2, 28)),
        (PeriodName.MONTH, (2026, 2, 28), (2026, 1, 1), (2026, 1, 31)),  # it is over: the whole one before
        (PeriodName.QUARTER, (2026, 11, 24), (2026, 7, 1), (2026, 8, 24)),
        (PeriodName.QUARTER, (2026, 2, 3), (2025, 10, 1), (2025, 11, 3)),
        (PeriodName.YEAR, (2024, 2, 29), (2023, 1, 1), (2023, 2, 28)),
    ],
)
def test_the_period_before_reaches_as_far_as_this_one(
    period: PeriodName, day: tuple[int, int, int], first: tuple[int, int, int], last: tuple[int, int, int]
) -> None:
    moment = datetime(*day, 5, tzinfo=UTC)

    assert before(named(period, moment), today(moment)) == between(date(*first), date(*last))


def test_any_days_are_compared_with_as_many_before() -> None:
    now = date(2026, 11, 24)

    assert before(between(date(2024, 1, 1), date(2024, 3, 31)), now) == between(date(2023, 10, 1), date(2023, 12, 31))
    assert before(between(date(2024, 1, 5), date(2024, 1, 14)), now) == between(date(2023, 12, 26), date(2024, 1, 4))
    assert before(ALL, now) is None
    assert before(between(None, now), now) is None
    assert before(between(date.min, date.max), now) is None
    assert before(between(date(2024, 1, 1), date.max), now) is None


def test_february_ends_when_it_does() -> None:
    assert named(PeriodName.MONTH, datetime(2024, 2, 10, tzinfo=UTC)).last == date(2024, 2, 29)
    assert named(PeriodName.MONTH, datetime(2026, 2, 10, tzinfo=UTC)).last == date(2026, 2, 28)


@given(MOMENTS)
def test_the_next_midnight_is_the_first_moment_of_the_next_day(moment: datetime) -> None:
    midnight = next_midnight(moment)

    assert moment < midnight <= moment + timedelta(days=1)
    assert today(midnight) == today(moment) + timedelta(days=1)
    assert today(midnight - timedelta(microseconds=1)) == today(moment)
    assert midnight.astimezone(ZONE).hour == 0


@given(MOMENTS, st.integers(-14, 14))
def test_the_zone_in_which_a_moment_is_written_changes_nothing(moment: datetime, hours: int) -> None:
    elsewhere = moment.astimezone(timezone(timedelta(hours=hours)))

    for name in (PeriodName.TODAY, PeriodName.MONTH, PeriodName.YEAR, PeriodName.ALL):
        assert named(name, elsewhere) == named(name, moment)


@given(MOMENTS)
def test_a_day_lies_in_its_month_and_a_month_in_its_year(moment: datetime) -> None:
    day, month, year = (named(name, moment) for name in (PeriodName.TODAY, PeriodName.MONTH, PeriodName.YEAR))

    assert year.first <= month.first <= day.first <= day.last <= month.last <= year.last  # type: ignore[operator]
    assert month.whole_months
    assert year.whole_months
    assert ALL.whole_months


def test_between_two_days_includes_both_and_refuses_the_wrong_order() -> None:
    assert between(date(2024, 1, 31), None) == Period(PeriodName.BETWEEN, date(2024, 1, 31), None)
    assert between(None, None) == ALL
    with pytest.raises(ValueError, match="before the first"):
        between(date(2024, 2, 1), date(2024, 1, 31))
    with pytest.raises(ValueError, match="between"):
        named(PeriodName.BETWEEN, AT)


def test_only_ends_of_months_make_whole_months() -> None:
    assert between(date(2024, 2, 1), date(2024, 2, 29)).whole_months
    assert between(None, date(9999, 12, 31)).whole_months
    assert not between(date(2024, 2, 1), date(2024, 2, 28)).whole_months
    assert not between(date(2024, 2, 2), None).whole_months


def test_one_day_of_a_period_is_that_day_or_nothing() -> None:
    month = named(PeriodName.MONTH, BEFORE)

    assert month.on(None) is month
    assert (month.on(date(2024, 12, 5)).first, month.on(date(2024, 12, 5)).last) == (date(2024, 12, 5),) * 2
    assert ALL.on(date(2024, 12, 5)).first == date(2024, 12, 5)
    outside = month.on(date(2024, 11, 5))
    assert outside.first is not None
    assert outside.last is not None
    assert outside.first > outside.last


def test_the_first_and_the_last_day_that_there_are_have_no_day_before_and_after_them() -> None:
    last_month, now = between(date(9999, 12, 1), date.max), datetime(2026, 11, 24, tzinfo=UTC)
    assert portal_period(last_month) == "9999-12"
    assert end_of(last_month, now) == now
    assert end_of(between(date.min, date(2026, 1, 31)), now) == datetime(2026, 1, 31, 17, tzinfo=UTC)
    assert SourcesQuery.model_validate({"to": "0001-01-03"}).compared(now) == (
        date.min,
        date(1, 1, 3),
    )


def test_a_period_between_two_days_is_over_when_its_last_day_is() -> None:
    noon = datetime(2024, 3, 1, 5, tzinfo=UTC)
    last_second = datetime(2024, 2, 29, 16, 59, 59, tzinfo=UTC)  # 23:59:59 in the province
    february = between(date(2024, 2, 1), date(2024, 2, 29))
    assert [is_over(february, at) for at in (last_second, last_second + timedelta(seconds=1), noon)] == [0, 1, 1]
    assert not is_over(named(PeriodName.MONTH, noon), noon)
    assert not is_over(between(date(2024, 2, 1), None), noon)
    # What a screen names on a Sunday lasts until its sources tell of another day.
    assert not is_over(of_day(PeriodName.TODAY, date(2024, 2, 29)), noon)
