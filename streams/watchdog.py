"""Ends the process where it would otherwise stand still for ever; the supervisor starts it again from the table.

Kafka consumers are known to stall after broker outages, and a re-created topic goes on under its old name. Both are
seen with a second client: the ends of our partitions, and the topics' ids.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from streams.broker import Broker, Extent
from streams.errors import Retry
from streams.partition_lanes import LaneHealth

log = logging.getLogger(__name__)
EVERY_S = 3.0


@dataclass(slots=True)
class Stall:
    """Pure: tells from observations whether a partition has stood still too long while there was work."""

    after_s: float
    _since: dict[tuple[str, int], tuple[int, float]] = field(default_factory=dict)

    def stalled(self, now: float, tp: tuple[str, int], position: int, end: int) -> bool:
        """``position`` is how far we are, ``end`` how far the partition goes; ``now`` in seconds of any clock."""
        if position >= end:
            self._since.pop(tp, None)
            return False
        seen, since = self._since.get(tp, (-1, now))
        if seen != position:
            self._since[tp] = (position, now)
            return False
        return now - since > self.after_s

    def forgive(self, tp: tuple[str, int] | None = None) -> None:
        """The partition, or none at all, counts as standing still before now: a dependency was away."""
        if tp is None:
            self._since.clear()
        else:
            self._since.pop(tp, None)


async def watch(
    broker: Broker,
    begun: Callable[[], Mapping[str, str]],
    progress: Callable[[], Mapping[tuple[str, int], tuple[str, int]]],
    health: LaneHealth,
    excused: Callable[[tuple[str, int]], bool],
    stop: Callable[[str], None],
    anew: Callable[[str], Awaitable[None]],
    stall_s: float,
    full: Callable[[], bool] = lambda: False,
) -> None:
    """For ever. ``progress`` gives, per (topic, partition), the topic id it was begun with and the offset before which
    everything is in the tables: a span that is lost on the way, or hangs, stands still too. ``excused``: whether the
    partition may stand still now. ``full``: whether our own disk is, which is then the reason.

    A topic that is deleted takes its partitions out of the assignment, and Kafka clients are slow to see it again when
    it comes back; so ``begun`` gives, per topic, the id it was begun with, held or not."""
    stall = Stall(stall_s)
    clock = asyncio.get_running_loop().time
    while True:
        await asyncio.sleep(EVERY_S)
        held = dict(progress())
        topics = dict(begun())
        if not topics or "positions" in health.waiting:
            stall.forgive()
            continue
        try:
            identity = await asyncio.to_thread(broker.identity, sorted(topics))
            extents: dict[tuple[str, int], Extent] = await asyncio.to_thread(broker.extents, sorted(held))
        except Retry as exc:
            why = f"{exc}, disk full" if full() else str(exc)
            log.warning("watchdog waits: reason=%s", why)
            health.waiting["Kafka"] = why
            stall.forgive()
            continue
        health.waiting.pop("Kafka", None)
        for topic, topic_id in topics.items():
            if identity.topic_ids[topic] != topic_id:
                await anew(f"topic {topic} was created again; beginning it anew")
        for tp, (_, position) in held.items():
            if excused(tp):
                stall.forgive(tp)
            elif stall.stalled(clock(), tp, position, extents[tp].end):
                stop(f"{tp[0]}/{tp[1]} stands at {position} of {extents[tp].end} for more than {stall_s:.0f} s")
