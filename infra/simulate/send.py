"""Sends what is played to Kafka, as fast as it goes or at a multiple of real time, and waits until the tables hold
it."""

import asyncio
import gc
import heapq
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import AsyncExitStack
from itertools import groupby
from operator import attrgetter

from infra.simulate.play import PlayedBatch
from infra.simulate.telling import Record
from schemas.topics import BY_CONTRACT
from streams.broker import Broker
from streams.intake.arrival import Arrival, Tables, reached
from streams.intake.feed import KafkaFeed

CLIENT = "ioc-simulate"
# Records are plain tuples and bytes in great numbers: nothing that a cycle could run through, and slow to walk.
GC_THRESHOLD = (200_000, 50, 1_000)

Show = Callable[[int, int], None]  # day, records sent so far


class Stage:
    """A context: one feed a topic. Every call raises :class:`streams.errors.Retry` once Kafka does not acknowledge."""

    def __init__(self, kafka: str, topics: Iterable[str], suffix: str = "") -> None:
        self._kafka = kafka
        self._names = {topic: BY_CONTRACT[topic].name + suffix for topic in topics}
        self._stack = AsyncExitStack()
        self.feeds: dict[str, KafkaFeed] = {}

    async def __aenter__(self) -> "Stage":
        gc.set_threshold(*GC_THRESHOLD)
        for topic, name in self._names.items():
            self.feeds[topic] = await self._stack.enter_async_context(KafkaFeed(self._kafka, name, CLIENT))
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self._stack.aclose()

    @property
    def sent(self) -> int:
        return sum(feed.sent for feed in self.feeds.values())

    async def fast(self, batches: Iterable[PlayedBatch], show: Show) -> None:
        """As fast as Kafka takes it; days stay in order."""
        for batch in batches:
            feed = self.feeds[batch.topic]
            for _, key, value in batch.records:
                await feed.send(key, value)
            show(batch.day, self.sent)
        await self.flush()

    async def paced(self, batches: Iterable[PlayedBatch], speed: float, begins: int, show: Show) -> None:
        """``speed`` simulated seconds a second, from the moment ``begins`` on, all topics together."""
        started = time.monotonic()
        for day, of_day in groupby(batches, key=attrgetter("day")):
            records = heapq.merge(*(_named(batch) for batch in of_day), key=_arrives)
            for topic, (arrives, key, value) in records:
                left = (arrives - begins) / speed - (time.monotonic() - started)
                if left > 0:
                    await asyncio.sleep(left)
                await self.feeds[topic].send(key, value)
            show(day, self.sent)
        await self.flush()

    async def flush(self) -> None:
        for feed in self.feeds.values():
            await feed.flush()

    async def in_tables(self, database: str, show: Callable[[str, Arrival], None]) -> None:
        """Returns when the tables hold everything that was sent, however long that takes."""
        identity = await asyncio.to_thread(Broker(self._kafka).identity, list(self._names.values()))
        for topic, feed in self.feeds.items():
            async with Tables(database, identity, self._names[topic]) as tables:
                await reached(tables, feed.first, feed.next, lambda so_far, topic=topic: show(topic, so_far))  # type: ignore[misc]


def _named(batch: PlayedBatch) -> list[tuple[str, Record]]:
    return [(batch.topic, record) for record in batch.records]


def _arrives(named: tuple[str, Record]) -> int:
    return named[1][0]


async def held_before(kafka: str, names: Iterable[str]) -> Mapping[str, int]:
    """How many records each of the topics holds already, where it holds any."""
    broker = Broker(kafka)
    found = {}
    for name in names:
        async with KafkaFeed(kafka, name, CLIENT) as feed:
            parts = [(name, part) for part in await feed.partitions()]
        extents = await asyncio.to_thread(broker.extents, parts)
        if any(extent.end for extent in extents.values()):
            found[name] = sum(extent.end for extent in extents.values())
    return found
