"""Both deadlines of a case, told fact by fact, slow and plain. See ``rules``. Shares no code with ``schemas.rules``."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from tests.reference.facts import PROVINCE, Fact, Json, deadline, province_day
from tests.reference.law import DAY, Law, moment_of

Wait = tuple[datetime, datetime]


def whole_day(due: datetime) -> bool:
    return due.astimezone(PROVINCE).time() == time()


def last_day(due: datetime) -> date:
    return province_day(due - timedelta(microseconds=1))


def end_of_day(day: date) -> datetime:
    return moment_of(day + DAY, time())


def asks(fact: Fact) -> bool:
    """The citizen has the file from then on."""
    return fact.kind == "supplement_requested" or (fact.kind == "suspended" and fact.data.get("status") == 5)


def moved(law: Law, due: datetime, waits: Sequence[Wait]) -> datetime:
    """Later by what was waited: by working days where it is a day, else by working hours."""
    for start, end in waits:
        if whole_day(due):
            due = end_of_day(law.later(last_day(due), law.days(province_day(start), province_day(end))))
        else:
            due = law.after(due, law.worked(start, end))
    return due


@dataclass
class Clocks:
    """After all facts: ``due_61`` (nothing while it does not run), ``due_766``, since when a request is open, when the
    source gave its last appointment, which moments were looked at, and what was broken by whom it concerns."""

    law: Law
    state: Json
    due_61: datetime | None = None
    due_766: datetime | None = None
    open_since: datetime | None = None
    given_at: datetime | None = None
    looked: list[datetime] = field(default_factory=list)
    broken: list[tuple[str, datetime]] = field(default_factory=list)
    begun: datetime | None = None
    _appointed: datetime | None = None  # when the standing one was
    _floor: datetime | None = None  # what was given last and moved the deadline of 61
    _first: Wait | None = None  # when the deadline to begin again with was given, and which it was
    _waits: list[Wait] = field(default_factory=list)
    _early: list[Wait] = field(default_factory=list)
    _extended: int = 0

    @classmethod
    def of(cls, facts: Sequence[Fact], state: Json, law: Law) -> "Clocks":
        clocks = cls(law, state)
        for fact in facts:
            clocks.hear(fact)
            clocks.looked += [at for at in (clocks.due_61, clocks.due_766) if at is not None]
        clocks.end()
        return clocks

    def hear(self, fact: Fact) -> None:
        given = deadline(fact.data)
        if fact.kind == "accepted":
            self.accepted(fact, given)
        elif asks(fact):
            self.open_since = self.open_since or fact.time
        elif fact.kind in ("supplement_received", "resumed"):
            self.answered(fact, given)
        elif fact.kind == "extended" and given is not None:
            self.extended(fact, given)
        elif fact.kind == "refused" and fact.data.get("reason_given") is False:
            needed = self.law.says("refusal_needs_reason", fact.time)
            self.broken += [("refused_without_reason", fact.time)] if needed else []

    def accepted(self, fact: Fact, given: datetime | None) -> None:
        first = self.begun is None
        if first:
            if self.open_since is not None:
                self._early.append((self.open_since, fact.time))
                self.open_since = None
            self.begun = fact.time
            self.accepted_in_time(fact)
        if given is None and first and self.due_766 is None:
            days = self.law.limits.get(self.state["procedure"])
            limit = None if days is None else end_of_day(self.law.later(self.law.taken(fact.time), days))
            self.appoint(limit, fact)
        elif given is not None:
            self.appoint(given, fact)
        if self.due_766 is not None and (given is not None or first):
            self.due_61 = self._floor = self.due_766
            self._first = (fact.time, self.due_766)

    def accepted_in_time(self, fact: Fact) -> None:
        allowed, handed = self.law.count("online_acceptance_hours", fact.time), self.state["submitted_at"]
        if self.state["channel"] != "online" or allowed is None or handed is None or handed >= fact.time:
            return
        took = self.law.worked(handed, fact.time)
        if self.law.says("supplement_stops_acceptance", fact.time):
            for start, end in self._early:
                took -= self.law.worked(max(start, handed), end) if max(start, handed) < end else timedelta()
        if took > timedelta(hours=allowed):
            self.broken.append(("accepted_late", fact.time))

    def answered(self, fact: Fact, given: datetime | None) -> None:
        since, self.open_since = self.open_since, None
        if since is not None and self.begun is None:
            self._early.append((since, fact.time))
        if given is not None:
            self.appoint(given, fact)
            self.due_61 = self._floor = self.due_766
        elif since is not None and self.begun is not None:
            self.subtract(since, fact.time)
            self.again(fact.time)

    def extended(self, fact: Fact, given: datetime) -> None:
        law, at = self.law, fact.time
        self._extended += 1
        allowed = law.count("extensions_allowed", at)
        once_more = allowed is not None and self._extended > allowed
        if once_more:
            self.broken.append(("second_extensions", at))
        if self.letter_missing(fact):
            self.broken.append(("extensions_without_letter", at))
        forbids = law.rule("extension_after_expiry_moves", at) == "no"
        over_61 = self.due_61 is not None and at > self.due_61 and not self.stopped
        over_766 = False
        if self.due_766 is not None:
            waits = list(self._waits)
            if self.open_since is not None and law.says("waiting_is_subtracted", at):
                waits.append((self.from_when(self.open_since), at))
            stands = moved(law, self.due_766, waits)
            self.looked.append(stands)
            over_766 = at > stands
        if not (forbids and over_766):
            self.appoint(given, fact)
        self.given_at = at
        if not once_more and not (forbids and over_61):
            self.due_61 = self._floor = self.usable(given, at)

    def letter_missing(self, fact: Fact) -> bool:
        before = self.law.count("apology_days_before", fact.time)
        if before is None:
            return False
        if fact.data.get("apology") is False:
            return True
        sent = fact.data.get("apology_at")
        if sent is None or self.due_61 is None or self.stopped:
            return False
        day, last = province_day(datetime.fromisoformat(sent)), last_day(self.due_61)
        if self.law.says("apology_in_working_days", fact.time):
            return self.law.days(day, last) < before
        return day > last - DAY * before

    @property
    def stopped(self) -> bool:
        """The file went back before the deadline of 61, so that none runs."""
        since, due = self.open_since, self.due_61
        if since is None or due is None or self.begun is None or since > due:
            return False
        return self.law.says("open_request_stops_deadline", since)

    def appoint(self, due: datetime | None, fact: Fact) -> None:
        self.due_766 = None if due is None else self.usable(due, fact.time)
        self.given_at = self._appointed = fact.time
        self._waits = []

    def usable(self, due: datetime, at: datetime) -> datetime:
        day = last_day(due)
        moves = self.law.says("due_on_day_off_moves", at) and not self.law.works(day)
        return end_of_day(self.law.later(day, 1)) if moves else due

    def from_when(self, since: datetime) -> datetime:
        return max(at for at in (since, self.begun, self._appointed) if at is not None)

    def subtract(self, since: datetime, until: datetime) -> None:
        if self.law.says("waiting_is_subtracted", until):
            self._waits.append((self.from_when(since), until))

    def again(self, at: datetime) -> None:
        """The deadline of 61 begins again, with as much as was given first."""
        law = self.law
        if not law.says("supplement_restarts_deadline", at) or self.due_61 is None or self._first is None:
            return
        given_at, given = self._first
        if whole_day(given):
            days = law.days(law.taken(given_at), last_day(given))
            self.due_61 = end_of_day(law.later(law.taken(at), days))
        elif law.hours:
            start = law.from_then(given_at)
            worked = law.worked(start, given) if start < given else timedelta()
            self.due_61 = law.after(law.from_then(at), worked)
        if self._floor is not None:
            self.due_61 = max(self.due_61, self._floor)

    def end(self) -> None:
        ended, since = self.state["ended_at"], self.open_since
        if ended is not None and since is not None and self.begun is not None:
            stopped, self.open_since, at = self.stopped, None, max(ended, self.begun)
            self.subtract(since, at)
            if stopped:
                self.again(at)
        if self.due_766 is not None:
            self.due_766 = moved(self.law, self.due_766, self._waits)
        self.looked += [at for at in (self.due_61, self.due_766) if at is not None]
        if self.stopped:
            self.due_61 = None
