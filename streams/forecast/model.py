"""The model: how long a case still takes, given its procedure, the step reached and the time already spent. Pure.

The chance to be open still is counted in nested cells (:mod:`streams.forecast.tables`), the deadline at one place for
all cases; how much faster than that a unit and a procedure's step are is a factor each, shrunk to 1. The chance to be
late is what the curve leaves open at the deadline; the day expected is where it comes down to a half.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field

from schemas.rules.worktime import WorkTime
from streams.forecast.seen import DAY_OF_WORK_US, Example, Seen
from streams.forecast.tables import DEADLINE, EDGES, Curve, ForecastCells, expected_ends, place_of, shrunk_factor

# Shares of the promised time.
USED = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.2, 1.5, 2.0)
THERE = (0.05, 0.1, 0.2, 0.3, 0.45, 0.6, 0.8, 1.0, 1.5)
# Working days.
STAYED = (0.125, 0.25, 0.5, 0.75, 1, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 25, 30, 40, 60, 90)
LEFT = (0.5, 1, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 18, 20, 25, 30, 40, 60, 90)
MOST_STEPS = 6
FACTOR_WEIGHT = 50.0  # ends: mornings of one case are many, so a factor needs a good number before it is believed

Path = Callable[[Seen], tuple[Hashable, ...]]


def _used(seen: Seen) -> int:
    return bisect_right(USED, seen.used / seen.allowed)


def _there(seen: Seen) -> int:
    return bisect_right(THERE, seen.there / seen.allowed)


def _stayed(seen: Seen) -> int:
    return bisect_right(STAYED, seen.there / DAY_OF_WORK_US)


def _left(seen: Seen) -> int:
    return bisect_right(LEFT, seen.left / DAY_OF_WORK_US)


# From coarse to fine. The lightest first: "something heavier only where it beats that".
NESTINGS: dict[str, Path] = {
    "step": lambda seen: (seen.step, seen.procedure, _there(seen)),
    "time": lambda seen: (_used(seen), seen.step, seen.procedure),
    "left": lambda seen: (_left(seen), seen.step, _stayed(seen)),
    "pace": lambda seen: (_used(seen), min(seen.steps, MOST_STEPS), _there(seen), seen.step),
    "both": lambda seen: (_used(seen), seen.step, _left(seen), _stayed(seen)),
}


@dataclass(frozen=True, slots=True)
class Shape:
    """How a model is made. ``weight``: how many cases of a coarser cell a finer one starts with."""

    nesting: str
    weight: float = 20.0
    factors: bool = False


SHAPES = (
    Shape("step"),
    Shape("time"),
    Shape("left"),
    Shape("pace"),
    Shape("pace", 40.0),
    Shape("pace", 40.0, factors=True),
    Shape("left", 40.0, factors=True),
    Shape("both", 40.0, factors=True),
)


@dataclass(frozen=True, slots=True)
class Model:
    """Learned. ``units`` by key, ``steps`` by procedure and step: how many times as fast as the cells say."""

    shape: Shape
    cells: ForecastCells
    units: dict[Hashable, float] = field(default_factory=dict)
    steps: dict[Hashable, float] = field(default_factory=dict)

    def chance(self, seen: Seen) -> float:
        """That the case misses the deadline that stands now."""
        return float(self.curve(seen)[DEADLINE] ** self.factor(seen))

    def expected(self, seen: Seen) -> float:
        """Working time in microseconds until it ends: as likely sooner as later. Beyond the last edge, that."""
        place = place_of(self.curve(seen), 0.5, self.factor(seen))
        return seen.worked_to(EDGES[-1] if place is None else place)

    def curve(self, seen: Seen) -> Curve:
        return self.cells.curve(NESTINGS[self.shape.nesting](seen), self.shape.weight)

    def factor(self, seen: Seen) -> float:
        return self.units.get(seen.unit, 1.0) * self.steps.get(_step(seen), 1.0)


def fit(examples: Sequence[Example], shape: Shape) -> Model:
    """The model of this shape from these mornings."""
    path, cells = NESTINGS[shape.nesting], ForecastCells()
    for one in examples:
        cells.add(path(one.seen), one.place, ended=one.ended)
    model = Model(shape, cells)
    if shape.factors:
        _learn(model, examples, model.units, _unit)
        _learn(model, examples, model.steps, _step)
    return model


def known_by(examples: Sequence[Example], moment: int, work: WorkTime) -> list[Example]:
    """The mornings before the moment with what was known by then."""
    return [one.as_of(moment, work) for one in examples if one.at < moment]


def _learn(
    model: Model, examples: Sequence[Example], factors: dict[Hashable, float], key: Callable[[Seen], Hashable]
) -> None:
    found: defaultdict[Hashable, list[float]] = defaultdict(lambda: [0, 0.0])
    for one in examples:
        sums = found[key(one.seen)]
        sums[0] += one.ended
        sums[1] += expected_ends(model.curve(one.seen), one.place) * model.factor(one.seen)
    factors.update((of, shrunk_factor(int(ended), ends, FACTOR_WEIGHT)) for of, (ended, ends) in found.items())


def _unit(seen: Seen) -> Hashable:
    return seen.unit


def _step(seen: Seen) -> Hashable:
    return seen.procedure, seen.step
