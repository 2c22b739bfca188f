"""The parts of a topic's pages that change: on the wall, and on the tablet."""

from enum import StrEnum

NUMBERS = 6


class Wall(StrEnum):
    TOP = "topic-top"
    LEAD = "topic-lead"
    NUMBERS = "topic-numbers"
    MAIN = "topic-main"
    FIRST = "topic-first"
    DAYS = "topic-days"
    DAYS_HEAD = "topic-days-head"
    DAYS_TAG = "topic-days-tag"
    DAYS_PLOT = "topic-days-plot"
    DAYS_ENDS = "topic-days-ends"
    SECOND = "topic-second"
    FOOT = "topic-foot"


class Guarded(StrEnum):
    """Of the wall of look-ups."""

    TOP = "guard-top"
    LEAD = "guard-lead"
    CURVE = "guard-curve"
    SIDE = "guard-side"
    FOUND = "guard-found"
    FOOT = "guard-foot"


class Tablet(StrEnum):
    LEAD = "tt-lead"
    NUMBERS = "tt-numbers"
    DAYS = "tt-days"
    DAYS_HEAD = "tt-days-head"
    DAYS_PLOT = "tt-days-plot"
    DAYS_ENDS = "tt-days-ends"
    FIRST = "tt-first"
    SECOND = "tt-second"


def number(index: int) -> str:
    """The wall's tile of a number, from 0."""
    return f"topic-number-{index}"
