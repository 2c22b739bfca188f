"""How long something took, and how late it is, in words."""

from datetime import datetime, timedelta

from dashboards.words import NB, age, day_of
from schemas.province import is_bare_day, moment


def span(begin: datetime, end: datetime) -> str:
    """From one moment to a later one, as :func:`age`; where only the day of the end is known, in days of the calendar,
    and a deadline of 24:00 belongs to the day that ends."""
    if not is_bare_day(moment(end)):
        return age(end - begin)
    days = (day_of(end) - day_of(begin)).days
    return f"{days}{NB}ngày" if days else f"trong{NB}ngày"


def late_by(due: datetime, end: datetime) -> str:
    """How late something is at ``end``."""
    return span(due - timedelta(microseconds=1), end)
