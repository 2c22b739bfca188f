"""All services that have a share, as dots at their shares, beside each other where they are near. Pure."""

from collections.abc import Sequence

APART = 0.06  # of the scale: dots nearer than this stand beside each other


def columns(shares: Sequence[float]) -> list[int]:
    """The column of each share, from 0: the first in which no dot stands nearer than ``APART``."""
    taken: list[list[float]] = []
    found = []
    for share in shares:
        column = next((n for n, dots in enumerate(taken) if all(abs(share - dot) >= APART for dot in dots)), len(taken))
        if column == len(taken):
            taken.append([])
        taken[column].append(share)
        found.append(column)
    return found
