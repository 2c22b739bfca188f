"""How long it still takes, counted in cells from coarse to fine, the fine ones leaning on the coarse. Pure.

The time until a case ends is a place: 0 is now and 1 the deadline, in bins. Of each bin a cell knows how many were
still open when it began and how many ended in it; a case that is still open counts as long as it has been watched. The
chance to end within a bin is shrunk to that of the coarser cell as if so many cases of that had been seen here,
which lets three cases of a rare step say a little instead of everything or nothing.
"""

from bisect import bisect_right
from collections.abc import Hashable, Sequence
from math import log

# Places (:meth:`streams.forecast.seen.Seen.place`): 1 is the deadline; the last bin has no end.
EDGES = (
    *(number / 100 for number in (0, 2, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90, 95)),
    *(number / 100 for number in (100, 102, 105, 110, 115, 120, 130, 140, 150, 175, 200, 250, 300, 400, 600, 1000)),
)
DEADLINE = EDGES.index(1.0)
BINS = len(EDGES)
ALWAYS_OPEN = 1e-9  # a chance of 0 would make the logarithm of what happened endless

Curve = tuple[float, ...]  # of each edge: the chance to be open still


class ForecastCells:
    """Counts by key. A key is the path from the coarsest cell to the finest."""

    def __init__(self) -> None:
        self._cells: dict[tuple[Hashable, ...], tuple[list[int], list[int]]] = {}
        self._curves: dict[tuple[tuple[Hashable, ...], float], Curve] = {}
        self._hazards: dict[tuple[tuple[Hashable, ...], float], list[float]] = {}

    def add(self, path: Sequence[Hashable], place: float, *, ended: bool) -> None:
        """A case in all cells of the path: it ended there, or was watched so far."""
        number = bin_of(place)
        for depth in range(len(path) + 1):
            cell = self._cells.get(key := tuple(path[:depth]))
            if cell is None:
                cell = self._cells[key] = ([0] * BINS, [0] * BINS)
            cell[0 if ended else 1][number] += 1

    def curve(self, path: Sequence[Hashable], weight: float) -> Curve:
        """Of the finest cell of the path, each leaning on the one before with the weight of so many cases."""
        key = (tuple(path), weight)
        found = self._curves.get(key)
        if found is None:
            open_still, curve = 1.0, [1.0]
            for hazard in self._hazard(*key)[:-1]:
                open_still *= 1.0 - hazard
                curve.append(max(open_still, ALWAYS_OPEN))
            found = self._curves[key] = tuple(curve)
        return found

    def _hazard(self, path: tuple[Hashable, ...], weight: float) -> list[float]:
        found = self._hazards.get((path, weight))
        if found is not None:
            return found
        coarser = self._hazard(path[:-1], weight) if path else [1.0 / BINS] * BINS
        lean = weight if path else 1.0  # all cases lean on nothing: one case that ends in any of the bins alike
        cell = self._cells.get(path)
        if cell is None:
            return coarser
        ended, left = cell
        still, hazards = 0, [0.0] * BINS
        for number in range(BINS - 1, -1, -1):
            at_risk = still + ended[number]  # who was lost within the bin was not watched through it
            still += ended[number] + left[number]
            hazards[number] = (ended[number] + lean * coarser[number]) / (at_risk + lean)
        self._hazards[path, weight] = hazards
        return hazards


def bin_of(place: float) -> int:
    return max(bisect_right(EDGES, place) - 1, 0)


def place_of(curve: Curve, open_still: float, factor: float = 1.0) -> float | None:
    """Where the chance to be open has come down to that; ``None`` beyond the last edge. ``factor``: how many times as
    fast as others the case moves."""
    wanted = open_still ** (1.0 / factor)
    for number in range(1, BINS):
        if curve[number] <= wanted:
            before, after = log(curve[number - 1]), log(curve[number])
            into = (before - log(wanted)) / (before - after) if before > after else 0.0
            return EDGES[number - 1] + into * (EDGES[number] - EDGES[number - 1])
    return None


def expected_ends(curve: Curve, place: float) -> float:
    """How many ends were to be expected of a case that was watched so far: the sum of its hazards."""
    number = bin_of(place)
    if number + 1 == BINS:
        return -log(curve[number])
    into = (place - EDGES[number]) / (EDGES[number + 1] - EDGES[number])
    return -(1.0 - into) * log(curve[number]) - into * log(curve[number + 1])


def shrunk_factor(ended: int, expected: float, weight: float) -> float:
    """How many times as fast as expected these end, shrunk to 1 as if so many had ended as expected."""
    return (ended + weight) / (expected + weight)
