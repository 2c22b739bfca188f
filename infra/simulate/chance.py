"""Seeded chance: a generator for every purpose and day, so that one choice never moves another."""

from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate
from random import Random


def chance(*words: object) -> Random:
    """A generator named by what it decides, e.g. the seed, ``cases`` and the day."""
    return Random("/".join(map(str, words)))  # noqa: S311 - a simulation


class Weighted:
    """Draws the number of one of several by weight, in one step from one uniform number."""

    def __init__(self, weights: Sequence[float]) -> None:
        self._edges = list(accumulate(weights))
        self._whole = self._edges[-1]
        self._last = len(self._edges) - 1
        self._weights = tuple(weights)

    def at(self, uniform: float) -> int:
        return min(bisect(self._edges, uniform * self._whole), self._last)

    def share(self, number: int) -> float:
        """How often this one is drawn."""
        return self._weights[number] / self._whole


def table(purpose: str, size: int, spread: float, middle: float = 0.0) -> list[float]:
    """``size`` draws of a lognormal: a table to draw from with one uniform number, where a draw of its own is slow."""
    random = chance(purpose)
    return [random.lognormvariate(middle, spread) for _ in range(size)]
