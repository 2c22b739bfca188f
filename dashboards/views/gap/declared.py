"""What is compared with the national portal."""

from enum import StrEnum

from schemas.counters import COUNTER


class Indicator(StrEnum):
    """What is compared, on the day of acceptance or of the end."""

    RECEIVED = "received"
    FINISHED = "finished"
    ON_TIME = "on_time"
    LATE = "late"


LABELS = {  # of the counters that our own side is
    Indicator.RECEIVED: COUNTER["accepted"].label,
    Indicator.FINISHED: COUNTER["finished"].label,
    Indicator.ON_TIME: COUNTER["on_time"].label,
    Indicator.LATE: COUNTER["late"].label,
}
