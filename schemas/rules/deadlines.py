"""Both readings of a case's deadline, and what was not done as the law says. Pure.

*Nghị định 61/2018*: the deadline starts again when the file is complete (Điều 19(4)), and moves by one new appointment
at most (19(9)). *Quyết định 766/QĐ-TTg* as it is counted (domain.md 1.3, second-hand): the appointment that stands,
with the time of waiting for supplements subtracted; more than one request counts as overdue; one open request is the
end. Who waits for supplements is said once, for these and for the split of lateness (:func:`waiting.asks`).

How a deadline moves: :mod:`schemas.rules.deadline_moves`. Without working hours, or where no rule is in force then,
nothing moves and nothing is a breach.
"""

from collections.abc import Sequence

from schemas.history import Entry
from schemas.province import day_of
from schemas.rules import deadline_moves
from schemas.rules.breaches import accepted_late, letter_missing
from schemas.rules.deadline_moves import Span
from schemas.rules.in_force import Rules, RuleSet
from schemas.rules.verdicts import Breach, Deadlines, Life, Move
from schemas.rules.waiting import asks

ONLINE = "online"


def judge(told: Sequence[Entry], life: Life, rules: Rules) -> Deadlines:
    """From the facts that stand, in order. What comes after the end moves nothing, except an acceptance."""
    case, ended_at = _Case(life, rules), life.ended_at
    for entry in told:
        kind = entry.kind
        if kind in _STEPS and (ended_at is None or entry.time <= ended_at or kind == "accepted"):
            _STEPS[kind](case, entry)
    return case.judged()


