"""Both readings of a case's deadline, and what was not done as the law says. Pure.

*Nghị định 61/2018*: the deadline starts again when the file is complete (Điều 19(4)), and moves by one new appointment
at most (19(9)). *Quyết định 766/QĐ-TTg* as it is counted (domain.md 1.3, second-hand): the appointment that stands,
with the time of waiting for supplements subtracted; more than one request counts as overdue; one open request is the
end.

A deadline that is a day (24:00 in the province) moves by working days, one with an hour by working hours. Without
working hours, or where no rule is in force on the day, nothing moves and nothing is a breach.
"""

from collections.abc import Sequence
from typing import NamedTuple

from schemas.history import Entry
from schemas.province import DAY_US, OFFSET_US, day_of, day_start
from schemas.rules.sets import Rules, RuleSet
from schemas.rules.worktime import HOUR_US

TOLD = frozenset(("accepted", "supplement_requested", "supplement_received", "extended", "resumed", "refused"))
ONLINE = "online"

Breach = tuple[str, int]  # (counter, moment)


class Life(NamedTuple):
    """What the fold has found of the case so far. Moments in microseconds."""

    procedure: str
    channel: str
    submitted_at: int | None
    accepted_at: int | None
    ended_at: int | None
    end_kind: str | None


class Deadlines(NamedTuple):
    """``due_61``, ``due_766``: the deadline by each reading; where no appointment was given, by the procedure's maximum
    time. ``ended_766``: the end by that reading. ``late_766``: its verdict on an ended case, ``None`` where there is
    none; of one that has not ended only ``True``, where it counts as overdue whatever comes. ``set_at``: when the
    standing appointment was given. ``last``: the latest moment that any of it looked at."""

    due_61: int | None = None
    due_766: int | None = None
    ended_766: int | None = None
    late_766: bool | None = None
    requests: int = 0
    breaches: tuple[Breach, ...] = ()
    set_at: int | None = None
    last: int | None = None


def judge(told: Sequence[Entry], life: Life, rules: Rules) -> Deadlines:
    """From the facts that stand, in order. What comes after the end moves nothing, except an acceptance."""
    case = _Case(life, rules)
    for entry in told:
        if entry.kind not in TOLD:
            continue
        after_end = life.ended_at is not None and entry.time > life.ended_at
        if entry.kind == "accepted":
            case.accepted(entry)
        elif not after_end:
            _STEPS[entry.kind](case, entry)
    return case.judged()


