"""``ioc up --demo``: today live, and behind it a year of history that gives way.

Past days of cases go to ``ioc.cases.history``, which workers read only while the live topic has no lag. Of every topic
the next day of history is sent once the tables hold the one before, so what happens now never waits behind a year.
"""

import asyncio
import heapq
import logging
from contextlib import AsyncExitStack, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from infra.simulate.calendar import day_at, seconds_of
from infra.simulate.cohorts import Cohort, Cohorts, second
from infra.simulate.memory import Remembered, recall, remember
from infra.simulate.world import TOPICS
from schemas.topics import BY_CONTRACT, CASES_HISTORY
from streams.broker import Broker
from streams.errors import Retry
from streams.intake.arrival import Tables, arrival
from streams.intake.feed import Feed

log = logging.getLogger("infra.simulate")
TICK_S = 0.2
LOOK_S = 0.5
REMEMBER_EVERY = timedelta(seconds=5)
CLIENT = "ioc-demo"


class Live:
    """One installation's simulated province. ``home`` holds what it remembers."""

    def __init__(self, kafka: str, database: str, home: Path, scale: float, stop: asyncio.Event) -> None:
        self._kafka = kafka
        self._database = database
        self._path = home / "demo.json"
        self._scale = scale
        self._stop = stop
        self._coming: list[tuple[int, str, bytes, bytes]] = []
        self._today = 0
        self._told: int | None = None  # the earliest day that has been handed over
        self._regained = False
        self._feeds: dict[str, Feed] = {}
        self._tables: dict[str, Tables] = {}

    async def run(self) -> None:
        """Until stopped. Raises :class:`Retry` where Kafka is away; running again goes on."""
        past = recall(self._path, datetime.now(UTC))
        remember(self._path, past)  # the moment of the first start decides what the history is
        self._coming.clear()
        cohorts = await asyncio.to_thread(Cohorts, past, self._scale)
        names = {topic: BY_CONTRACT[topic].name for topic in TOPICS} | {"history": CASES_HISTORY.name}
        identity = await asyncio.to_thread(Broker(self._kafka).identity, list(names.values()))
        async with AsyncExitStack() as stack:
            for topic, name in names.items():
                self._feeds[topic] = await stack.enter_async_context(Feed(self._kafka, name, CLIENT))
                tables = Tables(self._database, identity, name)
                self._tables[topic] = await stack.enter_async_context(tables)
            self._told, self._regained = past.told, past.told is None
            await self._begin(cohorts)
            await self._together(cohorts, past)

    async def _begin(self, cohorts: Cohorts) -> None:
        now = datetime.now(UTC)
        self._today = day_at(second(now))
        await self._hand_over(await asyncio.to_thread(cohorts.of, self._today, second(now)))
        log.info("today told: events=%d", sum(feed.sent for feed in self._feeds.values()))

    async def _together(self, cohorts: Cohorts, past: Remembered) -> None:
        background = asyncio.create_task(self._history(cohorts, past))
        try:
            await self._play(cohorts, past, background)
        finally:
            background.cancel()
            with suppress(asyncio.CancelledError, Retry):
                await background

    async def _history(self, cohorts: Cohorts, past: Remembered) -> None:
        """Day after day back to the first. Until what an earlier run told has been gone through again, what it has
        remembered stands."""
        for day in cohorts.backwards(self._today):
            self._regained = self._regained or past.told is None or day < past.told
            cohort = await asyncio.to_thread(cohorts.of, day, second(datetime.now(UTC)))
            await self._caught_up()
            await self._hand_over(cohort)
            self._told = day if self._told is None else min(self._told, day)
        self._regained = True
        log.info("history told: events=%d", sum(feed.sent for feed in self._feeds.values()))

    async def _hand_over(self, cohort: Cohort) -> None:
        """Sends what is over, and keeps the rest for its time."""
        midnight = seconds_of(day_at(second(datetime.now(UTC))))
        for topic, records in cohort.over.items():
            for at, key, value in records:
                old = topic == "cases" and at < midnight
                await self._feeds["history" if old else topic].send(key, value)
        for feed in self._feeds.values():
            await feed.flush()
        for coming in cohort.coming:
            heapq.heappush(self._coming, coming)

    async def _caught_up(self) -> None:
        """Returns when the tables hold all that was sent; at once for a topic while the database is away."""
        for topic, feed in self._feeds.items():
            while feed.next:
                try:
                    position = await self._tables[topic].position()
                except Retry:
                    await asyncio.sleep(LOOK_S)
                    continue
                if arrival(position, feed.first, dict(feed.next)).complete:
                    break
                await asyncio.sleep(LOOK_S)

    async def _play(self, cohorts: Cohorts, past: Remembered, background: "asyncio.Task[None]") -> None:
        kept = datetime.now(UTC)
        while not self._stop.is_set():
            if background.done():
                background.result()  # raises what ended it before its time
            now = datetime.now(UTC)
            today = day_at(second(now))
            if today > self._today:
                self._today = today
                await self._hand_over(await asyncio.to_thread(cohorts.of, today, second(now)))
            told = self._told
            while self._coming and self._coming[0][0] <= second(now):
                _, topic, key, value = heapq.heappop(self._coming)
                await self._feeds[topic].send(key, value)
            if now - kept >= REMEMBER_EVERY:
                for feed in self._feeds.values():
                    await feed.flush()
                self._keep(past, now, told)
                kept = now
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stop.wait(), TICK_S)

    def _keep(self, past: Remembered, now: datetime, told: int | None) -> None:
        if not self._regained:
            return
        told = self._today if told is None else told
        whole = now.replace(microsecond=0)  # records arrive at whole seconds
        remember(self._path, past.model_copy(update={"played": whole, "told": told}))
