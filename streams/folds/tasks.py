"""The fold of ``ioc.tasks``."""

from collections.abc import Sequence
from typing import Any

from schemas.province import end_of
from streams.entries.subjects import Told
from streams.folds.subject import SubjectState, Tally


def task(facts: Sequence[Told]) -> SubjectState:
    """The last assignment says whose it is. It ends by the first *done*, else by the first *cancelled*; what comes
    later never opens it again. The deadline is the last that was set before its end. What is said of a task that nobody
    was given counts for nobody, until it is."""
    first = {fact.kind: fact for fact in reversed(facts)}
    end = first.get("done") or first.get("cancelled")
    due_at = None
    blocked_by: str | None = None
    assignment: Any = None
    percent = 0
    tally = Tally()
    for fact in facts:
        over = end is not None and fact.time > end.time
        match fact.kind:
            case "assigned":
                assignment = fact.data
                if fact.data.due_on is not None and not over:
                    due_at = end_of(fact.data.due_on)
            case "extended":
                tally.add("extensions", fact.time)
                if not over:
                    due_at = end_of(fact.data.due_on)
            case "progressed":
                tally.add("reports", fact.time)
                percent = fact.data.percent
            case "blocked":
                blocked_by = fact.data.by
            case "unblocked":
                blocked_by = None
    if "assigned" in first:
        tally.add("assigned", first["assigned"].time)
    standing = "open" if assignment is not None else ""
    if end is not None:
        standing = end.kind
        tally.add(end.kind, end.time)
        if end.kind == "done" and due_at is not None:
            tally.add("done_late" if end.time > due_at else "done_on_time", end.time)
    elif standing and blocked_by is not None:
        standing = "blocked"
    unit, part = (assignment.unit, assignment.plan) if assignment is not None else ("", "")
    return SubjectState(
        unit=unit,
        part=part,
        standing=standing,
        title=assignment.title if assignment is not None else None,
        opened_at=first["assigned"].time if "assigned" in first else None,
        due_at=due_at,
        ended_at=end.time if end is not None else None,
        detail={
            "kind": str(assignment.kind) if assignment is not None else None,
            "percent": 100 if standing == "done" else percent,
            "blocked_by": blocked_by if standing == "blocked" else None,
        },
        rows=tally.rows(unit, part) if assignment is not None else (),
    )
