"""How long to wait before the next try. Pure."""

from random import Random

DOUBLED = 16  # times at most: the longest pause is reached long before


def pause_s(tries: int, first_s: float, longest_s: float, random: Random) -> float:
    """Doubled after each try, up to the longest; of that a random part from a half on, so that many orders that failed
    together do not come back together."""
    whole = min(longest_s, first_s * (1 << min(tries - 1, DOUBLED)))
    return whole * random.uniform(0.5, 1.0)
