"""Chances by each reading of the deadline: one way to learn, on the mornings as that reading sees them. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from schemas.rules.worktime import WorkTime
from streams.forecast.choose import Fitted, learn
from streams.forecast.seen import DueBy, Example, Seen

Mornings = Mapping[DueBy, Example]  # a case on a morning, by each reading that has a deadline ahead then


@dataclass(frozen=True, slots=True)
class ByReading:
    """``fitted`` is by the appointment, which days, lists and gates go by; ``others`` by the other readings where their
    chances beat the baseline's."""

    fitted: Fitted
    others: Mapping[DueBy, Fitted]

    def chance(self, by: DueBy, seen: Seen | None) -> float | None:
        """``None``: no deadline is ahead by that reading, or nothing is known of it."""
        fitted = self.of(by)
        return None if seen is None or fitted is None else fitted.model.chance(seen)

    def of(self, by: DueBy) -> Fitted | None:
        return self.fitted if by is DueBy.APPOINTMENT else self.others.get(by)


def learn_by(mornings: Sequence[tuple[str, Mornings]], until: int, work: WorkTime) -> ByReading | None:
    """The shape is chosen by the appointment; ``None`` where too few cases have ended."""
    fitted = learn(_by(mornings, DueBy.APPOINTMENT), until, work)
    if fitted is None:
        return None
    others: dict[DueBy, Fitted] = {}
    for by in DueBy:
        found = fitted if _same(mornings, by) else learn(_by(mornings, by), until, work, (fitted.trial.shape,))
        if by is not DueBy.APPOINTMENT and found is not None and found.tried is not None and found.tried.chances_beat:
            others[by] = found
    return ByReading(fitted, others)


def _by(mornings: Sequence[tuple[str, Mornings]], by: DueBy) -> list[tuple[str, Example]]:
    return [(subject, morning[by]) for subject, morning in mornings if by in morning]


def _same(mornings: Sequence[tuple[str, Mornings]], by: DueBy) -> bool:
    """Whether that reading sees every morning as the appointment does."""
    return all(morning.get(by) == morning.get(DueBy.APPOINTMENT) for _, morning in mornings)
