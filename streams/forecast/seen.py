"""What is known of one open case at one moment, and what became of it. Pure.

The moments that a forecast learns from are the mornings on which a case was open, each with only those events that had
happened by then, folded by the product's own rules. So a case that has lain long at its step is compared with cases
that had lain as long, never with all that ever came to that step.
"""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from schemas.history import Entry
from schemas.province import DAY_US, day_of, day_start
from schemas.rules.in_force import Rules
from schemas.rules.waiting import OFFICE
from schemas.rules.worktime import HOUR_US, WorkTime
from schemas.state import CaseState
from streams.folds.cases import fold

MORNING_US = 7 * HOUR_US  # before offices open: a forecast is for the day that begins
DAY_OF_WORK_US = 8 * HOUR_US  # a working day, where a time has to be told in days
# What brings a case to where it is now.
MOVES = frozenset(("accepted", "step", "supplement_requested", "supplement_received", "suspended", "resumed"))


IN_TIME = 0.999999  # the last place before the deadline
AHEAD_DAYS = 2  # working days before its deadline: there is time to act still


class DueBy(StrEnum):
    """By which reading a deadline is meant: the appointment, by which the screens count, or one of the two in
    :mod:`schemas.rules.deadlines`."""

    APPOINTMENT = "appointment"
    DECREE_61 = "61"
    DECISION_766 = "766"


class Seen(NamedTuple):
    """An open case at a moment. Times are microseconds of working time: ``used`` since its acceptance, ``there`` since
    its last move, ``allowed`` from the acceptance to the deadline, ``left`` to the deadline. ``step`` is the name of
    the last step, or for whom the case waits where that is not the office. ``due`` is a moment."""

    unit: str
    procedure: str
    step: str
    steps: int
    used: int
    there: int
    allowed: int
    left: int
    due: int

    def share(self, worked: int) -> float:
        """A working time as a share of the time that the case was promised."""
        return worked / self.allowed

    def place(self, worked: int) -> float:
        """Where a working time from now on lies: from 0, now, to 1, the deadline, in shares of what is left; behind it
        in shares of what was promised. So the deadline is the same place for every case."""
        if worked < self.left:
            return worked / self.left
        return 1.0 + (worked - self.left) / self.allowed

    def worked_to(self, place: float) -> float:
        """The working time up to a place: the inverse of :meth:`place`."""
        return place * self.left if place < 1.0 else self.left + (place - 1.0) * self.allowed


class Example(NamedTuple):
    """A case on a morning ``at`` and what is known of it by now: how much it was worked on ``after`` that morning,
    ``until`` it ``ended`` or, where it has not, until now. ``late``: the product's verdict, ``None`` while there is
    none."""

    seen: Seen
    at: int
    after: int
    until: int
    ended: bool
    late: bool | None

    @property
    def place(self) -> float:
        """Where the end lies (:meth:`Seen.place`), on the side of the deadline that the verdict says: also where no
        work lies between, and where the deadline was another in the end. Without a verdict none was passed yet."""
        place = self.seen.place(self.after)
        return max(place, 1.0) if self.late else min(place, IN_TIME)

    def as_of(self, moment: int, work: WorkTime) -> "Example":
        """What was known of it at an earlier moment, which lies behind its morning."""
        if self.until <= moment:
            return self
        late = True if self.seen.due < moment else None
        return self._replace(after=work.time_between(self.at, moment), until=moment, ended=False, late=late)


class KnownHistory(NamedTuple):
    """What an open case has come to by the events that were known, whatever the hour."""

    state: CaseState
    step: str
    steps: int
    moved_at: int


def known(subject: str, entries: Sequence[Entry], rules: Rules) -> KnownHistory | None:
    """``None`` where the case is not open, or no deadline stands that it could miss."""
    state = fold(subject, entries, rules)
    if state.accepted_at is None or state.ended_at is not None or state.due_at is None:
        return None
    step, moved_at = "", state.accepted_at
    for entry in entries:
        if entry.kind in MOVES and entry.time >= moved_at:
            moved_at = entry.time
            if entry.kind == "step":
                step = entry.data.name or ""
    if state.waits_for is not None and state.waits_for != OFFICE:
        step = state.waits_for
    return KnownHistory(state, step, sum(flow[3] for flow in state.flows if flow[0] == "steps"), moved_at)


