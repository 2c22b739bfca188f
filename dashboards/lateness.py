"""How long something took, and how late it is, in words: in working days and hours, as deadlines are set."""

from datetime import datetime, timedelta
from typing import NamedTuple

from dashboards import working_time
from dashboards.readers.cases import StoredCase
from dashboards.words import NB, number, worked
from schemas.province import is_bare_day, moment
from schemas.state import DONE_KINDS

NOTE = f"trễ tính theo giờ làm việc, 1{NB}ngày là 8{NB}giờ"


class Judged(NamedTuple):
    """What a counter's reading says of a case: its deadline, whether it is late, and by how much."""

    due: datetime | None
    late: bool = False
    words: str = ""


def lasted(begin: datetime, end: datetime) -> str:
    """From one moment to a later one; in whole days where only the day of the end is known, or no hours are."""
    if is_bare_day(moment(end)) or not working_time.has_hours():
        days = working_time.days(begin, end)
        return f"{number(days)}{NB}ngày" if days else f"chưa tới 1{NB}ngày"
    minutes = working_time.minutes(begin, end)
    return worked(minutes) if minutes else f"chưa tới 1{NB}phút"


def late_by(due: datetime, end: datetime) -> str:
    """How late something is at ``end``; a deadline of 24:00 belongs to the day that ends."""
    return lasted(due - timedelta(microseconds=1), end)


def judged(case: StoredCase, now: datetime, counter: str = "") -> Judged:
    """By the reading of the counter, as its figure counts: a refused, stopped or withdrawn case is neither late nor in
    time by its appointment, and one that was never accepted is not overdue."""
    if case.voided_at is not None or case.oversized:
        return Judged(None)
    if counter.endswith("_766"):
        return _judged_766(case, now)
    due = case.due_61 if counter.endswith("_61") else case.due_at
    end = case.ended_at if case.end_kind in DONE_KINDS else now if case.open else None
    return _past(due, end)


def _judged_766(case: StoredCase, now: datetime) -> Judged:
    """More than one request for supplements is late whatever the deadline; one that is open is the end."""
    said = _past(case.due_766, case.ended_766 or (now if case.open else None))
    if not case.late_766 or said.late:
        return said
    return Judged(case.due_766, True, f"bổ sung {case.supplement_requests}{NB}lần")


def _past(due: datetime | None, end: datetime | None) -> Judged:
    late = due is not None and end is not None and end > due
    return Judged(due, late, late_by(due, end) if late and due is not None and end is not None else "")
