"""What was not done as the law says, where that takes more than a count. Pure; docs/rules.md has the articles."""

from collections.abc import Iterable

from schemas.history import EntryData
from schemas.province import day_of
from schemas.rules.deadline_moves import Span
from schemas.rules.in_force import RuleSet
from schemas.rules.worktime import HOUR_US, WorkTime


def letter_missing(data: EntryData, due: int | None, rules: RuleSet, work: WorkTime) -> bool:
    """Of a new appointment: its letter of apology is known to be missing, or to have gone out too late before the
    deadline that stands. Where the source says nothing of a letter, or no deadline runs, nothing is known."""
    before = rules.apology_days_before
    if before is None:
        return False
    if data.apology is False:
        return True
    if data.apology_at is None or due is None:
        return False
    sent, last = day_of(data.apology_at), day_of(due - 1)
    if rules.apology_in_working_days:
        return work.days_between(sent, last) < before
    return sent > last - before


def accepted_late(submitted: int, accepted: int, early: Iterable[Span], rules: RuleSet, work: WorkTime) -> bool:
    """Of an online case: its acceptance took longer than allowed. ``early``: when the citizen had the file before."""
    hours = rules.online_acceptance_hours
    if hours is None:
        return False
    took = work.time_between(submitted, accepted)
    if rules.supplement_stops_acceptance:
        took -= sum(work.time_between(max(start, submitted), min(end, accepted)) for start, end in early)
    return took > hours * HOUR_US
