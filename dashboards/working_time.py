"""The working calendar as it is loaded, held for the process as the names of units are: lateness is written in pure
functions of every screen. :mod:`dashboards.background_reads` keeps it fresh."""

from datetime import datetime
from functools import cache

from schemas.province import day_of, moment
from schemas.rules.worktime import MINUTE_US, WorkTime

_held: WorkTime | None = None


def hold(work: WorkTime | None) -> None:
    """This from now on; of ``None`` every Monday to Friday is worked, and hours are not known."""
    global _held
    _held = work


def has_hours() -> bool:
    return _work().has_hours


def minutes(begin: datetime, end: datetime) -> int:
    """Whole minutes worked between two moments; 0 where hours are not known."""
    return _work().time_between(moment(begin), moment(end)) // MINUTE_US


def days(begin: datetime, end: datetime) -> int:
    """Working days after the day of the first moment, up to and with that of the second."""
    return _work().days_between(day_of(moment(begin)), day_of(moment(end)))


def _work() -> WorkTime:
    return _held or _weekdays()


@cache
def _weekdays() -> WorkTime:
    return WorkTime()
