"""Folds of ``ioc.datasets``: measurements of data sets, and campaigns."""

from collections.abc import Sequence

from schemas.datasets import CHECKS
from schemas.province import day_of, end_of
from streams.entries.subjects import Told
from streams.folds.subject import Row, SubjectState, Tally


def dataset(facts: Sequence[Told]) -> SubjectState:
    """A month of one data set. Each day on which it was measured has the levels of that day's last measurement."""
    if not facts:
        return SubjectState()
    tally = Tally()
    of_day = {day_of(fact.time): fact.data for fact in facts}  # the last one of a day stays
    rows: list[Row] = []
    for day, data in of_day.items():
        levels = {"records": data.records, **{name: getattr(data, name) for name in CHECKS}}
        levels["shared"] = data.records if data.shared else 0
        rows += [(counter, data.unit, data.sector, day, amount) for counter, amount in levels.items()]
    for fact in facts:
        tally.add("measurements", fact.time, unit=fact.data.unit, part=fact.data.sector)
    last = facts[-1].data
    return SubjectState(
        unit=last.unit,
        part=last.sector,
        standing="shared" if last.shared else "held",
        opened_at=facts[0].time,
        detail={"records": last.records, **{name: getattr(last, name) for name in CHECKS}, "shared": last.shared},
        rows=(*rows, *tally.rows()),
    )


def campaign(facts: Sequence[Told]) -> SubjectState:
    """The last plan counts, and the last progress; it is running from its plan until it ends. Without a plan nothing is
    counted."""
    plans = [fact for fact in facts if fact.kind == "planned"]
    ends = [fact for fact in facts if fact.kind == "ended"]
    progress = [fact.data.done for fact in facts if fact.kind == "progressed"]
    tally = Tally()
    plan = plans[-1].data if plans else None
    if plans:
        tally.add("planned", plans[0].time)
    if ends:
        tally.add("ended", ends[0].time)
    unit, part = (plan.unit, plan.sector) if plan is not None else ("", "")
    return SubjectState(
        unit=unit,
        part=part,
        standing="ended" if ends else "running" if plans else "",
        title=plan.title if plan is not None else None,
        opened_at=plans[0].time if plans else None,
        due_at=end_of(plan.due_on) if plan is not None else None,
        ended_at=ends[0].time if ends else None,
        detail={"planned": plan.planned if plan is not None else None, "done": progress[-1] if progress else 0},
        rows=tally.rows(unit, part) if plan is not None else (),
    )
