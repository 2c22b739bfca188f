"""Province time. Storage is UTC; only where a day begins or a label is written does the province's clock count.

Moments are integer microseconds since 1970-01-01 UTC, days are whole days since 1970-01-01 in the province.
Asia/Ho_Chi_Minh has been UTC+7 without daylight saving since 1975, before the earliest event of any topic;
``tests/unit/test_province.py`` holds that against the time-zone database.
"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
OFFSET_US = 7 * 3_600_000_000
DAY_US = 86_400_000_000
EPOCH_DAY = date(1970, 1, 1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def moment(at: datetime) -> int:
    """Microseconds since the epoch of an aware datetime."""
    return (at - _EPOCH) // _MICROSECOND


def as_datetime(us: int) -> datetime:
    """The moment as an aware UTC datetime."""
    return _EPOCH + timedelta(microseconds=us)


def day_of(us: int) -> int:
    """The province's day in which the moment lies."""
    return (us + OFFSET_US) // DAY_US


def day_start(day: int) -> int:
    """The moment at which the province's day begins."""
    return day * DAY_US - OFFSET_US


def day_number(day: date) -> int:
    return day.toordinal() - EPOCH_DAY.toordinal()


def as_date(day: int) -> date:
    return date.fromordinal(EPOCH_DAY.toordinal() + day)


# How far into its day an end stands of which only the day is known: 00:00 is 24:00 of the day before, and would still
# keep a deadline of that day.
BARE_DAY_US = 1_000_000


def is_bare_day(us: int) -> bool:
    """Whether the moment is where an end stands of which only the day is known."""
    return us - day_start(day_of(us)) == BARE_DAY_US


def end_of(day: date) -> int:
    """24:00 of a calendar day in the province: what a deadline means that is only a date."""
    return day_start(day_number(day) + 1)
