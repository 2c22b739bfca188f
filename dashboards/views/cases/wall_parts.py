"""The parts of the wall that change."""

from enum import StrEnum


class WallPart(StrEnum):
    TOP = "wall-top"
    LEAD = "wall-lead"
    NUMBERS = "wall-numbers"
    RATE = "wall-rate"
    ACCEPTED = "wall-accepted"
    OPEN = "wall-open"
    FINISHED = "wall-finished"
    ON_TIME = "wall-on-time"
    LATE = "wall-late"
    OVERDUE = "wall-overdue"
    UNITS = "wall-units"
    DAYS = "wall-days"
    DAYS_HEAD = "wall-days-head"
    DAYS_TAG = "wall-days-tag"
    DAYS_PLOT = "wall-days-plot"
    DAYS_ENDS = "wall-days-ends"
    CHANNELS = "wall-channels"
    DUE = "wall-due"
    FOOT = "wall-foot"


TILES: tuple[tuple[WallPart, str], ...] = (
    (WallPart.ACCEPTED, "accepted"),
    (WallPart.OPEN, "open"),
    (WallPart.FINISHED, "finished"),
    (WallPart.ON_TIME, "on_time"),
    (WallPart.LATE, "late"),
    (WallPart.OVERDUE, "overdue"),
)
