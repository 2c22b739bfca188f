"""How surprising a count is: upper tails as natural logarithms, so that one in 10^40 is still a number. Pure."""

from collections.abc import Sequence
from math import exp, inf, lgamma, log, log1p, sqrt

LN10 = log(10.0)


def poisson_tail(count: int, mean: float, spread: float = 0.0) -> float:
    """``log P(X >= count)`` of a count with this mean. ``spread`` is the relative variance beside Poisson's own: the
    variance is ``mean + spread * mean**2``; with 0 it is Poisson's, else that of a negative binomial."""
    if count <= 0:
        return 0.0
    if mean <= 0.0:
        return -inf
    if count <= mean:
        return log(0.5)  # nobody asks how usual the usual is
    term = _log_chance(count, mean, spread)
    total, part, number = 1.0, 1.0, count
    while part > 1e-12 * total and number < count + 10_000:
        part *= _ratio(number, mean, spread)
        total += part
        number += 1
    return min(0.0, term + log(total))


def _log_chance(count: int, mean: float, spread: float) -> float:
    if spread <= 0.0:
        return count * log(mean) - mean - lgamma(count + 1)
    size = 1.0 / spread
    return (
        lgamma(count + size) - lgamma(size) - lgamma(count + 1) - size * log1p(mean * spread)
        + count * (log(mean) - log(size + mean))
    )  # fmt: skip


def _ratio(count: int, mean: float, spread: float) -> float:
    """Of the chances of ``count + 1`` and ``count``."""
    if spread <= 0.0:
        return mean / (count + 1)
    size = 1.0 / spread
    return (count + size) / (count + 1) * mean / (size + mean)


def share_tail(hits: int, of: int, usual: float) -> float:
    """At most ``log P(X >= hits)`` of a binomial with this usual share (Chernoff's bound)."""
    if of <= 0 or hits <= usual * of:
        return 0.0
    usual = min(max(usual, 1e-4), 1 - 1e-4)
    share = hits / of
    gain = share * log(share / usual)
    if share < 1.0:
        gain += (1 - share) * log((1 - share) / (1 - usual))
    return -of * gain


def discoveries(tails: Sequence[float], among: float, share: float) -> int:
    """How many of the smallest tails are discoveries where at most ``share`` of the discoveries may be false, of
    ``among`` that were looked at (Benjamini and Hochberg). ``tails`` in rising order, as logarithms."""
    found = 0
    for place, tail in enumerate(tails, 1):
        if tail <= log(share * place / among):
            found = place
    return found


def median(values: Sequence[float]) -> float:
    """Of at least one value."""
    ordered = sorted(values)
    middle = len(ordered) // 2
    return float(ordered[middle]) if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def robust(values: Sequence[float]) -> tuple[float, float]:
    """Median, and the standard deviation that the median absolute deviation stands for."""
    middle = median(values)
    return middle, 1.4826 * median([abs(value - middle) for value in values])


def standing_out(count: float, usual: float) -> float:
    """By how many standard deviations a count lies above what is usual, by the square root that makes Poisson's
    variance even."""
    return 2.0 * (sqrt(max(count, 0.0) + 0.375) - sqrt(max(usual, 0.0) + 0.375))


def chance_of(log_tail: float) -> float:
    return exp(max(log_tail, -700.0))
