"""Folds of ``ioc.outreach``: an activity, a course, and the staffing of a unit."""

from collections.abc import Sequence

from schemas.province import day_of
from streams.entries.subjects import Told
from streams.folds.subject import SubjectState, Tally


def activity(facts: Sequence[Told]) -> SubjectState:
    """The last statement about it counts."""
    if not facts:
        return SubjectState()
    last = facts[-1]
    tally = Tally()
    tally.add("held", last.time)
    if last.data.reached:
        tally.add("reached", last.time, last.data.reached)
    unit, part = last.data.unit, str(last.data.kind)
    return SubjectState(
        unit=unit,
        part=part,
        standing="held",
        title=last.data.title,
        opened_at=last.time,
        detail={"reached": last.data.reached},
        rows=tally.rows(unit, part),
    )


def training(facts: Sequence[Told]) -> SubjectState:
    """The last statement about it counts."""
    if not facts:
        return SubjectState()
    last = facts[-1]
    tally = Tally()
    tally.add("held", last.time)
    for counter in ("attended", "invited"):
        amount = getattr(last.data, counter)
        if amount:
            tally.add(counter, last.time, amount)
    unit, part = last.data.unit, last.data.course
    return SubjectState(
        unit=unit,
        part=part,
        standing="held",
        opened_at=last.time,
        detail={"attended": last.data.attended, "invited": last.data.invited},
        rows=tally.rows(unit, part),
    )


def staffing(facts: Sequence[Told]) -> SubjectState:
    """A month of one unit. Each day of a report has the levels of that day's last one."""
    if not facts:
        return SubjectState()
    of_day = {day_of(fact.time): fact.data for fact in facts}
    last = facts[-1].data
    names = ("staff", "trained", "it_staff")
    return SubjectState(
        unit=last.unit,
        standing="reported",
        opened_at=facts[0].time,
        detail={name: getattr(last, name) for name in names},
        rows=tuple(
            sorted((name, data.unit, "", day, getattr(data, name)) for day, data in of_day.items() for name in names)
        ),
    )
