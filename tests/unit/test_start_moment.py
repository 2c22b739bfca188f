"""When a demo starts, its province shows a working day in motion: at any hour of any day, and after any earlier run."""

from datetime import UTC, datetime, timedelta

import pytest

from infra.simulate.calendar import office
from infra.simulate.start_moment import busy, start_moment
from schemas.province import ZONE
from schemas.province_clock import AHEAD_S

STEP = timedelta(minutes=20)


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=ZONE).timestamp())


def local(moment: int) -> str:
    return datetime.fromtimestamp(moment, UTC).astimezone(ZONE).strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    ("started", "shown"),
    [
        ("2026-11-30 10:15", "2026-11-30 10:15"),  # a Monday morning: the real time
        ("2026-11-30 15:10", "2026-11-30 15:10"),
        ("2026-11-30 07:00", "2026-11-27 13:30"),  # before it opens: Friday afternoon
        ("2026-11-30 12:00", "2026-11-30 09:00"),  # lunch
        ("2026-11-30 20:00", "2026-11-30 13:30"),
        ("2026-11-29 23:00", "2026-11-27 13:30"),  # a Sunday night
        ("2026-04-30 10:00", "2026-04-29 13:30"),  # Reunification Day
        ("2026-02-18 10:00", "2026-02-13 13:30"),  # within Tết
    ],
)
def test_a_new_demo_shows_the_real_time_while_offices_work_and_else_the_last_working_day(
    started: str, shown: str
) -> None:
    assert local(start_moment(at(started), None, office()).at) == shown


def test_at_any_hour_of_two_years_a_new_demo_begins_while_offices_work_and_never_ahead_of_the_real_time() -> None:
    moment = datetime(2025, 1, 1, tzinfo=ZONE)
    while moment.year < 2027:
        real = int(moment.timestamp())
        started = start_moment(real, None, office())
        assert started.busy, moment
        assert busy(started.at, office()), moment
        assert started.at <= real, moment
        moment += STEP


def test_a_demo_that_was_played_before_never_goes_behind_what_it_has_told() -> None:
    moment = datetime(2026, 11, 16, tzinfo=ZONE)
    while moment < datetime(2026, 11, 30, tzinfo=ZONE):
        real = int(moment.timestamp())
        for played in range(real - 5 * 86_400, real + AHEAD_S, 7_000):
            started = start_moment(real, played, office())
            assert played <= started.at, (moment, local(played))
            assert started.at <= max(real + AHEAD_S, played), (moment, local(played))
            assert started.busy is busy(started.at, office())
        moment += timedelta(hours=5)


@pytest.mark.parametrize(
    ("started", "played", "shown"),
    [
        ("2026-11-29 23:30", "2026-11-27 14:05", "2026-11-27 14:05"),  # goes on where it stood
        ("2026-11-30 10:00", "2026-11-27 14:05", "2026-11-30 10:00"),  # offices work: the real time, and catches up
        ("2026-11-29 23:30", "2026-11-27 18:00", "2026-11-30 09:00"),  # played to its end: the next morning, ahead
        ("2026-11-28 11:00", "2026-11-25 18:00", "2026-11-27 13:30"),
    ],
)
def test_a_demo_that_is_started_again_goes_on_or_skips_what_rests(started: str, played: str, shown: str) -> None:
    assert local(start_moment(at(started), at(played), office()).at) == shown


def test_where_nothing_is_at_work_within_reach_it_says_so() -> None:
    started = start_moment(at("2026-11-28 11:00"), at("2026-11-27 18:00"), office())

    assert started == (at("2026-11-28 11:00"), False)
