"""All services that have a share, as dots at their shares, beside each other where they are near. Pure."""

from collections.abc import Sequence

APART = 0.06  # of the scale: dots nearer than this stand beside each other
MOST = 7  # columns that the panel has room for beside its labels
CLOSER = 0.8


def columns(shares: Sequence[float], most: int = MOST) -> list[int]:
    """The column of each share, from 0: the first in which no dot stands nearer than ``APART``. Where that takes more
    than ``most`` columns, dots may stand nearer, one over a part of another."""
    apart, found = APART, _columns(shares, APART)
    while max(found, default=0) >= most:
        apart *= CLOSER
        found = _columns(shares, apart)
        if apart < APART / 100:
            return [min(column, most - 1) for column in found]
    return found


def _columns(shares: Sequence[float], apart: float) -> list[int]:
    taken: list[list[float]] = []
    found = []
    for share in shares:
        column = next((n for n, dots in enumerate(taken) if all(abs(share - dot) >= apart for dot in dots)), len(taken))
        if column == len(taken):
            taken.append([])
        taken[column].append(share)
        found.append(column)
    return found
