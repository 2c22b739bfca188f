"""When a source works: its own hours, on the days of the working calendar. Pure.

Outside them its age says nothing. Holidays, swapped days and half days are the calendar's; what it does not name is as
the source's weekdays say. A source of all seven weekdays is never closed for a holiday.
"""

from datetime import date, datetime, time, timedelta

from dashboards.settings import Feed
from schemas.province import ZONE, day_number
from schemas.rules.worktime import HOUR_US, WorkTime

Hours = tuple[datetime, datetime]
DAY = timedelta(days=1)
NOON_US = 12 * HOUR_US


def hours_on(feed: Feed, day: date, work: WorkTime | None) -> Hours | None:
    """From when to when it works on the day; ``None`` where it does not. Without a calendar weekdays decide."""
    opens = datetime.combine(day, feed.opens, tzinfo=ZONE)
    closes = datetime.combine(day + DAY if feed.closes == time(0) else day, feed.closes, tzinfo=ZONE)
    number = day_number(day)
    if work is None or len(feed.weekdays) == 7 or not work.names(number):
        return (opens, closes) if day.weekday() in feed.weekdays else None
    if not work.is_working(number):
        return None
    sessions = work.sessions_on(number)
    if len(sessions) == 1:  # half a day: the other half is cut off
        start, end = sessions[0]
        if end <= NOON_US:
            closes = min(closes, _moment(day, end))
        else:
            opens = max(opens, _moment(day, start))
    return (opens, closes) if opens < closes else None


def hours_between(feed: Feed, start: datetime, end: datetime, work: WorkTime | None) -> timedelta:
    """How much of the source's own hours lies between two moments."""
    total, day, last = timedelta(), start.astimezone(ZONE).date(), end.astimezone(ZONE).date()
    most = max(31 * DAY, feed.bound + 7 * DAY)
    if end - start > most:  # it is silent by any bound; do not walk years of days
        day = (end - most).astimezone(ZONE).date()
    while day <= last:
        if (hours := hours_on(feed, day, work)) is not None:
            opens, closes = hours
            total += max(min(closes, end) - max(opens, start), timedelta())
        day += DAY
    return total


def day_of_hours(feed: Feed) -> timedelta:
    """How long a whole day of its hours is."""
    opens, closes = (timedelta(hours=at.hour, minutes=at.minute, seconds=at.second) for at in (feed.opens, feed.closes))
    return (closes or DAY) - opens


def waited(feed: Feed, received_at: datetime, as_of: datetime, work: WorkTime | None) -> timedelta:
    """How much of its own hours has passed since its last record. Once it has closed, what was quiet of its ``tail`` is
    not missed: it counts from when it opens next."""
    hours = hours_on(feed, received_at.astimezone(ZONE).date(), work)
    closes = hours[1] if hours is not None else received_at
    tapered = closes <= as_of and closes - received_at <= feed.tail and not open_at(feed, closes, work)
    return hours_between(feed, max(closes, received_at) if tapered else received_at, as_of, work)


def open_at(feed: Feed, moment: datetime, work: WorkTime | None) -> bool:
    hours = hours_on(feed, moment.astimezone(ZONE).date(), work)
    return hours is not None and hours[0] <= moment < hours[1]


def works_on(work: WorkTime | None, day: date) -> bool:
    """Whether the day is a working day of the offices; without a calendar its weekday says."""
    return day.weekday() < 5 if work is None else work.is_working(day_number(day))


def _moment(day: date, since_midnight_us: int) -> datetime:
    return datetime.combine(day, time(0), tzinfo=ZONE) + timedelta(microseconds=since_midnight_us)
