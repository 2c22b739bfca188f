"""Everything that begins on one day, for play without an end: what of it is over, and what is still to come. Pure.

Days are asked for in any order: today first, so that there is something to see, then back into history.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from infra.simulate.calendar import day_at, seconds_of
from infra.simulate.case_stories import LONGEST
from infra.simulate.memory import Remembered
from infra.simulate.scenarios import Drills
from infra.simulate.telling import Disturbances, Record
from infra.simulate.topic import SimulatedTopic
from infra.simulate.world import TOPICS, build

SEED = 6
HISTORY_DAYS = 365
# Mistakes are made and mended, but nothing comes weeks late: a wall should not be told of last month every minute.
DISTURBANCES = Disturbances(duplicates=0.002, late=0.0, corrections=0.01)

# All systems are looked at, but not as often as a monitoring would: a year of it lies on little disk.
LOOK_S = (1_800, 2_700)
# Few events, and what stands now began long ago: a whole year of them is told before the rest.
LIGHT = ("tasks", "datasets", "portal", "outreach")
HEAVY = tuple(topic for topic in TOPICS if topic not in LIGHT)


class Cohort(NamedTuple):
    """``over`` has arrived by the moment asked for, ``coming`` has not; by topic, in order of arrival."""

    day: int
    over: dict[str, list[Record]]
    coming: list[tuple[int, str, bytes, bytes]]


class Cohorts:
    """Tells one day after another, of some topics."""

    def __init__(self, past: Remembered, scale: float, topics: Sequence[str] = tuple(TOPICS)) -> None:
        self._past = past
        self.first = day_at(int(past.first.timestamp())) - HISTORY_DAYS
        self._played = int(past.played.timestamp()) if past.played is not None else None
        self._world: list[SimulatedTopic] = build(
            SEED, scale, DISTURBANCES, Drills(), self.first, None, topics, digests=False, look_s=LOOK_S
        )

    def of(self, day: int, now: int) -> Cohort:
        """What has not been sent of the day by an earlier run. ``now`` in seconds."""
        told = self._past.told is not None and day >= self._past.told
        after = self._played if told and self._played is not None else 0
        over: dict[str, list[Record]] = {}
        coming: list[tuple[int, str, bytes, bytes]] = []
        for topic in self._world:
            name = topic.teller.topic
            topic.day(day)
            fresh = sorted(record for record in topic.teller.outbox.drain() if record[0] > after)
            over[name] = [record for record in fresh if record[0] <= now]
            coming += [(at, name, key, value) for at, key, value in fresh if at > now]
        return Cohort(day, over, coming)

    def backwards(self, today: int) -> Iterator[int]:
        """The days before today of which something may still have to be sent, the latest first."""
        told, played = self._past.told, self._played
        for day in range(today - 1, self.first - 1, -1):
            over = told is not None and played is not None and day >= told and day + LONGEST < day_at(played)
            if not over:
                yield day


def second(moment: datetime) -> int:
    return int(moment.timestamp())


__all__ = ["Cohort", "Cohorts", "second", "seconds_of"]
