"""When a limit of the day will be reached at this rate, with an interval. Pure.

What is usual for the rest of the day goes on as the day has gone so far; on top comes what is more than usual in the
last minutes, as long as it lasts. How much the minutes differ among themselves says how wide the interval is.
"""

from collections.abc import Sequence
from math import sqrt
from statistics import pstdev
from typing import NamedTuple

from streams.guard.tails import robust

WINDOWS = (10, 20, 30)  # minutes; the longest over which the rate has been even
EVEN = 3.0  # standard deviations that two halves of a window may differ by
WIDE = 1.64  # standard deviations on each side: nine of ten
CHANGES = 0.12  # by how much the rate itself changes, on each side
USUAL_CHANGES = (0.7, 1.4)


class Reach(NamedTuple):
    """Minutes since the beginning of the day; ``at`` is ``None`` where it will not be reached today. ``latest`` is
    ``None`` where it may as well never be."""

    at: float | None
    soonest: float | None
    latest: float | None
    rate: float  # look-ups a minute, now


def reach(count: int, limit: int, now: int, last: Sequence[int], usual: Sequence[float], day: float) -> Reach:
    """``now``: the minute of the day that is over last; ``last``: the counts of the last hour's minutes up to it, at
    least ten; ``usual``: shares of a day up to each of its minutes (1,441); ``day``: look-ups of such a day."""
    done = usual[min(now + 1, len(usual) - 1)] * day
    window = _window(last)
    counts = last[-window:]
    rate = sum(counts) / window
    expected = (usual[now + 1] - usual[max(now + 1 - window, 0)]) * day / window
    early = count - sum(last)
    before = usual[max(now + 1 - len(last), 0)] * day
    gone = early / before if before > 20 else count / done if done > 20 else 1.0
    scale = min(max(gone, USUAL_CHANGES[0]), USUAL_CHANGES[1])
    more = rate - scale * expected
    noise = max(robust(counts)[1], sqrt(max(rate, 1.0)))
    off = WIDE * max(noise / sqrt(window), _between(counts))
    if more <= off:
        more_low, more_high = min(more, 0.0) / 2, max(more, 0.0) + off
        more = max(more, 0.0)
    else:
        more_low, more_high = (more - off) * (1 - CHANGES), (more + off) * (1 + CHANGES)
    found = [
        _reached(count, limit, now, usual, day * s, m)
        for s, m in ((scale, more), (scale * 1.05, more_high), (scale * 0.95, more_low))
    ]
    return Reach(found[0], found[1], found[2], rate)


def _between(counts: Sequence[int]) -> float:
    """How sure the mean is by how far fives of minutes lie apart: pauses and bursts last longer than a minute."""
    fives = [sum(counts[place : place + 5]) / 5 for place in range(0, len(counts) - 4, 5)]
    return pstdev(fives) / sqrt(len(fives) - 1) if len(fives) > 1 else 0.0


def _window(last: Sequence[int]) -> int:
    chosen = WINDOWS[0]
    for window in WINDOWS:
        if window > len(last):
            break
        half = window // 2
        first, second = sum(last[-window:-half]), sum(last[-half:])
        if abs(first - second) > EVEN * sqrt(first + second + 1) * 1.3:
            break
        chosen = window
    return chosen


def _reached(count: int, limit: int, now: int, usual: Sequence[float], day: float, more: float) -> float | None:
    """The minute at which it is reached; ``None``: not today."""
    if count >= limit:
        return float(now)
    sum_ = float(count)
    for minute in range(now + 1, len(usual) - 1):
        step = max((usual[minute + 1] - usual[minute]) * day + more, 0.0)
        if sum_ + step >= limit:
            return minute + (limit - sum_) / step
        sum_ += step
    return None
