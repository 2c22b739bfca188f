"""Working days and hours by the dated calendar: Tết, swapped Saturdays, half days, 15:00, midnight."""

from datetime import date, datetime, time
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.province import ZONE, as_date, day_number, day_start, moment
from schemas.reference.reading import read
from schemas.reference.rows import CalendarDay, Confidence, WorkingHours
from schemas.rules.worktime import HOUR_US, WorkTime
from tests.unit.judging import packaged
from tests.unit.told import at

WORK = packaged().work
FIRST, LAST = day_number(date(2023, 12, 1)), day_number(date(2027, 2, 1))
MOMENTS = st.integers(day_start(FIRST), day_start(LAST))
SOME_TIME = st.one_of(st.integers(1, 200 * HOUR_US), st.integers(1, 25).map(lambda days: days * 8 * HOUR_US))


def day(text: str) -> int:
    return day_number(date.fromisoformat(text))


@pytest.mark.parametrize(
    ("first", "days", "last"),
    [
        ("2024-02-07", 1, "2024-02-15"),  # Tết Giáp Thìn: 8 to 14 February
        ("2024-02-05", 5, "2024-02-19"),
        ("2025-01-24", 1, "2025-02-03"),  # Tết Ất Tỵ: 27 to 31 January, between two weekends
        ("2026-02-13", 1, "2026-02-23"),  # Tết Bính Ngọ: 16 to 20 February
        ("2024-04-26", 1, "2024-05-02"),  # Monday 29 April was swapped …
        ("2024-04-26", 3, "2024-05-04"),  # … with Saturday 4 May
        ("2025-04-25", 1, "2025-04-26"),  # Saturday 26 April for Friday 2 May
        ("2026-08-21", 1, "2026-08-22"),
        ("2026-08-28", 1, "2026-09-03"),
        ("2024-02-03", 0, "2024-02-03"),
        ("2024-02-03", 1, "2024-02-05"),  # from a Saturday
    ],
)
def test_working_days_pass_over_tet_and_swapped_saturdays(first: str, days: int, last: str) -> None:
    assert as_date(WORK.add_days(day(first), days)) == date.fromisoformat(last)
    assert WORK.days_between(day(first), day(last)) == days


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2024-01-31T07:30", "2024-01-31T17:00", 8),
        ("2024-01-31T00:00", "2024-02-01T00:00", 8),  # a whole day, midnight to midnight
        ("2024-01-31T11:00", "2024-01-31T13:30", 1),  # the noon between is nobody's
        ("2024-02-07T16:00", "2024-02-15T08:30", 2),  # over Tết
        ("2024-02-02T16:59:59.999999", "2024-02-05T07:30", 1 / 3_600_000_000),
        ("2024-05-04T07:30", "2024-05-04T11:30", 4),  # a Saturday that is worked
        ("2024-02-03T07:30", "2024-02-04T17:00", 0),
        ("2024-02-05T09:00", "2024-02-05T09:00", 0),
        ("2024-02-05T09:00", "2024-02-02T09:00", 0),
    ],
)
def test_working_hours_are_those_of_the_sessions(start: str, end: str, hours: float) -> None:
    assert WORK.time_between(at(start), at(end)) == round(hours * HOUR_US)


def test_added_hours_end_within_a_session() -> None:
    assert WORK.add_time(at("2024-02-07T16:00"), 2 * HOUR_US) == at("2024-02-15T08:30")
    assert WORK.add_time(at("2024-01-31T11:00"), HOUR_US) == at("2024-01-31T13:30")
    assert WORK.add_time(at("2024-01-31T03:00"), 8 * HOUR_US) == at("2024-01-31T17:00")
    assert WORK.add_time(at("2024-01-31T03:00"), 8 * HOUR_US + 1) == at("2024-02-01T07:30:00.000001")


@pytest.mark.parametrize(
    ("taken", "counts"),
    [
        ("2024-01-31T15:00", "2024-01-31"),  # not after
        ("2024-01-31T15:00:00.000001", "2024-02-01"),
        ("2024-01-31T23:59:59.999999", "2024-02-01"),
        ("2024-02-01T00:00", "2024-02-01"),
        ("2024-02-02T15:01", "2024-02-05"),  # a Friday
        ("2024-02-07T15:01", "2024-02-15"),  # before Tết
        ("2024-02-10T09:00", "2024-02-15"),  # within it
        ("2024-05-04T14:00", "2024-05-04"),
        ("2024-05-04T15:30", "2024-05-06"),
    ],
)
def test_what_is_taken_after_15_00_counts_from_the_next_working_day(taken: str, counts: str) -> None:
    assert as_date(WORK.taken_on(at(taken), 15 * 60)) == date.fromisoformat(counts)


