"""Province time: seven hours, always, as the time-zone database says too."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from schemas.cases import CASE_EVENT
from schemas.province import ZONE, as_date, as_datetime, day_number, day_of, day_start, end_of, moment
from schemas.topics import TOPICS

MOMENTS = st.datetimes(datetime(2010, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
ZONES = st.sampled_from(["Asia/Ho_Chi_Minh", "UTC", "America/New_York", "Australia/Lord_Howe"])


def test_the_province_is_at_utc_plus_7_from_the_earliest_event_to_the_last_deadline() -> None:
    hour = min(topic.earliest for topic in TOPICS)
    while hour.year < 2101:
        assert hour.astimezone(ZONE).utcoffset() == timedelta(hours=7)
        hour += timedelta(days=7)
    assert ZONE.key == "Asia/Ho_Chi_Minh"


@given(MOMENTS)
def test_a_moment_lies_in_the_day_that_the_time_zone_database_says(at: datetime) -> None:
    assert as_date(day_of(moment(at))) == at.astimezone(ZoneInfo("Asia/Ho_Chi_Minh")).date()


@given(MOMENTS, ZONES)
def test_a_moment_is_the_same_whatever_offset_it_is_written_with(at: datetime, zone: str) -> None:
    assert moment(at.astimezone(ZoneInfo(zone))) == moment(at)
    assert as_datetime(moment(at)) == at


@given(st.dates(date(1960, 1, 1), date(2200, 1, 1)))
def test_a_day_begins_where_the_day_before_ends(day: date) -> None:
    start = day_start(day_number(day))

    assert (day_of(start), day_of(start - 1)) == (day_number(day), day_number(day) - 1)
    assert end_of(day) == day_start(day_number(day + timedelta(days=1)))
    assert as_date(day_number(day)) == day


def test_a_deadline_on_a_day_is_24_00_in_the_province() -> None:
    assert as_datetime(end_of(date(2024, 2, 29))) == datetime(2024, 2, 29, 17, tzinfo=UTC)
    assert as_datetime(end_of(date(2023, 12, 31))) == datetime(2023, 12, 31, 17, tzinfo=UTC)


def test_digits_beyond_the_microsecond_are_cut_off_not_rounded() -> None:
    value = b"""{"id": "a", "source": "urn:a", "type": "case.returned.v1", "subject": "A", "data": {},
        "time": "2024-02-05T16:59:59.9999999Z"}"""

    assert moment(CASE_EVENT.validate_json(value).time) == end_of(date(2024, 2, 5)) - 1
