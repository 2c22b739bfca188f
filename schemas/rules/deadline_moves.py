"""How a deadline moves: by what was waited, or by beginning again. Pure.

A deadline that is a day (24:00 in the province) moves by working days, one with an hour by working hours. Both readings
of the deadline and the split of lateness move it here, so they cannot disagree about what was waited.
"""

from collections.abc import Iterable

from schemas.province import DAY_US, OFFSET_US, day_of, day_start
from schemas.rules.in_force import RuleSet
from schemas.rules.worktime import WorkTime

Span = tuple[int, int]  # from, to: microseconds


def is_day(due: int) -> bool:
    """Whether the deadline is a day: 24:00 in the province."""
    return (due + OFFSET_US) % DAY_US == 0


def later(due: int, waits: Iterable[Span], work: WorkTime) -> int:
    """The deadline, later by what was waited."""
    for start, end in waits:
        if is_day(due):
            due = day_start(work.add_days(day_of(due - 1), work.days_between(day_of(start), day_of(end))) + 1)
        else:
            due = work.add_time(due, work.time_between(start, end))
    return due


def taken_on(at: int, rules: RuleSet, work: WorkTime) -> int:
    """The day from which the days of a file taken at the moment count, itself not counted."""
    day = day_of(at)
    if rules.day_off_counts_from_next_day == 0 and not work.is_working(day):
        return day
    return work.taken_on(at, rules.next_day_after)


def end_of(day: int, working_days: int, work: WorkTime) -> int:
    """24:00 of the last of so many working days after the day."""
    return day_start(work.add_days(day, working_days) + 1)


def span(at: int, due: int, rules: RuleSet, work: WorkTime) -> int:
    """What a file taken at the moment has: working days up to a deadline that is a day, else working time."""
    day = taken_on(at, rules, work)
    if is_day(due):
        return work.days_between(day, day_of(due - 1))
    return work.time_between(_from(at, day), due)


def again(at: int, due: int, given: int, amount: int, rules: RuleSet, work: WorkTime) -> int:
    """The deadline ``due`` when what was given first, so many days or so much working time, begins again at the moment:
    a day where that was one, else with an hour."""
    day = taken_on(at, rules, work)
    if is_day(given):
        return end_of(day, amount, work)
    return work.add_time(_from(at, day), amount) if work.has_hours else due


def off_days_off(due: int, rules: RuleSet, work: WorkTime) -> int:
    """The deadline, at the end of the next working day where it lies on a day off and the rule says so."""
    last = day_of(due - 1)
    return end_of(last, 1, work) if rules.due_on_day_off_moves and not work.is_working(last) else due


def _from(at: int, day: int) -> int:
    return at if day == day_of(at) else day_start(day)
