"""Brings events to Kafka, and keeps them while it is away."""

import asyncio
import logging
from collections import deque

from streams.errors import Retry
from streams.intake.feed import KafkaFeed
from streams.intake.outgoing import Outgoing

MOST_KEPT = 20_000  # of 100 systems, looked at each minute: more than three hours
AGAIN_S = 5.0
log = logging.getLogger("platform")


class PlatformOutbox:
    """What is put in is sent in order, again and again until Kafka has it; the oldest is given up when it is full."""

    def __init__(self, kafka: str, topic: str) -> None:
        self._kafka = kafka
        self._topic = topic
        self._waiting: deque[Outgoing] = deque()
        self._filled = asyncio.Event()
        self.lost = 0

    def put(self, event: Outgoing) -> None:
        if len(self._waiting) >= MOST_KEPT:
            self._waiting.popleft()
            self.lost += 1
        self._waiting.append(event)
        self._filled.set()

    async def run(self) -> None:
        """Until it is cancelled."""
        while True:
            try:
                async with KafkaFeed(self._kafka, self._topic, client_id="ioc-probes") as feed:
                    while True:
                        await self.flush(feed)
                        self._filled.clear()
                        if not self._waiting:
                            await self._filled.wait()
            except Retry as exc:
                log.warning("waiting: %s events=%d lost=%d", exc, len(self._waiting), self.lost)
                await asyncio.sleep(AGAIN_S)

    async def flush(self, feed: KafkaFeed) -> None:
        """Everything that waits; it is forgotten once Kafka has acknowledged it."""
        batch = list(self._waiting)
        for event in batch:
            await feed.send(event.key, event.value)
        if batch:
            await feed.flush()
        sent = set(map(id, batch))
        while self._waiting and id(self._waiting[0]) in sent:
            self._waiting.popleft()
