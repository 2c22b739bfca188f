"""All cases at once: the sums over them, and what is open at a moment. See ``cases``."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tests.reference.cases import Case
from tests.reference.facts import Held, Json
from tests.reference.law import NO_LAW, Law


@dataclass
class Province:
    """All cases, and the sums over them."""

    cases: dict[str, Case]

    @classmethod
    def after(cls, events: Iterable[Json], limit: int, law: Law = NO_LAW) -> "Province":
        cases: dict[str, Case] = {}
        for event in events:
            held = Held.of(event)
            case = cases.setdefault(event["subject"], Case(event["subject"], limit, law))
            case.versions[held.digest] = held
        return cls(cases)

    def rollup(self, *keys: str) -> dict[tuple[Any, ...], dict[str, int]]:
        """The counters by any of unit, procedure, channel, day and month; only what is not zero."""
        sums: dict[tuple[Any, ...], Counter[str]] = {}
        for case in self.cases.values():
            whole = case.oversized or case.voided_at is not None
            for (unit, day, counter), amount in case.amounts.items():
                said = {
                    "unit": unit,
                    "procedure": "" if whole else case.state["procedure"],
                    "channel": "" if whole else case.state["channel"],
                    "day": day,
                    "month": day.replace(day=1),
                }
                sums.setdefault(tuple(said[key] for key in keys), Counter())[counter] += amount
        return {key: dict(counters) for key, counters in sums.items()}

    def open(self) -> set[str]:
        return {subject for subject, case in self.cases.items() if case.open}

    def overdue(self, as_of: datetime) -> set[str]:
        """Open and past the deadline at that moment."""
        due = {subject: self.cases[subject].due for subject in self.open()}
        return {subject for subject, moment in due.items() if moment is not None and moment < as_of}

    def now(self, as_of: datetime) -> dict[str, dict[str, int]]:
        """By unit what is open, how much of it is overdue at that moment by each reading, and what is finished and was
        not returned in time, where the unit's source ever says so; only what is not zero."""
        sums: dict[str, Counter[str]] = {}
        for subject in self.open():
            state = self.cases[subject].state
            told = {
                "open": True,
                "overdue": _past(state["due_at"], as_of),
                "overdue_61": _past(state["due_61"], as_of),
                "overdue_766": state["ended_766"] is None
                and (state["late_766"] is True or _past(state["due_766"], as_of)),
            }
            sums.setdefault(state["unit"], Counter()).update(name for name, so in told.items() if so)
        states = [case.state for case in self.cases.values()]
        returning = {state["unit"] for state in states if state["returned_at"] is not None}
        for state in states:
            done = state["accepted_at"] is not None and state["end_kind"] == "finished" and state["returned_at"] is None
            if done and state["unit"] in returning and _past(state["due_at"], as_of):
                sums.setdefault(state["unit"], Counter())["unreturned"] += 1
        return {unit: dict(counters) for unit, counters in sums.items()}


def _past(due: datetime | None, as_of: datetime) -> bool:
    return due is not None and due < as_of
