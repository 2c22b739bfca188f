"""Medians and p90 from counted values. Pure."""

from collections.abc import Mapping
from typing import NamedTuple


class Spread(NamedTuple):
    """By nearest rank: at least half (nine tenths) of the values are not greater. In the values' own unit."""

    median: int
    p90: int


def spread(times: Mapping[int, int]) -> Spread | None:
    """Of values and how often each is there; ``None`` of none."""
    total = sum(times.values())
    if not total:
        return None
    ranks = iter((-(-total // 2), -(-9 * total // 10)))
    found, rank, seen = list[int](), next(ranks), 0
    for value in sorted(times):
        seen += times[value]
        while seen >= rank:
            found.append(value)
            rank = next(ranks, total + 1)
    return Spread(*found)
