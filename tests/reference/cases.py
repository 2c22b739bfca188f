"""What the tables must hold after any set of case events, whatever order they came in.

Slow and plain on purpose: it works on the events as JSON objects, keeps everything in dicts, and looks at the whole
history for every question. It shares no code with ``streams`` or ``schemas``; only names of columns and counters are
the same, because they are what is compared.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any

from tests.reference.beside import chain_columns, portal_columns, sync_adds
from tests.reference.facts import (
    BESIDE,
    ENDS,
    FIRST_DAY,
    NATIONAL_STATUS,
    REPEATED,
    SIMULATED,
    Amounts,
    Fact,
    Held,
    Json,
    deadline,
    province_day,
    short,
)
from tests.reference.law import NO_LAW, Law
from tests.reference.paths import NO_PATH, path_columns
from tests.reference.retold import once
from tests.reference.rules import Judged
from tests.reference.unjudged import UNJUDGED


@dataclass
class Case:
    """Everything that may be asked about one case, each answer from its whole history."""

    subject: str
    limit: int
    law: Law = NO_LAW
    versions: dict[bytes, Held] = field(default_factory=dict)  # by digest: the same event again is nothing new

    @property
    def oversized(self) -> bool:
        return len(self.versions) > self.limit

    @cached_property
    def history(self) -> list[list[Any]]:
        if self.oversized:
            return []
        return [h.entry for h in sorted(self.versions.values(), key=lambda h: (h.fact.place, h.digest))]

    @cached_property
    def counted(self) -> dict[tuple[str, str], Held]:
        """Of the versions of one event, the one with the greatest time and then digest."""
        best: dict[tuple[str, str], Held] = {}
        for held in self.versions.values():
            other = best.get(held.fact.name)
            if other is None or (held.fact.time, held.digest) > (other.fact.time, other.digest):
                best[held.fact.name] = held
        return best

    @cached_property
    def outvoted(self) -> list[Fact]:
        counted = {id(held) for held in self.counted.values()}
        return [held.fact for held in self.versions.values() if id(held) not in counted]

    @cached_property
    def named(self) -> dict[tuple[str, str], Fact]:
        """Events that a correction or a voiding names, and the last one that does."""
        last: dict[tuple[str, str], Fact] = {}
        for held in self.counted.values():
            name = held.fact.replaces
            if name is not None and (name not in last or held.fact.place > last[name].place):
                last[name] = held.fact
        return last

    @cached_property
    def said(self) -> list[Fact]:
        """What stands of it all, in order."""
        told = []
        for held in self.counted.values():
            fact = held.fact
            if fact.name in self.named or fact.kind == "voided":
                continue
            if fact.kind == "corrected":
                name = fact.replaces
                if name is None or self.named[name] is not fact:
                    continue
                said = fact.data["event"]
                time = datetime.fromisoformat(said["time"]).astimezone(UTC)
                fact = Fact(short(said["type"]), time, fact.source, fact.id, said["data"])
            told.append(fact)
        return [self.law.called(fact) for fact in sorted(told, key=lambda fact: fact.place)]

    @cached_property
    def facts(self) -> list[Fact]:
        return once(self.said)

    @cached_property
    def voided_at(self) -> datetime | None:
        """A voiding that names nothing voids the whole case, unless it is itself named."""
        moments = [
            held.fact.time
            for held in self.counted.values()
            if held.fact.kind == "voided" and held.fact.replaces is None and held.fact.name not in self.named
        ]
        return min(moments, default=None)

    def first(self, kind: str) -> Fact | None:
        return next((fact for fact in self.facts if fact.kind == kind), None)

    @cached_property
    def end(self) -> Fact | None:
        """Finished before all else, then returned, then whichever of the others came first."""
        others = [fact for fact in self.facts if fact.kind in ("refused", "stopped", "withdrawn")]
        return self.first("finished") or self.first("returned") or next(iter(others), None)

    def after_end(self, fact: Fact) -> bool:
        return self.end is not None and fact.time > self.end.time

    @cached_property
    def due(self) -> datetime | None:
        """The last appointment given; once the case has ended only its acceptance may still bring one."""
        given = None
        for fact in self.facts:
            moves = fact.kind in ("extended", "supplement_received", "resumed") and not self.after_end(fact)
            if fact.kind == "accepted" or moves:
                given = deadline(fact.data) or given
        return given

    def text(self, key: str, *kinds: str) -> str:
        """The first of the first facts of these kinds that says it."""
        for kind in kinds:
            fact = self.first(kind)
            if fact is not None and fact.data.get(key):
                return str(fact.data[key]).strip(" ")
        return ""

    @cached_property
    def last_unit(self) -> str:
        """Where it was last seen in its life."""
        life = [
            fact for fact in self.said if fact.kind not in BESIDE and (not self.after_end(fact) or fact.kind in ENDS)
        ]
        named = [(fact.data.get("unit") or "").strip(" ") for fact in life]
        return next((unit for unit in reversed(named) if unit), "")

    @cached_property
    def unit(self) -> str:
        """That accepted it; of one that was refused before anybody did, that refused it."""
        if self.first("accepted") is None and self.end is not None and self.end.kind == "refused":
            return (self.end.data.get("unit") or "").strip(" ") or self.last_unit
        return self.text("unit", "accepted")

    @cached_property
    def state(self) -> Json:
        """The columns of ``case_state``, moments as moments."""
        row: Json = {
            "unit": "",
            "procedure": "",
            "channel": "",
            "submitted_at": None,
            "accepted_at": None,
            "due_at": None,
            "ended_at": None,
            "end_kind": None,
            "returned_at": None,
            "status": None,
            "status_raw": None,
            "last_at": None,
            "last_unit": "",
            "voided_at": None,
            "oversized": self.oversized,
            "simulated": False,
            **portal_columns([], None),
            **chain_columns([], ended=False),
            **UNJUDGED,
            **NO_PATH,
        }
        if self.oversized:
            return row
        row["simulated"] = any(held.fact.source == SIMULATED for held in self.versions.values())
        if self.voided_at is not None:
            row["voided_at"] = self.voided_at
            return row
        row["unit"], row["last_unit"] = self.unit, self.last_unit
        row["procedure"] = self.text("procedure", "accepted", "submitted")
        row["channel"] = self.text("channel", "accepted", "submitted")
        for column, kind in (("submitted_at", "submitted"), ("accepted_at", "accepted"), ("returned_at", "returned")):
            fact = self.first(kind)
            row[column] = fact.time if fact is not None else None
        row["due_at"], end = self.due, self.end
        if end is not None:
            row["ended_at"], row["end_kind"] = end.time, end.kind
        for fact in self.said:
            if fact.kind in BESIDE or (self.after_end(fact) and fact.kind not in ENDS):
                continue
            status = fact.data.get("status") or NATIONAL_STATUS.get(fact.kind)
            if status is not None:
                row["status"], row["status_raw"] = status, fact.data.get("status_raw")
        row["last_at"] = max((fact.time for fact in (*self.said, *self.outvoted)), default=None)
        row |= portal_columns(self.facts, self.end.time if self.end else None)
        row |= chain_columns(self.facts, ended=self.end is not None)
        judged = Judged(self.facts, row, self.law)
        return row | judged.columns() | path_columns(judged)

    @cached_property
    def amounts(self) -> Amounts:
        """What the case adds to the counters, for which unit and on which day."""
        if self.oversized:
            return {("", FIRST_DAY, "oversized"): 1}
        if self.voided_at is not None:
            return {("", province_day(self.voided_at), "voided"): 1}
        adds: Counter[tuple[str, date, str]] = Counter()
        for fact in self.facts:
            if fact.kind in REPEATED:
                unit = (fact.data.get("unit") or "").strip(" ") if fact.kind == "step" else self.unit
                adds[unit, province_day(fact.time), REPEATED[fact.kind]] += 1
            for counter in sync_adds(fact):
                adds[self.unit, province_day(fact.time), counter] += 1
        for fact in self.outvoted:
            adds[self.unit, province_day(fact.time), "conflicts"] += 1
        for kind in ("submitted", "accepted", "returned"):
            first = self.first(kind)
            if first is not None:
                adds[self.unit, province_day(first.time), kind] += 1
        if self.end is not None:
            day = province_day(self.end.time)
            if self.end.kind in ("finished", "returned"):
                adds[self.unit, day, "finished"] += 1
                if self.due is not None:
                    adds[self.unit, day, "late" if self.end.time > self.due else "on_time"] += 1
            else:
                adds[self.unit, day, self.end.kind] += 1
        for counter, at in Judged(self.facts, self.state, self.law).adds():
            adds[self.unit, province_day(at), counter] += 1
        return dict(adds)

    @property
    def open(self) -> bool:
        return not self.oversized and self.state["accepted_at"] is not None and self.state["ended_at"] is None
