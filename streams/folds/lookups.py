"""Folds of what ``ioc.lookups`` says besides the look-ups themselves: the connection, and the province's limits."""

from collections.abc import Sequence

from streams.entries.subjects import Told
from streams.folds.subject import SubjectState, Tally


def connection(facts: Sequence[Told]) -> SubjectState:
    """Cut or up, as last said."""
    if not facts:
        return SubjectState()
    tally = Tally()
    for fact in facts:
        tally.add("cuts" if fact.kind == "cut" else "restorations", fact.time)
    last = facts[-1]
    return SubjectState(
        standing="cut" if last.kind == "cut" else "up",
        title=last.data.reason if last.kind == "cut" else None,
        opened_at=last.time,
        rows=tally.rows(),
    )


def limit(facts: Sequence[Told]) -> SubjectState:
    """The limit that was set last."""
    if not facts:
        return SubjectState()
    tally = Tally()
    last = facts[-1].data
    for fact in facts:
        tally.add("changes", fact.time)
    part = str(last.scope)
    return SubjectState(
        part=part,
        standing="set",
        opened_at=facts[-1].time,
        detail={"key": last.key, "window": str(last.window), "lookups": last.lookups},
        rows=tally.rows("", part),
    )