class _Case:
    """One case while its facts are told."""

    due: int | None = None  # the appointment that stands, as Quyết định 766 is counted
    due_61: int | None = None
    given_61: int | None = None  # the last appointment that moved it: it never begins again before that
    appointed_at: int | None = None  # when ``due`` was given
    set_at: int | None = None  # when the source gave its last appointment, whether it moves these or not
    begun: int | None = None  # the acceptance with which the clock began
    given: tuple[int, int] | None = None  # when the deadline to begin again with was given, and which it was
    requests = extensions = 0
    counted = False  # more requests than Quyết định 766 allows before overdue
    asked_at: int | None = None
    last: int | None = None

    def __init__(self, life: Life, rules: Rules) -> None:
        self.life = life
        self.rules = rules
        self.early: list[Span] = []  # waited before the acceptance
        self.waits: list[Span] = []  # which the standing appointment did not know of
        self.breaches: list[Breach] = []
        self.moves: list[Move] = []
        self.silent: set[str] = set()

    def accepted(self, entry: Entry) -> None:
        first = self.begun is None
        if first:
            if self.asked_at is not None:  # only a complete file is accepted
                self.early.append((self.asked_at, entry.time))
                self.asked_at = None
            self.begun = entry.time
            submitted = self.life.submitted_at if self.life.channel == ONLINE else None
            if submitted is not None:
                if self.early:
                    self.silent.add("supplement_stops_acceptance")
                if accepted_late(submitted, entry.time, self.early, self._on(entry), self.rules.work):
                    self.breaches.append(("accepted_late", entry.time))
        given = entry.data.due
        if given is None and first and self.due is None:
            self._appoint(self._by_limit(entry.time), entry)
        elif given is not None:
            self._appoint(given, entry)
        if self.due is not None and (given is not None or first):
            self._appoint_61(self.due)
            self.given = (entry.time, self.due)
            self._note("limit" if given is None else "accepted", entry.time)

    def requested(self, entry: Entry) -> None:
        self.requests += 1
        rules = self._on(entry)
        if _more(self.requests, rules.supplement_requests_allowed):
            self.breaches.append(("repeated_supplements", entry.time))
        if _more(self.requests, rules.supplement_requests_before_overdue):
            self.counted = True
        if self.requests == 1 and self.begun is not None:
            taken = deadline_moves.taken_on(self.begun, self._at(self.begun), self.rules.work)
            if _more(self.rules.work.days_between(taken, day_of(entry.time)), rules.supplement_notice_days):
                self.breaches.append(("late_requests", entry.time))
        self.asked(entry)

    def asked(self, entry: Entry) -> None:
        """Whether by a request or by a suspension that waits for the citizen."""
        if self.asked_at is None and asks(entry):
            self.asked_at = entry.time
            if self.begun is not None:
                self._note("asked", entry.time)

    def answered(self, entry: Entry) -> None:
        """A supplement that came, or the resumption after it."""
        asked, self.asked_at = self.asked_at, None
        if asked is not None and self.begun is None:
            self.early.append((asked, entry.time))
        if entry.data.due is not None:
            self._appoint(entry.data.due, entry)
            self._appoint_61(self.due)
            self._note("appointed", entry.time)
        elif asked is not None and self.begun is not None:
            self._wait_for(asked, entry.time)
            self._begin_again(entry.time)
            self._note("complete", entry.time)

    def extended(self, entry: Entry) -> None:
        rules, data = self._on(entry), entry.data
        self.extensions += 1
        too_often = _more(self.extensions, rules.extensions_allowed)
        if too_often:
            self.breaches.append(("second_extensions", entry.time))
        self._meets("apology_in_working_days", data.apology_at is not None)
        self._meets("open_request_stops_deadline", self.asked_at is not None)
        if letter_missing(data, self._running(), rules, self.rules.work):
            self.breaches.append(("extensions_without_letter", entry.time))
        if data.due is None:
            return
        moves, late_61, late_766 = (
            rules.extension_after_expiry_moves != 0,
            self._expired_61(entry.time),
            self._expired_766(entry.time),
        )
        self._meets("extension_after_expiry_moves", late_61 or late_766)
        moves_61, moves_766 = not too_often and (moves or not late_61), moves or not late_766
        if moves_766:
            self._appoint(data.due, entry)
        self.set_at = entry.time
        if moves_61:
            self._appoint_61(self._given(data.due, entry))
        why = "extended_again" if too_often else "extended" if moves_61 and moves_766 else "extended_late"
        self._note(why, entry.time)

    def refused(self, entry: Entry) -> None:
        if self._on(entry).refusal_needs_reason and entry.data.reason_given is False:
            self.breaches.append(("refused_without_reason", entry.time))

    def judged(self) -> Deadlines:
        ended = self._ended_766()
        if self.life.ended_at is not None and self.asked_at is not None and self.begun is not None:
            self._ended_asked(self.asked_at, max(self.life.ended_at, self.begun))
        if self.asked_at is not None:
            self.silent.add("open_request_stops_deadline")
        due = self._subtracted()
        late = None
        if self.counted:
            late = True
        elif ended is not None and due is not None:
            late = ended > due
        due_61, breaches, moves = self._running(), tuple(self.breaches), tuple(self.moves)
        silent = frozenset(self.silent)
        return Deadlines(due_61, due, ended, late, self.requests, breaches, self.set_at, self.last, moves, silent)

    def _ended_766(self) -> int | None:
        life = self.life
        if life.ended_at is not None:
            return life.ended_at if life.end_kind != "withdrawn" or life.accepted_at is not None else None
        if self.asked_at is None or self.begun is None or self.requests > 1:
            return None
        return self.asked_at if self.rules.sets.on(day_of(self.asked_at)).open_request_is_the_end else None

    def _ended_asked(self, asked: int, at: int) -> None:
        """The case ended while the citizen had the file: what was waited is no more the office's than had it come."""
        self._meets("open_request_stops_deadline", True)
        stopped, self.asked_at = self._stopped(), None
        self._wait_for(asked, at)
        if stopped:
            self._begin_again(at)
        self._note("ended_asked", at)

    def _wait_for(self, asked: int, at: int) -> None:
        if self._at(at).waiting_is_subtracted:
            self.waits.append(self._wait(asked, at))

    def _begin_again(self, at: int) -> None:
        rules = self._at(at)
        if not rules.supplement_restarts_deadline or self.due_61 is None or self.given is None:
            return
        work, (given_at, given) = self.rules.work, self.given
        self._meets(
            "day_off_counts_from_next_day", not (work.is_working(day_of(at)) and work.is_working(day_of(given_at)))
        )
        amount = deadline_moves.span(given_at, given, self._at(given_at), work)
        self.due_61 = deadline_moves.again(at, self.due_61, given, amount, rules, work)
        if self.given_61 is not None and self.given_61 > self.due_61:
            self.due_61 = self.given_61
        self._looked(self.due_61)

    def _wait(self, asked: int, at: int) -> Span:
        return max(asked, self.begun or asked, self.appointed_at or asked), at

    def _subtracted(self, until: int | None = None) -> int | None:
        """The appointment, later by the time of waiting for supplements that it did not know of; with what is waited
        for up to a moment."""
        if self.due is None:
            return None
        waits = self.waits
        if until is not None and self.asked_at is not None and self._at(until).waiting_is_subtracted:
            waits = [*waits, self._wait(self.asked_at, until)]
        if not waits:
            return self.due  # which was looked at when it was given
        due = deadline_moves.later(self.due, waits, self.rules.work)
        self._looked(due)
        return due

    def _stopped(self) -> bool:
        """Whether no deadline runs by Nghị định 61/2018: the file went back before it had expired, and starts again
        when it is complete."""
        asked, due = self.asked_at, self.due_61
        if asked is None or due is None or self.begun is None or asked > due:
            return False
        return bool(self._at(asked).open_request_stops_deadline)

    def _running(self) -> int | None:
        return None if self.asked_at is not None and self._stopped() else self.due_61

    def _expired_61(self, at: int) -> bool:
        due = self._running()
        return due is not None and at > due

    def _expired_766(self, at: int) -> bool:
        due = self._subtracted(at)
        return due is not None and at > due

    def _appoint(self, due: int | None, entry: Entry) -> None:
        self.due = due = None if due is None else self._given(due, entry)
        self.appointed_at = self.set_at = entry.time
        self.waits.clear()
        self._looked(due)

    def _appoint_61(self, due: int | None) -> None:
        self.due_61 = self.given_61 = due
        if due != self.due:  # which was looked at when it was given
            self._looked(due)

    def _given(self, due: int, entry: Entry) -> int:
        if self.rules.work.is_working(day_of(due - 1)):
            return due
        self.silent.add("due_on_day_off_moves")
        return deadline_moves.off_days_off(due, self._on(entry), self.rules.work)

    def _by_limit(self, at: int) -> int | None:
        days = self.rules.limits.on(self.life.procedure, day_of(at))
        if days is None:
            return None
        self._meets("day_off_counts_from_next_day", not self.rules.work.is_working(day_of(at)))
        return deadline_moves.end_of(deadline_moves.taken_on(at, self._at(at), self.rules.work), days, self.rules.work)

    def _note(self, why: str, at: int) -> None:
        if self.asked_at is None and not self.waits:  # as mostly
            self.moves.append(Move(why, at, self.due_61, self.due))
        else:
            self.moves.append(Move(why, at, self._running(), self._subtracted()))

    def _meets(self, rule: str, so: bool) -> None:
        if so:
            self.silent.add(rule)

    def _on(self, entry: Entry) -> RuleSet:
        return self.rules.sets.on(day_of(entry.time))

    def _at(self, moment: int) -> RuleSet:
        return self.rules.sets.on(day_of(moment))

    def _looked(self, at: int | None) -> None:
        if at is not None and (self.last is None or at > self.last):
            self.last = at


_STEPS = {
    "accepted": _Case.accepted,
    "supplement_requested": _Case.requested,
    "supplement_received": _Case.answered,
    "extended": _Case.extended,
    "suspended": _Case.asked,
    "resumed": _Case.answered,
    "refused": _Case.refused,
}


def _more(count: int, allowed: int | None) -> bool:
    return allowed is not None and count > allowed
