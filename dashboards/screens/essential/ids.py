"""The parts of the wall that change."""

from enum import StrEnum


class Wall(StrEnum):
    TOP = "service-top"
    LEAD = "service-lead"
    ROWS = "service-rows"
    SWARM = "service-swarm"
    PATHS = "service-paths"
    FOOT = "service-foot"
