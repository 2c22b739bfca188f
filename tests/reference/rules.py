"""What cases come to by the rules, slow and plain: day by day over the calendar, fact by fact over the whole
history. Shares no code with ``schemas.rules``."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any

from tests.reference.facts import PROVINCE, Fact, Json, deadline, province_day
from tests.reference.law import DAY, Law, moment_of
from tests.reference.scored import SCORED, scored

DONE = ("finished", "returned")
PORTAL_ENDS = (3, 7, 8, 9, 10)


def _midnight(due: datetime) -> bool:
    return due.astimezone(PROVINCE).time() == time()


def _last_day(due: datetime) -> date:
    return province_day(due - timedelta(microseconds=1))


@dataclass
class Judged:
    """One case by the rules, from its facts in order and what is known of its life."""

    facts: Sequence[Fact]
    state: Json
    law: Law

    def within(self) -> Iterator[Fact]:
        """What is not after the end; acceptances always."""
        end = self.state["ended_at"]
        return (f for f in self.facts if f.kind == "accepted" or end is None or f.time <= end)

    @cached_property
    def asked(self) -> list[Fact]:
        return [f for f in self.within() if f.kind == "supplement_requested"]

    @cached_property
    def told(self) -> Json:
        """Both deadlines and the moments that were looked at, told in order."""
        law, due, other, begun, span = self.law, None, None, None, None
        given_at, open_since, looked, extended = None, None, list[datetime](), 0
        waits: list[tuple[datetime, datetime]] = []
        broken: list[tuple[str, datetime]] = []
        for fact in self.within():
            given, last = deadline(fact.data), (due, other)
            if fact.kind == "accepted":
                if begun is None:
                    begun = fact.time
                    allowed = law.count("online_acceptance_hours", fact.time)
                    handed = self.state["submitted_at"]
                    if self.state["channel"] != "online" or allowed is None or handed is None or handed >= fact.time:
                        pass
                    elif law.worked(handed, fact.time) > timedelta(hours=allowed):
                        broken.append(("accepted_late", fact.time))
                    if given is None and due is None and self.state["procedure"] in law.limits:
                        days = law.limits[self.state["procedure"]]
                        given = moment_of(law.later(law.taken(fact.time), days) + DAY, time())
                    if given is None:
                        waits, given_at = ([], fact.time) if due is None else (waits, given_at)
                        other = due
                        span = self.span(fact.time, due) if due is not None else None
                if given is not None:
                    due = other = given
                    waits, given_at, span = [], fact.time, self.span(fact.time, given)
            elif fact.kind == "supplement_requested":
                open_since = open_since or fact.time
            elif fact.kind == "supplement_received":
                since, open_since = open_since, None
                if given is not None:
                    due = other = given
                    waits, given_at = [], fact.time
                elif since is not None and begun is not None:
                    if law.says("waiting_is_subtracted", fact.time):
                        waits.append((max(since, begun, given_at or since), fact.time))
                    if law.says("supplement_restarts_deadline", fact.time) and other is not None and span is not None:
                        other = self.again(fact.time, other, span)
            elif fact.kind == "extended":
                extended += 1
                allowed = law.count("extensions_allowed", fact.time)
                if allowed is not None and extended > allowed:
                    broken.append(("second_extensions", fact.time))
                if self.letter_missing(fact, due):
                    broken.append(("extensions_without_letter", fact.time))
                due, waits, given_at = given, [], fact.time
                other = other if allowed is not None and extended > allowed else given
            elif fact.kind == "resumed" and given is not None:
                due = other = given
                waits, given_at = [], fact.time
            elif fact.kind == "refused" and fact.data.get("reason_given") is False:
                needed = law.says("refusal_needs_reason", fact.time)
                broken += [("refused_without_reason", fact.time)] if needed else []
            looked += [at for at in (due, other) if at is not None and (due, other) != last]
        for start, end in waits:
            if due is not None and _midnight(due):
                moved = law.later(_last_day(due), law.days(province_day(start), province_day(end)))
                due = moment_of(moved + DAY, time())
            elif due is not None:
                due = law.after(due, law.worked(start, end))
            looked += [due] if due is not None else []
        return {
            "due_61": other,
            "due_766": due,
            "given_at": given_at,
            "open_since": open_since,
            "looked": looked,
            "broken": broken,
        }

    def span(self, at: datetime, due: datetime) -> Any:
        if _midnight(due):
            return self.law.days(self.law.taken(at), _last_day(due))
        start = self.law.from_then(at)
        return self.law.worked(start, due) if start < due else timedelta()

    def again(self, at: datetime, due: datetime, span: Any) -> datetime:
        if _midnight(due):
            days = span if isinstance(span, int) else span // timedelta(microseconds=1)
            return moment_of(self.law.later(self.law.taken(at), days) + DAY, time())
        worked = timedelta(microseconds=span) if isinstance(span, int) else span
        return self.law.after(self.law.from_then(at), worked) if self.law.hours else due

    def letter_missing(self, fact: Fact, due: datetime | None) -> bool:
        before = self.law.count("apology_days_before", fact.time)
        if before is None:
            return False
        if fact.data.get("apology") is False:
            return True
        sent = fact.data.get("apology_at")
        if sent is None or due is None:
            return False
        return province_day(datetime.fromisoformat(sent)) > _last_day(due) - DAY * before

    @cached_property
    def broken(self) -> list[tuple[str, datetime]]:
        """Every breach of a rule and when."""
        found = list(self.told["broken"])
        for number, fact in enumerate(self.asked, start=1):
            allowed = self.law.count("supplement_requests_allowed", fact.time)
            if allowed is not None and number > allowed:
                found.append(("repeated_supplements", fact.time))
        return found

    @property
    def ended_766(self) -> datetime | None:
        state = self.state
        if state["ended_at"] is not None:
            gone = state["end_kind"] == "withdrawn" and state["accepted_at"] is None
            return None if gone else state["ended_at"]
        since = self.told["open_since"]
        if since is None or len(self.asked) != 1 or state["accepted_at"] is None:
            return None
        return since if self.law.says("open_request_is_the_end", since) else None

    @property
    def late_766(self) -> bool | None:
        ended, due = self.ended_766, self.told["due_766"]
        for number, fact in enumerate(self.asked, start=1):
            allowed = self.law.count("supplement_requests_before_overdue", fact.time)
            if allowed is not None and number > allowed:
                return True
        return None if due is None or ended is None else ended > due

    def holders(self) -> tuple[list[tuple[str, datetime, datetime]], str | None, datetime | None]:
        """Who had the case from when to when; who has it now and since when, where it has not ended."""
        accepted, ended, unit = self.state["accepted_at"], self.state["ended_at"], self.state["unit"]
        if accepted is None:
            return [], None, None
        asks = pays = rests = False
        away: dict[str, bool] = {}
        holder, since, spans = "office", accepted, []
        for fact in self.facts:
            at, data, kind = max(fact.time, accepted), fact.data, fact.kind
            if kind in ("synced", "portal_status", "data_used"):
                continue
            if ended is not None and at >= ended:
                break
            status = data.get("status")
            if kind == "chain_step":
                step = data["step"].strip(" ")
                away.pop(step, None)
                if data["state"] not in ("done", "returned"):
                    where = (data.get("to") if data["state"] == "sent" else None) or data["agency"]
                    away[step] = where.strip(" ") != unit
            else:
                asks = (asks or kind == "supplement_requested") and kind not in ("supplement_received", "resumed")
                rests = rests and kind != "resumed"
                if kind in ("supplement_received", "resumed", "paid", "step") or status is not None:
                    pays = False
                pays = pays or (status == 6 and kind != "paid")
                asks = asks or (kind == "suspended" and status == 5)
                rests = rests or (kind == "suspended" and status not in (5, 6))
            now = "citizen" if asks else "payment" if pays else "agency" if rests or any(away.values()) else "office"
            if now != holder:
                spans.append((holder, since, at))
                holder, since = now, at
        if ended is None:
            return spans, holder, since
        return [*spans, (holder, since, max(ended, since))], None, None

    def spent(self, who: str) -> int:
        spans, _, _ = self.holders()
        return sum(microseconds_of(self.law.worked(start, end)) for name, start, end in spans if name == who)

    @property
    def late_cause(self) -> str | None:
        state, given_at = self.state, self.told["given_at"]
        if state["end_kind"] not in DONE or state["due_at"] is None or state["ended_at"] <= state["due_at"]:
            return None
        waited = sum(
            microseconds_of(self.law.worked(max(start, given_at or start), end))
            for name, start, end in self.holders()[0]
            if name != "office" and max(start, given_at or start) < end
        )
        late = microseconds_of(self.law.worked(state["due_at"], state["ended_at"]))
        return "waiting" if waited and waited >= late else "real"

    @property
    def portal_learned_at(self) -> datetime | None:
        """Since when the portal's word has been an end."""
        status, since = None, None
        for fact in self.facts:
            if fact.kind == "synced" and fact.data.get("answer") == "taken":
                status = fact.data.get("sent_status") or status
            elif fact.kind == "portal_status":
                status = fact.data["portal_status"]
            elif fact.kind not in ("synced", "chain_step", "data_used"):
                continue
            since = (since or fact.time) if status in PORTAL_ENDS else None
        return since

    def columns(self) -> Json:
        _, holder, since = self.holders()
        looked = [province_day(at) for at in (*self.told["looked"], *(f.time for f in self.facts[-1:]))]
        return {
            "due_61": self.told["due_61"],
            "due_766": self.told["due_766"],
            "ended_766": self.ended_766,
            "late_766": self.late_766,
            "supplement_requests": len(self.asked),
            **{f"{who}_us": self.spent(who) for who in ("office", "citizen", "agency", "payment")},
            "waits_for": holder,
            "waits_since": since,
            "late_cause": self.late_cause,
            "portal_learned_at": self.portal_learned_at,
            "judged_from": province_day(self.facts[0].time) if self.facts else None,
            "judged_to": max(looked) if looked else None,
            "score_flags": sum(1 << SCORED.index(name) for name in self.scored()),
        }

    def scored(self) -> list[str]:
        """What an accepted case adds to the numerators of Quyết định 766."""
        return scored(self.facts, self.state) if self.state["accepted_at"] is not None else []

    def adds(self) -> Iterator[tuple[str, datetime]]:
        """Counters and the moments whose days they count on, for the accepting unit."""
        state, columns = self.state, self.columns()
        yield from self.broken
        for counter in self.scored():
            yield counter, state["accepted_at"]
        if columns["ended_766"] is not None and columns["late_766"] is not None:
            yield ("late_766" if columns["late_766"] else "on_time_766"), columns["ended_766"]
        if state["end_kind"] not in DONE:
            return
        ended, due, known = state["ended_at"], state["due_at"], columns["portal_learned_at"]
        if columns["due_61"] is not None:
            yield ("late_61" if ended > columns["due_61"] else "on_time_61"), ended
        if columns["late_cause"] is not None:
            yield f"late_{columns['late_cause']}", ended
        if due is not None and ended <= due and known is not None and known > due:
            yield "late_sync", known


def microseconds_of(span: timedelta) -> int:
    return span // timedelta(microseconds=1)


UNJUDGED: Json = {
    "due_61": None,
    "due_766": None,
    "ended_766": None,
    "late_766": None,
    "supplement_requests": 0,
    "office_us": 0,
    "citizen_us": 0,
    "agency_us": 0,
    "payment_us": 0,
    "waits_for": None,
    "waits_since": None,
    "late_cause": None,
    "portal_learned_at": None,
    "judged_from": None,
    "judged_to": None,
    "score_flags": 0,
}
