"""Sentences of two lines: as much of what could be said as they hold."""

from collections.abc import Sequence

from dashboards.figures.headline import LINE_EM, MOST_LETTERS, Words
from dashboards.words import NB, letters, lines, number, unbroken

NAMED = 3


def naming(units: Sequence[tuple[str, int]]) -> list[Words]:
    """The first of these by name with their amounts, from as many as may be named down to one."""
    said = []
    for shown in range(min(NAMED, len(units)), 0, -1):
        rest = len(units) - shown
        listed = ", ".join(f"{unbroken(name)}{NB}{number(amount)}" for name, amount in units[:shown])
        said.append(Words(f": {listed}" + (f" và {rest}{NB}đơn vị khác" if rest else "")))
    return said


def fitting(opening: tuple[Words, ...], endings: list[tuple[Words, ...]]) -> tuple[Words, ...]:
    """The opening with the first of these endings that two lines hold."""
    for ending in endings:
        words = (*opening, *ending, Words("."))
        whole = "".join(part.text for part in words)
        if letters(whole) <= MOST_LETTERS and lines([(part.text, part.bold) for part in words], LINE_EM) <= 2:
            return words
    return (*opening, Words("."))
