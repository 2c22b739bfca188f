"""What the process of a procedure and the chains come to, counted case by case from the events alone."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.reference.facts import Json, province_day
from tests.reference.province import Province


def rank(values: Sequence[int], of_ten: int) -> int | None:
    """The smallest value that at least so many tenths of the values do not exceed."""
    for value in sorted(values):
        if 10 * sum(other <= value for other in values) >= of_ten * len(values):
            return value
    return None


@dataclass
class Recount:
    """Of one procedure and unit, with a period of days, both included."""

    province: Province
    procedure: str
    first: date
    last: date
    unit: str | None = None

    def of(self, holds: Callable[[Json], bool]) -> list[str]:
        return sorted(subject for subject, state in self.states() if holds(state))

    def states(self) -> list[tuple[str, Json]]:
        return [
            (subject, case.state)
            for subject, case in self.province.cases.items()
            if case.state["procedure"] == self.procedure and case.state["path"] is not None
            if self.unit is None or case.state["unit"] == self.unit
        ]

    def ended(self) -> list[tuple[str, Json]]:
        return [
            (subject, state)
            for subject, state in self.states()
            if state["ended_at"] is not None and self.first <= province_day(state["ended_at"]) <= self.last
        ]

    def queue(self) -> dict[str, list[tuple[datetime, str]]]:
        found: dict[str, list[tuple[datetime, str]]] = {}
        for subject, state in self.states():
            if state["ended_at"] is None:
                found.setdefault((state["path"] or [""])[-1], []).append((state["path_since"], subject))
        return {step: sorted(waiting) for step, waiting in found.items()}

    def minutes(self, step: str | None, column: str) -> list[int]:
        """Whole minutes of each time that the step was done; of ``None``, of the end."""
        return [
            seconds // 60
            for _, state in self.ended()
            for name, seconds in zip([*state["path"], None], state[column], strict=True)
            if name == step
        ]

    def ways(self) -> Counter[tuple[tuple[str, ...], str]]:
        return Counter((tuple(state["path"]), state["end_kind"]) for _, state in self.ended())

    def reasons(self) -> Counter[str]:
        return Counter(state["loop_reason"] for _, state in self.ended() if state["loops"])


def stays(province: Province, unit: str | None = None) -> list[dict[str, Any]]:
    """Every stay of every chain."""
    found = []
    for subject, case in province.cases.items():
        state = case.state
        if state["chain"] is None or (unit is not None and state["unit"] != unit):
            continue
        for step, agency, since, until, worked, received in state["chain_stays"] or ():
            found.append(
                {
                    "subject": subject,
                    "chain": state["chain"],
                    "step": step,
                    "agency": agency,
                    "since": _moment(since),
                    "until": until and _moment(until),
                    "worked": worked,
                    "received": received,
                }
            )
    return found


def _moment(us: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=us)
