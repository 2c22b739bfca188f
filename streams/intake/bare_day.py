"""A day without a time is that day: where the event of one stands, and what a deadline means that is one.

The one place that decides it, for logs, tables, templates, sync messages and exports: a deadline ends with its day, an
end lies within it and is late when its day is after the deadline's, everything else begins it. 00:00:00 in the
province says no time: programs and spreadsheets write it where they hold a day (inference).
"""

from datetime import date

from schemas.province import BARE_DAY_US, DAY_US, as_date, day_of, day_start
from schemas.state import DONE_KINDS, END_KINDS
from streams.intake.moments import Moment

DONE = frozenset(
    (
        *(f"case.{kind}.v1" for kind in DONE_KINDS),
        *("task.done.v1", "petition.answered.v1", "campaign.ended.v1", "milestone.reached.v1"),
    )
)
ENDS = DONE | {"task.cancelled.v1", *(f"case.{kind}.v1" for kind in END_KINDS)}
BEGINS = frozenset(
    ("case.accepted.v1", "task.assigned.v1", "petition.received.v1", "campaign.planned.v1", "milestone.planned.v1")
)
TOO_EARLY = "before_acceptance"  # a remark: the event is taken
DEADLINES = frozenset(("due_at", "expires_at"))  # fields of a moment by which something must be


def day(at: Moment) -> date | None:
    """The day that was written, where it is no more than that."""
    if at.day is not None:
        return at.day
    number = day_of(at.us)
    return as_date(number) if at.us == day_start(number) else None


def happened(at: Moment, type_: str, since: Moment | None = None) -> Moment:
    """When an event of this type happened of which this was written; ``since`` is when the thing it ends began, as far
    as it is known: on its own day an end does not lie before it."""
    if type_ not in ENDS or day(at) is None:
        return at
    us = at.us + BARE_DAY_US
    if since is not None and day(since) is None and day_of(since.us) == day_of(us):
        us = max(us, since.us)
    return Moment(us)


def too_early(at: Moment, type_: str, since: Moment | None) -> bool:
    """Whether this was done before what it ends began, which one of the two dates must be wrong for. A bare day is
    before no moment of itself; a refusal or a withdrawal may come before the acceptance."""
    if since is None or type_ not in DONE:
        return False
    if day(at) is not None or day(since) is not None:
        return day_of(at.us) < day_of(since.us)
    return at.us < since.us


def due(at: Moment | None) -> dict[str, str]:
    """The deadline as events of the contract say it: ``due_on`` or ``due_at``; nothing where there is none."""
    if at is None:
        return {}
    on = day(at)
    return {"due_at": at.text} if on is None else {"due_on": on.isoformat()}


def until(at: Moment) -> Moment:
    """A moment by which something must be: 24:00 of a bare day."""
    return at if day(at) is None else Moment(at.us + DAY_US)