class _Case:
    """One case while its facts are told."""

    def __init__(self, life: Life, rules: Rules) -> None:
        self.life = life
        self.rules = rules
        self.due: int | None = None  # the appointment that stands
        self.due_61: int | None = None
        self.set_at: int | None = None
        self.begun: int | None = None  # the acceptance with which the clock began
        self.given: tuple[int, int] | None = None  # when the deadline to begin again with was given, and which it was
        self.requests = self.extensions = 0
        self.counted = False  # more requests than Quyết định 766 allows before overdue
        self.asked_at: int | None = None
        self.waits: list[tuple[int, int]] = []  # which the standing appointment did not know of
        self.breaches: list[Breach] = []
        self.last: int | None = None

    def accepted(self, entry: Entry) -> None:
        first = self.begun is None
        if first:
            self.begun = entry.time
            self._accepted_in_time(entry)
        given = entry.data.due
        if given is not None:
            self._appoint(given, entry.time)
        elif first and self.due is None:
            self._appoint(self._by_limit(entry.time), entry.time)
        if self.due is not None and (given is not None or first):
            self.due_61 = self.due
            self.given = (entry.time, self.due)

    def requested(self, entry: Entry) -> None:
        self.requests += 1
        rules = self._on(entry)
        if _more(self.requests, rules.supplement_requests_allowed):
            self.breaches.append(("repeated_supplements", entry.time))
        if _more(self.requests, rules.supplement_requests_before_overdue):
            self.counted = True
        if self.asked_at is None:
            self.asked_at = entry.time

    def received(self, entry: Entry) -> None:
        asked, self.asked_at = self.asked_at, None
        if entry.data.due is not None:
            self._appoint(entry.data.due, entry.time)
            self.due_61 = self.due
            return
        if asked is None or self.begun is None:
            return
        rules = self._on(entry)
        if rules.waiting_is_subtracted:
            self.waits.append((max(asked, self.begun, self.set_at or asked), entry.time))
        if rules.supplement_restarts_deadline and self.due_61 is not None and self.given is not None:
            self.due_61 = self._begin_again(entry.time, self.due_61, self._span(*self.given), rules)

    def extended(self, entry: Entry) -> None:
        rules, data = self._on(entry), entry.data
        self.extensions += 1
        too_often = _more(self.extensions, rules.extensions_allowed)
        if too_often:
            self.breaches.append(("second_extensions", entry.time))
        if rules.apology_days_before is not None and self._apology_missing(entry, rules.apology_days_before):
            self.breaches.append(("extensions_without_letter", entry.time))
        if data.due is not None:
            self._appoint(data.due, entry.time)
            if not too_often:
                self.due_61 = data.due

    def resumed(self, entry: Entry) -> None:
        if entry.data.due is not None:
            self._appoint(entry.data.due, entry.time)
            self.due_61 = self.due

    def refused(self, entry: Entry) -> None:
        if self._on(entry).refusal_needs_reason and entry.data.reason_given is False:
            self.breaches.append(("refused_without_reason", entry.time))

    def judged(self) -> Deadlines:
        due = self._subtracted()
        ended = self._ended_766()
        late = None
        if self.counted:
            late = True
        elif ended is not None and due is not None:
            late = ended > due
        return Deadlines(self.due_61, due, ended, late, self.requests, tuple(self.breaches), self.set_at, self.last)

    def _ended_766(self) -> int | None:
        life = self.life
        if life.ended_at is not None:
            return life.ended_at if life.end_kind != "withdrawn" or life.accepted_at is not None else None
        if self.asked_at is None or self.begun is None or self.requests != 1:
            return None
        return self.asked_at if self.rules.sets.on(day_of(self.asked_at)).open_request_is_the_end else None

    def _subtracted(self) -> int | None:
        """The appointment, later by the time of waiting for supplements that it did not know of."""
        due, work = self.due, self.rules.work
        for start, end in self.waits:
            if due is None:
                break
            if _is_day(due):
                due = day_start(work.add_days(day_of(due - 1), work.days_between(day_of(start), day_of(end))) + 1)
            else:
                due = work.add_time(due, work.time_between(start, end))
            self._looked(due)
        return due

    def _appoint(self, due: int | None, at: int) -> None:
        self.due, self.set_at = due, at
        self.waits.clear()
        self._looked(due)

    def _by_limit(self, at: int) -> int | None:
        day = day_of(at)
        days = self.rules.limits.on(self.life.procedure, day)
        if days is None:
            return None
        work = self.rules.work
        taken = work.taken_on(at, self.rules.sets.on(day).next_day_after)
        return day_start(work.add_days(taken, days) + 1)

    def _span(self, at: int, due: int) -> int:
        """Working days up to a deadline that is a day, working time up to one with an hour."""
        work, after = self.rules.work, self.rules.sets.on(day_of(at)).next_day_after
        if _is_day(due):
            return work.days_between(work.taken_on(at, after), day_of(due - 1))
        return work.time_between(work.counts_from(at, after), due)

    def _begin_again(self, at: int, due: int, span: int, rules: RuleSet) -> int:
        work = self.rules.work
        if _is_day(due):
            due = day_start(work.add_days(work.taken_on(at, rules.next_day_after), span) + 1)
        elif work.has_hours:
            due = work.add_time(work.counts_from(at, rules.next_day_after), span)
        self._looked(due)
        return due

    def _accepted_in_time(self, entry: Entry) -> None:
        hours, submitted = self._on(entry).online_acceptance_hours, self.life.submitted_at
        if hours is None or submitted is None or self.life.channel != ONLINE:
            return
        if self.rules.work.time_between(submitted, entry.time) > hours * HOUR_US:
            self.breaches.append(("accepted_late", entry.time))

    def _apology_missing(self, entry: Entry, days_before: int) -> bool:
        """Known to be missing or late; where the source says nothing of a letter nothing is known."""
        if entry.data.apology is False:
            return True
        sent, due = entry.data.apology_at, self.due
        return sent is not None and due is not None and day_of(sent) > day_of(due - 1) - days_before

    def _on(self, entry: Entry) -> RuleSet:
        return self.rules.sets.on(day_of(entry.time))

    def _looked(self, at: int | None) -> None:
        if at is not None and (self.last is None or at > self.last):
            self.last = at


_STEPS = {
    "supplement_requested": _Case.requested,
    "supplement_received": _Case.received,
    "extended": _Case.extended,
    "resumed": _Case.resumed,
    "refused": _Case.refused,
}


def _is_day(due: int) -> bool:
    """Whether the deadline is a day: 24:00 in the province."""
    return (due + OFFSET_US) % DAY_US == 0


def _more(count: int, allowed: int | None) -> bool:
    return allowed is not None and count > allowed