def test_without_the_15_00_rule_a_working_day_counts_to_its_end() -> None:
    assert WORK.taken_on(at("2024-01-31T22:00"), None) == day("2024-01-31")
    assert WORK.counts_from(at("2024-01-31T22:00"), None) == at("2024-01-31T22:00")
    assert WORK.counts_from(at("2024-01-31T22:00"), 15 * 60) == at("2024-02-01T00:00")


def test_a_half_day_is_a_working_day_of_half_the_hours() -> None:
    def row(on: date, **what: Any) -> CalendarDay:
        return CalendarDay(day=on, name="Nửa ngày", confidence=Confidence.SOURCED, **what)

    half = WorkTime(
        [
            row(date(2024, 2, 7), kind="day_off", session="afternoon"),
            row(date(2024, 2, 10), kind="working", session="morning"),
        ],
        HOURS,
    )

    assert half.is_working(day("2024-02-07"))
    assert half.time_between(at("2024-02-07T00:00"), at("2024-02-08T00:00")) == 4 * HOUR_US
    assert half.add_time(at("2024-02-07T10:30"), 2 * HOUR_US) == at("2024-02-08T08:30")
    assert half.is_working(day("2024-02-10"))
    assert half.time_between(at("2024-02-10T00:00"), at("2024-02-11T00:00")) == 4 * HOUR_US
    assert half.days_between(day("2024-02-06"), day("2024-02-12")) == 5


HOURS = [placed.row for placed in read().working_hours]


def test_other_hours_hold_from_their_own_day() -> None:
    newer = WorkingHours(
        session="morning", opens=time(8), closes=time(12), valid_from=date(2024, 3, 1), confidence=Confidence.SOURCED
    )
    older = HOURS[0].model_copy(update={"valid_to": date(2024, 2, 29)})
    work = WorkTime([], [older, HOURS[1], newer])

    assert work.time_between(at("2024-02-29T07:30"), at("2024-02-29T08:00")) == HOUR_US // 2
    assert work.time_between(at("2024-03-01T07:30"), at("2024-03-01T08:00")) == 0
    assert work.time_between(at("2024-03-01T08:00"), at("2024-03-01T13:00")) == 4 * HOUR_US


def test_without_hours_there_are_days_but_no_time() -> None:
    bare = WorkTime()

    assert bare.days_between(day("2024-02-07"), day("2024-02-14")) == 5
    assert bare.time_between(at("2024-02-07T08:00"), at("2024-02-14T08:00")) == 0
    assert bare.add_time(at("2024-02-07T08:00"), HOUR_US) == at("2024-02-07T08:00")


def test_no_day_of_the_province_is_shorter_or_longer() -> None:
    starts = [moment(datetime(2024, month, 1, tzinfo=ZONE)) for month in range(1, 13)]

    assert all((later - earlier) % (24 * HOUR_US) == 0 for earlier, later in pairwise(starts))


@given(st.integers(FIRST, LAST), st.integers(1, 300))
def test_adding_days_and_counting_them_are_inverse(first: int, days: int) -> None:
    last = WORK.add_days(first, days)

    assert WORK.days_between(first, last) == days
    assert WORK.is_working(last)
    assert WORK.days_between(first, last - 1) == days - 1


@given(MOMENTS, SOME_TIME)
def test_adding_time_and_measuring_it_are_inverse(start: int, worked: int) -> None:
    end = WORK.add_time(start, worked)

    assert WORK.time_between(start, end) == worked
    assert WORK.time_between(start, end - 1) == worked - 1


@given(MOMENTS, MOMENTS, MOMENTS)
def test_time_adds_up(one: int, two: int, three: int) -> None:
    first, middle, last = sorted((one, two, three))

    assert WORK.time_between(first, middle) + WORK.time_between(middle, last) == WORK.time_between(first, last)
