"""What forecasts are worth, against what happened: error, calibration, which late cases were named in time. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import sqrt
from random import Random
from typing import NamedTuple

DRAWS = 400
INSIDE = 0.95
ONE_SIDED = 1.645  # standard deviations: 95 % lie below


class ToldForecast(NamedTuple):
    """One forecast and what became of it. ``expected`` and ``took``: working time from then on, with ``took`` up to now
    where the case has not ``ended``. Of the baseline: ``simply`` is what it expected, ``simple`` its chance by step,
    ``share`` the one of all."""

    subject: str
    chance: float
    late: bool
    expected: float
    took: float
    ended: bool
    simply: float
    simple: float
    share: float


def missed_by(expected: float, took: float, *, ended: bool) -> float:
    """By how much an expected time was wrong; of a case that is open still only what it has lain longer."""
    return abs(expected - took) if ended else max(took - expected, 0.0)


@dataclass(frozen=True, slots=True)
class ForecastScore:
    """``error``: mean absolute error over the baseline's (:func:`missed_by`); ``brier`` the mean squared error of the
    chance, ``by_step`` and ``by_share`` those of the baseline's two. ``over``: by how many points the chances lie above
    the share that was late, ``low`` to ``high`` its 95 % interval, with all forecasts of a case drawn together: they
    are not independent."""

    forecasts: int
    cases: int
    late: float
    error: float
    brier: float
    by_step: float
    by_share: float
    over: float
    low: float
    high: float

    @property
    def simple_brier(self) -> float:
        """Of the harder baseline."""
        return min(self.by_step, self.by_share)

    @property
    def chances_beat(self) -> bool:
        return self.brier < self.simple_brier

    @property
    def days_beat(self) -> bool:
        return self.error < 1.0


def score(told: Sequence[ToldForecast], seed: int = 1) -> ForecastScore | None:
    """``None`` where nothing can be judged."""
    simple = sum(missed_by(one.simply, one.took, ended=one.ended) for one in told)
    if not simple:
        return None
    own = sum(missed_by(one.expected, one.took, ended=one.ended) for one in told)
    count = len(told)
    by_case: defaultdict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for one in told:
        sums = by_case[one.subject]
        sums[0] += one.chance - one.late
        sums[1] += 1.0
    low, high = interval(list(by_case.values()), seed)
    return ForecastScore(
        forecasts=count,
        cases=len(by_case),
        late=sum(one.late for one in told) / count,
        error=own / simple,
        brier=sum((one.chance - one.late) ** 2 for one in told) / count,
        by_step=sum((one.simple - one.late) ** 2 for one in told) / count,
        by_share=sum((one.share - one.late) ** 2 for one in told) / count,
        over=100 * sum(one.chance - one.late for one in told) / count,
        low=100 * low,
        high=100 * high,
    )


def interval(groups: Sequence[Sequence[float]], seed: int) -> tuple[float, float]:
    """Between which bounds sum over count lies when the groups, each (sum, count), are drawn anew."""
    random = Random(seed)  # noqa: S311 - a bootstrap
    found = []
    for _ in range(DRAWS):
        drawn = random.choices(groups, k=len(groups))
        found.append(sum(group[0] for group in drawn) / sum(group[1] for group in drawn))
    found.sort()
    cut = int(DRAWS * (1 - INSIDE) / 2)
    return found[cut], found[-1 - cut]


def spread(groups: Iterable[float], count: int) -> float:
    """The standard error of the mean of so many values, of which the groups, each a sum, are drawn together."""
    sums = list(groups)
    mean = sum(sums) / len(sums)
    return sqrt(sum((one - mean) ** 2 for one in sums)) / count


class NamedCases(NamedTuple):
    """A list and whom it was drawn from. Precision: of those named, the share that was late; recall: of the late ones,
    the share named; ``base``: the share late among all, which is the precision of naming anybody."""

    named: int
    late: int
    both: int
    all: int

    @property
    def precision(self) -> float | None:
        return self.both / self.named if self.named else None

    @property
    def recall(self) -> float | None:
        return self.both / self.late if self.late else None

    @property
    def base(self) -> float | None:
        return self.late / self.all if self.all else None


def named(chances: Iterable[tuple[float, bool]], threshold: float | None) -> NamedCases:
    """``None``: nobody is named."""
    known = list(chances)
    chosen = [late for chance, late in known if threshold is not None and chance >= threshold]
    return NamedCases(len(chosen), sum(late for _, late in known), sum(chosen), len(known))


def lifted(share: float, lift: float) -> float:
    """The share whose odds are so many times as large."""
    return lift * share / (1.0 - share + lift * share)


def threshold(chances: Iterable[tuple[float, bool]], lift: float, fewest: int) -> float | None:
    """The chance from which a list tells the late from the punctual best: names the most of the late less the most of
    the punctual. Of lists of at least so many, none below the share late among all, whose odds to be late are so many
    times those of all, by more than luck. ``None``: none does, or the late do not stand above the others at all."""
    known = sorted(chances, reverse=True)
    missed = sum(late for _, late in known)
    if not 0 < missed < len(known) or ranked_above(known) < ONE_SIDED:
        return None
    base = missed / len(known)
    best, found, late = 0.0, None, 0
    for number, (chance, was_late) in enumerate(known, 1):
        late += was_late
        if chance < base:
            break
        last = number == len(known) or known[number][0] < chance
        if not last or number < fewest or late < number * lifted(base, lift) or at_least(late, number) <= base:
            continue
        told_apart = late / missed - (number - late) / (len(known) - missed)
        if told_apart > best:
            best, found = told_apart, chance
    return found


def ranked_above(known: Sequence[tuple[float, bool]]) -> float:
    """By how many standard deviations the late stand higher by their chances than by lot (Mann-Whitney; equal chances
    share their rank). Many lists are looked at, of which some would pass by luck; this is looked at once."""
    ordered = sorted(known)
    late, place, ranks = sum(missed for _, missed in ordered), 0, 0.0
    for _, group in groupby(ordered, key=lambda one: one[0]):
        missed = [was_late for _, was_late in group]
        ranks += sum(missed) * (place + (len(missed) + 1) / 2)
        place += len(missed)
    punctual = len(ordered) - late
    by_lot = late * (len(ordered) + 1) / 2
    return (ranks - by_lot) / sqrt(late * punctual * (len(ordered) + 1) / 12)


def at_least(late: int, of: int) -> float:
    """The share that lies behind so many of so many, at its lowest: Wilson's bound, one-sided, 95 %."""
    share, squared = late / of, ONE_SIDED**2
    middle = share + squared / (2 * of)
    return (middle - ONE_SIDED * sqrt((share * (1 - share) + squared / (4 * of)) / of)) / (1 + squared / of)
