"""When an event of a topic may have happened, for the stream and for every way in. Pure.

Not before the topic's earliest moment, and not further ahead of its receipt than the topic allows: one event of the
year 2199 would make a dead source look alive for ever.
"""

from datetime import timedelta

from schemas.province import moment
from schemas.topics import Topic

_MICROSECOND = timedelta(microseconds=1)


class Timely:
    """One topic's bounds. Moments in microseconds since the epoch."""

    __slots__ = ("_ahead", "_earliest")

    def __init__(self, topic: Topic) -> None:
        self._earliest = moment(topic.earliest)
        self._ahead = topic.max_ahead // _MICROSECOND

    def breach(self, time: int, received: int) -> str | None:
        """The rule that an event of that moment, received at the other, breaks; ``None`` where it breaks none."""
        if time < self._earliest:
            return "before_earliest"
        if time > received + self._ahead:
            return "too_far_ahead"
        return None
