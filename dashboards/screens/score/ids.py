"""The parts of the wall that change."""

from enum import StrEnum

NAME = "diem-766"  # of the wall, in addresses


class Wall(StrEnum):
    TOP = "score-top"
    LEAD = "score-lead"
    ROWS = "score-rows"
    GROUPS = "score-groups"
    GAINS = "score-gains"
    FOOT = "score-foot"
