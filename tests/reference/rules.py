"""What cases come to by the rules, slow and plain: day by day over the calendar, fact by fact over the whole
history. Shares no code with ``schemas.rules``."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from tests.reference.clocks import Clocks, asks, moved, whole_day
from tests.reference.facts import Fact, Json, province_day
from tests.reference.law import Law
from tests.reference.scored import SCORED, scored

DONE = ("finished", "returned")
READINGS = (  # rules that may be read the other way
    "open_request_stops_deadline",
    "extension_after_expiry_moves",
    "apology_in_working_days",
    "day_off_counts_from_next_day",
    "due_on_day_off_moves",
    "supplement_stops_acceptance",
)
PORTAL_ENDS = (3, 7, 8, 9, 10)


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
    def told(self) -> Clocks:
        return Clocks.of(list(self.within()), self.state, self.law)

    @cached_property
    def broken(self) -> list[tuple[str, datetime]]:
        """Every breach of a rule and when."""
        found = list(self.told.broken)
        for number, fact in enumerate(self.asked, start=1):
            allowed = self.law.count("supplement_requests_allowed", fact.time)
            if allowed is not None and number > allowed:
                found.append(("repeated_supplements", fact.time))
            most, begun = self.law.count("supplement_notice_days", fact.time), self.begun_before(fact)
            if number > 1 or most is None or begun is None:
                continue
            if self.law.days(self.law.taken(begun), province_day(fact.time)) > most:
                found.append(("late_requests", fact.time))
        return found

    def begun_before(self, fact: Fact) -> datetime | None:
        return next((one.time for one in self.facts if one.kind == "accepted" and one.place < fact.place), None)

    @cached_property
    def others(self) -> dict[str, "Judged"]:
        """The same case by the other reading of each rule, where it is in force."""
        return {rule: Judged(self.facts, self.state, self.law.turned(rule)) for rule in READINGS}

    def verdict(self) -> tuple[object, ...]:
        state, due = self.state, self.told.due_61
        late = state["end_kind"] in DONE and due is not None and state["ended_at"] > due
        runs = (due, self.told.due_766) if state["ended_at"] is None else None
        return (due is None, late, self.late_766, self.ended_766, sorted(self.broken), runs)

    @property
    def readings(self) -> list[str]:
        """Which would judge it otherwise."""
        ended = self.state["ended_at"]
        found = [rule for rule, other in self.others.items() if other.verdict() != self.verdict()]
        return sorted([*found, *(["ended_at_midnight"] if ended is not None and whole_day(ended) else [])])

    @property
    def ended_766(self) -> datetime | None:
        state = self.state
        if state["ended_at"] is not None:
            gone = state["end_kind"] == "withdrawn" and state["accepted_at"] is None
            return None if gone else state["ended_at"]
        since = self.told.open_since
        if since is None or len(self.asked) > 1 or state["accepted_at"] is None:
            return None
        return since if self.law.says("open_request_is_the_end", since) else None

    @property
    def late_766(self) -> bool | None:
        ended, due = self.ended_766, self.told.due_766
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
        asked = pays = rests = taken = False
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
                answered = kind in ("supplement_received", "resumed") or (kind == "accepted" and not taken)
                asked, taken = (asked or asks(fact)) and not answered, taken or kind == "accepted"
                rests = rests and kind != "resumed"
                if kind in ("supplement_received", "resumed", "paid", "step") or status is not None:
                    pays = False
                pays = pays or (status == 6 and kind != "paid")
                rests = rests or (kind == "suspended" and status not in (5, 6))
            now = "citizen" if asked else "payment" if pays else "agency" if rests or any(away.values()) else "office"
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
        """Waiting, where it is in time once the appointment is later by all that was waited since it was given."""
        state, given_at = self.state, self.told.given_at
        if state["end_kind"] not in DONE or state["due_at"] is None or state["ended_at"] <= state["due_at"]:
            return None
        others = [(max(start, given_at or start), end) for name, start, end in self.holders()[0] if name != "office"]
        waits = [(start, end) for start, end in others if start < end]
        return "waiting" if waits and state["ended_at"] <= moved(self.law, state["due_at"], waits) else "real"

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
        all_looked = [*self.told.looked, *(at for other in self.others.values() for at in other.told.looked)]
        looked = [province_day(at) for at in (*all_looked, *(f.time for f in self.facts[-1:]))]
        return {
            "due_61": self.told.due_61,
            "due_766": self.told.due_766,
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
            "readings": self.readings,
            "score_flags": sum(1 << SCORED.index(name) for name in self.scored()),
        }

    def scored(self) -> list[str]:
        """What an accepted case adds to the numerators of Quyết định 766."""
        accepted = self.state["accepted_at"]
        if accepted is None:
            return []
        return scored(self.facts, self.state, fee=self.law.has_fee(self.state["procedure"], accepted))

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
