"""A source's own hours by the working calendar: holidays, Tết, swapped days, half days."""

from datetime import date, datetime, time, timedelta

import pytest

from dashboards import source_hours, source_silence
from dashboards.readers.snapshot import chart_days
from dashboards.readers.sources import KnownSource
from dashboards.settings import ALWAYS, Feed
from dashboards.source_silence import State
from schemas.province import ZONE
from schemas.reference.reading import read
from schemas.reference.rows import CalendarDay, Confidence
from schemas.rules.worktime import WorkTime
from tests.unit.judging import packaged
from tests.unit.screens import SETTINGS

OFFICE = Feed(source="urn:office", name="Văn phòng")  # Monday to Friday, 7:00 to 17:30, silent after 5 minutes
WITH_OFFICE = SETTINGS.model_copy(update={"feeds": (*SETTINGS.feeds, OFFICE)})
WORK = packaged().work
HALVES = WorkTime(
    [
        CalendarDay(day=date(2026, 6, 3), kind="day_off", name="Nghỉ", session=half, confidence=Confidence.LAW)
        if half == "afternoon"
        else CalendarDay(day=date(2026, 6, 6), kind="working", name="Làm", session=half, confidence=Confidence.LAW)
        for half in ("afternoon", "morning")
    ],
    [placed.row for placed in read().working_hours],
)


def at(day: str, clock: str = "10:00") -> datetime:
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(clock), tzinfo=ZONE)


def told(moment: datetime) -> list[KnownSource]:
    return [KnownSource("urn:office", "ioc.cases", 1, 0, 0, moment, moment)]


def of(feed: Feed, day: str, work: WorkTime | None = WORK) -> tuple[str, str] | None:
    hours = source_hours.hours_on(feed, date.fromisoformat(day), work)
    return None if hours is None else (f"{hours[0]:%H:%M}", f"{hours[1]:%H:%M}")


@pytest.mark.parametrize(
    ("last", "now"),
    [
        ("2026-04-29", "2026-04-30"),
        ("2026-04-29", "2026-05-01"),
        *(("2026-02-13", f"2026-02-{day}") for day in range(14, 23)),  # Tết Bính Ngọ
        ("2026-08-28", "2026-08-31"),  # swapped with Saturday 22 August
        ("2026-11-23", "2026-11-24"),
    ],
)
def test_nothing_turns_silent_on_a_day_off(last: str, now: str) -> None:
    for hour in ("00:10", "08:00", "16:59", "23:59"):
        (feed,) = source_silence.live_feeds(told(at(last, "17:28")), at(now, hour), WITH_OFFICE, WORK)
        assert feed.state is State.RESTING, hour


def test_the_first_working_day_after_tet_counts_again() -> None:
    last = told(at("2026-02-13", "17:28"))
    (feed,) = source_silence.live_feeds(last, at("2026-02-23", "07:04"), WITH_OFFICE, WORK)
    assert feed.state is State.LATE
    (feed,) = source_silence.live_feeds(last, at("2026-02-23", "07:06"), WITH_OFFICE, WORK)
    assert feed.state is State.SILENT


def test_a_swapped_saturday_is_watched_as_any_working_day() -> None:
    (feed,) = source_silence.live_feeds(told(at("2026-08-21", "17:28")), at("2026-08-22", "08:00"), WITH_OFFICE, WORK)
    assert feed.state is State.SILENT
    (feed,) = source_silence.live_feeds(told(at("2026-08-14", "17:28")), at("2026-08-15", "08:00"), WITH_OFFICE, WORK)
    assert feed.state is State.RESTING


def test_half_a_day_off_cuts_the_hours_and_half_a_day_of_work_has_them() -> None:
    assert of(OFFICE, "2026-06-03", HALVES) == ("07:00", "11:30")
    assert of(OFFICE, "2026-06-06", HALVES) == ("07:00", "11:30")
    assert of(OFFICE, "2026-06-04", HALVES) == ("07:00", "17:30")
    evening = OFFICE.model_copy(update={"opens": time(14)})
    assert of(evening, "2026-06-03", HALVES) is None


def test_a_source_of_all_weekdays_is_never_closed_and_one_of_saturdays_keeps_them() -> None:
    assert of(ALWAYS, "2026-05-01") == ("00:00", "00:00")
    saturdays = OFFICE.model_copy(update={"weekdays": frozenset(range(6))})
    assert of(saturdays, "2026-05-09") == ("07:00", "17:30")
    assert of(saturdays, "2026-05-01") is None
    assert of(OFFICE, "2026-05-09") is None


@pytest.mark.parametrize(
    ("last", "clock", "state"),
    [
        ("17:24", "17:29:30", State.SILENT),  # in its hours it is missed at once
        ("17:24", "17:31", State.RESTING),
        ("16:35", "23:00", State.RESTING),
        ("16:20", "23:00", State.SILENT),  # it was missed long before it closed
    ],
)
def test_a_day_that_tapers_off_ends_in_rest_and_one_that_broke_off_in_silence(
    last: str, clock: str, state: State
) -> None:
    (feed,) = source_silence.live_feeds(told(at("2026-11-25", last)), at("2026-11-25", clock), WITH_OFFICE, WORK)
    assert feed.state is state


def test_midnight_is_no_closing_for_a_source_that_never_closes() -> None:
    last = at("2026-11-25", "23:50")
    assert source_hours.waited(ALWAYS, last, at("2026-11-26", "00:10"), WORK) == timedelta(minutes=20)


def test_without_a_calendar_the_weekday_speaks() -> None:
    assert of(OFFICE, "2026-04-30", None) == ("07:00", "17:30")
    assert of(OFFICE, "2026-05-02", None) is None


def test_no_holiday_counts_towards_silence_however_long_it_is() -> None:
    start, end = at("2026-02-13", "17:00"), at("2026-02-23", "07:10")
    assert source_hours.hours_between(OFFICE, start, end, WORK) == timedelta(minutes=40)
    assert source_hours.hours_between(OFFICE, start, end, None) > timedelta(days=2)


def test_a_chart_of_working_days_takes_them_from_the_calendar() -> None:
    assert chart_days(date(2026, 2, 24), WORK)[-4:] == (
        date(2026, 2, 12), date(2026, 2, 13), date(2026, 2, 23), date(2026, 2, 24),
    )  # fmt: skip
    swapped = chart_days(date(2026, 9, 3), WORK)
    assert date(2026, 8, 22) in swapped
    assert not {date(2026, 8, 31), date(2026, 9, 1), date(2026, 9, 2)} & set(swapped)
    assert chart_days(date(2026, 5, 1), WORK)[-2:] == (date(2026, 4, 29), date(2026, 5, 1))
