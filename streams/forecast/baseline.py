"""What a forecast has to beat: the median of each step, and how many are late. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from streams.forecast.seen import Example, Seen


@dataclass(frozen=True, slots=True)
class Baseline:
    """The median working time from each step to the end, and the share late: of each step, or of all where that is
    better on the mornings on which both were tried (``by_step``). Of a step never seen, those of all."""

    medians: dict[str, float]
    shares: dict[str, float]
    median: float
    share: float
    by_step: bool = True

    def expected(self, seen: Seen) -> float:
        return self.medians.get(seen.step, self.median)

    def chance(self, seen: Seen) -> float:
        return self.of_step(seen) if self.by_step else self.share

    def of_step(self, seen: Seen) -> float:
        return self.shares.get(seen.step, self.share)


def baseline(examples: Sequence[Example], until: int, *, by_step: bool = True) -> Baseline:
    """From mornings of cases that have ended, and of cases whose deadline has passed by ``until``."""
    took = [(one.seen.step, float(one.after)) for one in examples if one.ended]
    late = [(one.seen.step, float(bool(one.late))) for one in examples if judged(one, until)]
    return Baseline(
        {step: median(values) for step, values in _by_name(took).items()},
        {step: _mean(values) for step, values in _by_name(late).items()},
        median(value for _, value in took) if took else 0.0,
        _mean([value for _, value in late]) if late else 0.0,
        by_step,
    )


def judged(example: Example, until: int) -> bool:
    """Whether it can be judged: its deadline has passed, so late and punctual cases are known alike. (Of those still
    to come only the punctual ones have a verdict, which would make everything look punctual.)"""
    return example.late is not None and example.seen.due <= until


def _by_name(values: Iterable[tuple[str, float]]) -> dict[str, list[float]]:
    found: defaultdict[str, list[float]] = defaultdict(list)
    for name, value in values:
        found[name].append(value)
    return found


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
