"""What forecasts are worth, against what happened: error, calibration, which late cases were named in time. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random
from typing import NamedTuple

DRAWS = 400
INSIDE = 0.95


class Told(NamedTuple):
    """One forecast and what became of it. ``expected`` and ``took``: working time from then on, with ``took`` ``None``
    of a case that has not ended; ``simply`` what the baseline expected, ``simple`` its chance."""

    subject: str
    chance: float
    late: bool
    expected: float
    took: float | None
    simply: float
    simple: float


@dataclass(frozen=True, slots=True)
class Score:
    """``error``: mean absolute error over the baseline's; ``brier`` the mean squared error of the chance. ``over``: by
    how many points the chances lie above the share that was late, ``low`` to ``high`` its 95 % interval, with all
    forecasts of a case drawn together: they are not independent."""

    forecasts: int
    cases: int
    late: float
    error: float
    brier: float
    simple_brier: float
    over: float
    low: float
    high: float

    @property
    def beats(self) -> bool:
        """The baseline, in both things that are told."""
        return self.error < 1.0 and self.brier < self.simple_brier


def score(told: Sequence[Told], seed: int = 1) -> Score | None:
    """``None`` where nothing can be judged."""
    ended = [one for one in told if one.took is not None]
    simple = sum(abs(one.simply - one.took) for one in ended if one.took is not None)
    if not ended or not simple:
        return None
    own = sum(abs(one.expected - one.took) for one in ended if one.took is not None)
    count = len(told)
    by_case: defaultdict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for one in told:
        sums = by_case[one.subject]
        sums[0] += one.chance - one.late
        sums[1] += 1.0
    low, high = interval(list(by_case.values()), seed)
    return Score(
        forecasts=count,
        cases=len(by_case),
        late=sum(one.late for one in told) / count,
        error=own / simple,
        brier=sum((one.chance - one.late) ** 2 for one in told) / count,
        simple_brier=sum((one.simple - one.late) ** 2 for one in told) / count,
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


class Named(NamedTuple):
    """Precision and recall of a list: of those named, the share that was late; of the late ones, the share named."""

    named: int
    late: int
    both: int

    @property
    def precision(self) -> float | None:
        return self.both / self.named if self.named else None

    @property
    def recall(self) -> float | None:
        return self.both / self.late if self.late else None


def named(chances: Iterable[tuple[float, bool]], threshold: float) -> Named:
    known = list(chances)
    chosen = [late for chance, late in known if chance >= threshold]
    return Named(len(chosen), sum(late for _, late in known), sum(chosen))


def threshold(chances: Iterable[tuple[float, bool]], precision: float, fewest: int) -> float | None:
    """The lowest chance from which a list keeps that precision, of lists of at least so many; ``None``: none does."""
    known = sorted(chances, reverse=True)
    found, late = None, 0
    for number, (chance, missed) in enumerate(known, 1):
        late += missed
        last = number == len(known) or known[number][0] < chance
        if last and number >= fewest and late >= precision * number:
            found = chance
    return found
