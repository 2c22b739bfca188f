"""Folds of ``ioc.platform``: measurements of systems, certificates, backups, milestones."""

from collections.abc import Sequence

from schemas.province import end_of, moment
from streams.entries.subjects import Told
from streams.folds.subject import SubjectState, Tally

SLOW_MS = 1_000
FULL_PERMILLE = 900


def system(facts: Sequence[Told]) -> SubjectState:
    """An hour of one system. Its standing is what the last look found: up, down, or up without numbers."""
    if not facts:
        return SubjectState()
    tally = Tally()
    last = facts[-1].data
    unit = next((fact.data.unit for fact in reversed(facts) if fact.data.unit), "")
    for fact in facts:
        data, at = fact.data, fact.time
        tally.add("looks", at)
        if not data.reachable:
            tally.add("unreachable", at)
        if data.requests:
            tally.add("requests", at, data.requests)
        if data.errors:
            tally.add("errors", at, data.errors)
        if data.latency_ms is not None:
            tally.add("timed", at)
            tally.add("latency_total", at, data.latency_ms)
            if data.latency_ms >= SLOW_MS:
                tally.add("slow", at)
        if data.capacity_permille is not None and data.capacity_permille >= FULL_PERMILLE:
            tally.add("full", at)
        if data.unreadable is not None:
            tally.add("unreadable", at)
    detail = {"latency_ms": last.latency_ms, "capacity_permille": last.capacity_permille}
    if last.unreadable is not None:
        detail["unreadable"] = last.unreadable
    return SubjectState(
        unit=unit,
        part=last.system,
        standing="down" if not last.reachable else "up" if last.unreadable is None else "unread",
        opened_at=facts[0].time,
        detail=detail,
        rows=tally.rows(unit, last.system),
    )


def certificate(facts: Sequence[Told]) -> SubjectState:
    """As it was last seen; its deadline is its end."""
    if not facts:
        return SubjectState()
    tally = Tally()
    last = facts[-1].data
    tally.add("seen", facts[0].time)
    return SubjectState(
        unit=last.unit or "",
        part=last.system,
        standing="held",
        opened_at=facts[0].time,
        due_at=moment(last.expires_at),
        rows=tally.rows(last.unit or "", last.system),
    )


def backup(facts: Sequence[Told]) -> SubjectState:
    """A month of one system's backups. Its standing is how the last one went."""
    if not facts:
        return SubjectState()
    tally = Tally()
    last = facts[-1].data
    for fact in facts:
        tally.add("made" if fact.data.ok else "failed", fact.time)
    return SubjectState(
        unit=last.unit or "",
        part=last.system,
        standing="ok" if last.ok else "failed",
        opened_at=facts[0].time,
        detail={"size_bytes": last.size_bytes},
        rows=tally.rows(last.unit or "", last.system),
    )


def milestone(facts: Sequence[Told]) -> SubjectState:
    """The last plan counts, until it is reached for the first time."""
    plans = [fact for fact in facts if fact.kind == "planned"]
    reached = [fact for fact in facts if fact.kind == "reached"]
    tally = Tally()
    plan = plans[-1].data if plans else None
    if plans:
        tally.add("planned", plans[0].time)
    if reached:
        tally.add("reached", reached[0].time)
    unit, part = (plan.unit or "", plan.system) if plan is not None else ("", "")
    return SubjectState(
        unit=unit,
        part=part,
        standing="reached" if reached else "open" if plans else "",
        title=plan.title if plan is not None else None,
        opened_at=plans[0].time if plans else None,
        due_at=end_of(plan.due_on) if plan is not None else None,
        ended_at=reached[0].time if reached else None,
        rows=tally.rows(unit, part),
    )