def seen_at(case: KnownHistory, at: int, work: WorkTime, by: DueBy = DueBy.APPOINTMENT) -> Seen | None:
    """The case at a moment; ``None`` once its deadline has passed, or by that reading the case has ended or is late
    whatever comes: nothing is left to say."""
    state = case.state
    accepted, due, settled = state.accepted_at, _due(state, by), by is DueBy.DECISION_766 and _settled_766(state)
    if accepted is None or due is None or due <= at or settled:
        return None
    allowed = max(work.time_between(accepted, due), HOUR_US)
    used, there = work.time_between(accepted, at), work.time_between(case.moved_at, at)
    left = work.time_between(at, due)
    return Seen(state.unit, state.procedure, case.step, case.steps, used, there, allowed, left, due)


def _due(state: CaseState, by: DueBy) -> int | None:
    if by is DueBy.APPOINTMENT:
        return state.due_at
    return state.due_61 if by is DueBy.DECREE_61 else state.due_766


def _settled_766(state: CaseState) -> bool:
    return state.ended_766 is not None or bool(state.late_766)


def morning_of(day: int) -> int:
    return day_start(day) + MORNING_US


def examples(
    subject: str, entries: Sequence[Entry], rules: Rules, until: int, by: DueBy = DueBy.APPOINTMENT
) -> Iterator[Example]:
    """Every working morning on which the case was open with its deadline ahead. ``entries`` are all that is known of it
    at ``until``, in order; none is later."""
    for mornings in examples_by(subject, entries, rules, until, (by,)):
        yield from mornings.values()


def examples_by(
    subject: str, entries: Sequence[Entry], rules: Rules, until: int, readings: Sequence[DueBy] = tuple(DueBy)
) -> Iterator[dict[DueBy, Example]]:
    """Of every working morning on which the case was open what can be learned by each of the readings."""
    last = fold(subject, entries, rules)
    if last.accepted_at is None:
        return
    finish = last.ended_at if last.ended_at is not None else until
    ends = {by: _end(last, by) for by in readings}
    late = {by: verdict(last, until, by) for by in readings}
    case: KnownHistory | None = None
    taken = 0
    for day in range(day_of(last.accepted_at + DAY_US - MORNING_US - 1), day_of(finish) + 1):
        at = morning_of(day)
        if at < last.accepted_at or at >= finish or not rules.work.is_working(day):
            continue
        reached = taken
        while reached < len(entries) and entries[reached].time <= at:
            reached += 1
        if reached != taken:
            taken, case = reached, known(subject, entries[:reached], rules)
        found: dict[DueBy, Example] = {}
        for by in readings if case is not None else ():
            seen, end = seen_at(case, at, rules.work, by), ends[by]  # type: ignore[arg-type]
            if seen is None or (end is not None and end <= at):
                continue
            stop = until if end is None else end
            one = Example(seen, at, rules.work.time_between(at, stop), stop, end is not None, late[by])
            found[by] = next((other for other in found.values() if other == one), one)  # kept once
        if found:
            yield found


def _end(state: CaseState, by: DueBy) -> int | None:
    return state.ended_766 if by is DueBy.DECISION_766 else state.ended_at


def verdict(state: CaseState, now: int, by: DueBy = DueBy.APPOINTMENT) -> bool | None:
    """Whether the case has missed its deadline, by the one that stood in the end; ``None`` while it can still do
    either. An end of any kind keeps a deadline: what was withdrawn in time is not late."""
    if by is DueBy.DECISION_766 and state.late_766 is not None:
        return state.late_766
    due, end = _due(state, by), _end(state, by)
    if due is None:
        return None
    if end is not None:
        return end > due
    return True if now > due else None


def days_before(due: int, working_days: int, work: WorkTime) -> int:
    """The working day that lies so many working days before that of the deadline."""
    last = day_of(due - 1)
    day = last - working_days
    while work.days_between(day, last) < working_days or not work.is_working(day):
        day -= 1
    return day
