"""``ioc up --demo``: today live, and behind it a year of history that gives way.

Past days of cases go to ``ioc.cases.history``, which workers read only while the live topic has no lag. Of every topic
the next day of history is sent once the tables hold the one before, so what happens now never waits behind a year; and
behind the first weeks, without which a working day has hardly anything in hand, it rests as long as it has worked, so
that the screens have the machine.
"""

import asyncio
import heapq
import logging
import time
from collections.abc import Callable
from contextlib import AsyncExitStack, suppress
from datetime import datetime, timedelta
from pathlib import Path

from infra.simulate import drills
from infra.simulate.calendar import day_at, seconds_of
from infra.simulate.cohorts import HEAVY, LIGHT, SEED, Cohort, Cohorts, second
from infra.simulate.loading import tell_loading
from infra.simulate.memory import FILE, Remembered, recall, remember
from infra.simulate.pulse import Pulse
from infra.simulate.world import TOPICS
from schemas.topics import BY_CONTRACT, CASES_HISTORY
from streams.broker import Broker
from streams.errors import Retry
from streams.intake.arrival import Tables, arrival
from streams.intake.feed import KafkaFeed

log = logging.getLogger("infra.simulate")
TICK_S = 0.2
LOOK_S = 0.5
REMEMBER_EVERY = timedelta(seconds=5)
AT_ONCE_DAYS = 20  # of history: what is in hand today began in them
REST = 1.0  # so many times what a further day of history has taken
SURGE_AFTER_S = 240  # after the start a small surge of look-ups is played
CLIENT = "ioc-demo"
COMPRESSION = "gzip"  # a year of JSON: the only one that needs no further library
Clock = Callable[[], datetime]
Both = tuple[Cohorts, Cohorts]  # of the topics with many events, and of the light ones


class LivePlay:
    """One installation's simulated province. ``home`` holds what it remembers."""

    def __init__(self, kafka: str, database: str, home: Path, scale: float, stop: asyncio.Event, clock: Clock) -> None:
        self._kafka = kafka
        self._database = database
        self._path = home / FILE
        self._scale = scale
        self._stop = stop
        self._clock = clock  # the province's
        self._coming: list[tuple[int, str, bytes, bytes]] = []
        self._today = 0
        self._told: int | None = None  # the earliest day that has been handed over
        self._reached: int | None = None  # of it and every later day all is in the tables; None once the year is whole
        self._light = False
        self._pulse = Pulse(SEED)
        self._regained = False
        self._feeds: dict[str, KafkaFeed] = {}
        self._tables: dict[str, Tables] = {}

    async def run(self) -> None:
        """Until stopped. Raises :class:`Retry` where Kafka is away; running again goes on."""
        past = recall(self._path, self._clock())
        remember(self._path, past)  # the moment of the first start decides what the history is
        self._coming.clear()
        self._reached = day_at(second(self._clock()))
        work = asyncio.create_task(self._tell(past))
        telling = asyncio.create_task(tell_loading(self._database, lambda: self._reached))
        try:
            done, _ = await asyncio.wait((work, telling), return_when=asyncio.FIRST_COMPLETED)
            for ended in done:
                ended.result()
        finally:
            for task in (work, telling):
                task.cancel()
            await asyncio.gather(work, telling, return_exceptions=True)

    async def _tell(self, past: Remembered) -> None:
        cohorts = await asyncio.to_thread(Cohorts, past, self._scale, HEAVY)
        light = await asyncio.to_thread(Cohorts, past.of_light(), self._scale, LIGHT)
        names = {topic: BY_CONTRACT[topic].name for topic in TOPICS} | {"history": CASES_HISTORY.name}
        identity = await asyncio.to_thread(Broker(self._kafka).identity, list(names.values()))
        async with AsyncExitStack() as stack:
            for topic, name in names.items():
                self._feeds[topic] = await stack.enter_async_context(KafkaFeed(self._kafka, name, CLIENT, COMPRESSION))
                tables = Tables(self._database, identity, name)
                self._tables[topic] = await stack.enter_async_context(tables)
            self._told, self._regained = past.told, past.told is None
            self._light = past.light
            both = (cohorts, light)
            await self._begin(both)
            await self._together(both, past)

    async def _begin(self, both: Both) -> None:
        self._today = day_at(second(self._clock()))
        await self._of_day(both, self._today)
        name, minutes = drills.SMALL
        _, drill = drills.records(name, SEED, second(self._clock()) + SURGE_AFTER_S, minutes)
        for at, key, value in drill:  # so that a newcomer sees a finding come and go
            heapq.heappush(self._coming, (at, "lookups", key, value))
        log.info("today told: events=%d", sum(feed.sent for feed in self._feeds.values()))

    async def _of_day(self, both: Both, day: int) -> None:
        for cohorts in both:
            await self._hand_over(await asyncio.to_thread(cohorts.of, day, second(self._clock())))

    async def _together(self, both: Both, past: Remembered) -> None:
        background = asyncio.create_task(self._history(both, past))
        try:
            await self._play(both, past, background)
        finally:
            background.cancel()
            with suppress(asyncio.CancelledError, Retry):
                await background

    async def _history(self, both: Both, past: Remembered) -> None:
        """Day after day back to the first. Until what an earlier run told has been gone through again, what it has
        remembered stands."""
        cohorts, light = both
        for day in cohorts.backwards(self._today):
            if day == self._today - AT_ONCE_DAYS:
                await self._whole_year(light)
            began = time.monotonic()
            self._regained = self._regained or past.told is None or day < past.told
            cohort = await asyncio.to_thread(cohorts.of, day, second(self._clock()))
            await self._caught_up()
            self._reached = day + 1
            await self._hand_over(cohort)
            self._told = day if self._told is None else min(self._told, day)
            if day < self._today - AT_ONCE_DAYS:
                await asyncio.sleep(REST * (time.monotonic() - began))
        self._regained = True
        await self._caught_up()
        self._reached = None
        log.info("history told: events=%d", sum(feed.sent for feed in self._feeds.values()))

    async def _whole_year(self, light: Cohorts) -> None:
        for day in reversed([*light.backwards(self._today)]):
            await self._hand_over(await asyncio.to_thread(light.of, day, second(self._clock())))
        self._light = True

    async def _hand_over(self, cohort: Cohort) -> None:
        """Sends what is over, and keeps the rest for its time."""
        midnight = seconds_of(day_at(second(self._clock())))
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

    async def _play(self, both: Both, past: Remembered, background: "asyncio.Task[None]") -> None:
        kept = self._clock()
        while not self._stop.is_set():
            if background.done():
                background.result()  # raises what ended it before its time
            now = self._clock()
            today = day_at(second(now))
            if today > self._today:
                self._today = today
                await self._of_day(both, today)
            told, light = self._told, self._light
            while self._coming and self._coming[0][0] <= second(now):
                at, topic, key, value = heapq.heappop(self._coming)
                await self._feeds[topic].send(key, value)
                self._pulse.sent(topic, at, key, value)
            for topic, key, value in self._pulse.missing(second(now)):
                await self._feeds[topic].send(key, value)
            if now - kept >= REMEMBER_EVERY:
                for feed in self._feeds.values():
                    await feed.flush()
                self._keep(past, now, told, light)
                kept = now
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stop.wait(), TICK_S)

    def _keep(self, past: Remembered, now: datetime, told: int | None, light: bool) -> None:
        if not self._regained:
            return
        told = self._today if told is None else told
        whole = now.replace(microsecond=0)  # records arrive at whole seconds
        remember(self._path, past.model_copy(update={"played": whole, "told": told, "light": light}))
