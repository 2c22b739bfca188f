"""Which happenings have to be sent when. Pure: moments are arguments.

The plan is a function of the seed, of the days and of the sessions alone, so a restart goes on where the last run
stood, and what is sent twice has the same ids.
"""

import heapq
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from infra.demo.memory import Remembered, Session
from infra.demo.stories import LONGEST, LONGEST_QUICK, Happening, of_day, of_slot, slot_of
from schemas.province import ZONE

HISTORY = timedelta(days=30)
WARM_UP = timedelta(minutes=40)  # so that a first start finds quick cases at every stage


def begin_session(past: Remembered, now: datetime) -> Session:
    """The session that starts now; a little earlier, so that its cases are already on their way."""
    if past.played is not None:
        begin = max(past.played, now - WARM_UP)
    else:  # the same as that of a first start that did not get so far
        begin = max(past.first - WARM_UP, now - LONGEST_QUICK)
    return Session(begin=begin, played=begin)


class Plan:
    """What is still to happen. Happenings up to ``after`` are over; ``session`` is the one that runs now."""

    def __init__(self, past: Remembered, session: Session, after: datetime | None, now: datetime) -> None:
        self._after = after
        self._coming: list[Happening] = []
        first = (past.first - HISTORY).astimezone(ZONE).date()
        oldest = first if after is None else max(first, (after - LONGEST).astimezone(ZONE).date())
        self._day = oldest
        self._slot = slot_of(session.begin)
        for earlier in past.sessions:
            begin = earlier.begin if after is None else max(earlier.begin, after - LONGEST_QUICK)
            for slot in range(slot_of(begin), min(slot_of(earlier.played) + 1, self._slot)):
                self._add(of_slot(slot))
        self._extend(now)

    def until(self, now: datetime) -> Iterator[Happening]:
        """What happens up to ``now`` and has not been handed out yet, in order of time."""
        self._extend(now)
        while self._coming and self._coming[0].time <= now:
            yield heapq.heappop(self._coming)

    def _extend(self, now: datetime) -> None:
        today = now.astimezone(ZONE).date()
        while self._day <= today:
            self._add(of_day(self._day))
            self._day = _next(self._day)
        while self._slot <= slot_of(now):
            self._add(of_slot(self._slot))
            self._slot += 1

    def _add(self, happenings: Iterator[Happening]) -> None:
        for happening in happenings:
            if self._after is None or happening.time > self._after:
                heapq.heappush(self._coming, happening)


def _next(day: date) -> date:
    return day + timedelta(days=1)
