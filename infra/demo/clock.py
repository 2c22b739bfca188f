"""Office hours of the simulated province: Monday to Friday, 7:30 to 11:30 and 13:00 to 17:00, without holidays."""

from datetime import datetime, time, timedelta

from schemas.province import ZONE

HALVES = ((time(7, 30), time(11, 30)), (time(13, 0), time(17, 0)))
SATURDAY = 5


def after(start: datetime, minutes: float) -> datetime:
    """The moment when that many minutes of office time have passed."""
    at, left = start.astimezone(ZONE), timedelta(minutes=minutes)
    while True:
        if at.weekday() < SATURDAY:
            for opens, closes in HALVES:
                begin = max(at, datetime.combine(at.date(), opens, ZONE))
                rest = datetime.combine(at.date(), closes, ZONE) - begin
                if rest <= timedelta():
                    continue
                if left <= rest:
                    return begin + left
                left -= rest
        at = datetime.combine(at.date() + timedelta(days=1), time(), ZONE)


def working_days_later(start: datetime, days: int) -> datetime:
    """The same hour so many working days later."""
    at = start.astimezone(ZONE)
    while days:
        at += timedelta(days=1)
        days -= at.weekday() < SATURDAY
    return at
