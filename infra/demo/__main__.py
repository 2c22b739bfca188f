"""``python -m infra.demo``: feeds the simulated province, then plays it in real time for ever.

A first start sends some thirty days to ``ioc.cases.history``; a later one what was missed. Then every event is sent to
``ioc.cases`` when its time comes. SIGTERM ends it within a second.
"""

import asyncio
import logging
import os
import signal
import threading
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from infra.demo.memory import Remembered, Session, recall, remember
from infra.demo.plan import Plan, begin_session
from infra.demo.stories import LONGEST_QUICK
from schemas.topics import CASES, CASES_HISTORY
from streams.errors import Retry
from streams.intake.feed import Feed

log = logging.getLogger("infra.demo")
TICK_S = 0.2
REMEMBER_EVERY = timedelta(seconds=5)
END_WITHIN_S = 0.8
PAUSE_S = 2.0


class DemoSettings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="IOC_", frozen=True, extra="ignore")

    home: Path = Field(description="Where demo.json lies: what the demo remembers between runs.")
    kafka: str = Field(description="host:port of the brokers, separated by commas.")


class Demo:
    """One installation's simulated province."""

    def __init__(self, settings: DemoSettings, stop: asyncio.Event) -> None:
        self._kafka = settings.kafka
        self._path = settings.home / "demo.json"
        self._stop = stop

    async def run(self) -> None:
        """Until stopped. Raises :class:`Retry` where Kafka is away; running again goes on."""
        now = datetime.now(UTC)
        past = recall(self._path, now)
        remember(self._path, past)  # the moment of the first start decides what the history is
        session = begin_session(past, now)
        plan = Plan(past, session, past.played, now)
        await self._catch_up(plan, now)
        self._keep(past, session, now)
        await self._play(plan, past, session, now)

    async def _catch_up(self, plan: Plan, now: datetime) -> None:
        async with Feed(self._kafka, CASES_HISTORY.name, "ioc-demo") as feed:
            for happening in plan.until(now):
                await feed.send(happening.key, happening.value)
                if self._stop.is_set():
                    return
            await feed.flush()
            log.info("history fed: events=%d", feed.sent)

    async def _play(self, plan: Plan, past: Remembered, session: Session, kept: datetime) -> None:
        async with Feed(self._kafka, CASES.name, "ioc-demo") as feed:
            while not self._stop.is_set():
                now = datetime.now(UTC)
                for happening in plan.until(now):
                    await feed.send(happening.key, happening.value)
                if now - kept >= REMEMBER_EVERY:
                    await feed.flush()
                    self._keep(past, session, now)
                    kept = now
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._stop.wait(), TICK_S)
            await feed.flush()
            self._keep(past, session, now)

    def _keep(self, past: Remembered, session: Session, played: datetime) -> None:
        current = session.model_copy(update={"played": played})
        whole = past.model_copy(update={"sessions": (*past.sessions, current)})
        remember(self._path, whole.forget_before(played - LONGEST_QUICK))


async def main(settings: DemoSettings) -> None:
    stop = asyncio.Event()

    def end() -> None:
        """At once, even with Kafka away: what was not sent is sent by the next run."""
        stop.set()
        timer = threading.Timer(END_WITHIN_S, os._exit, args=(0,))
        timer.daemon = True
        timer.start()

    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, end)
    demo = Demo(settings, stop)
    while not stop.is_set():
        try:
            await demo.run()
        except Retry as exc:
            log.warning("waiting: reason=%s", exc)
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), PAUSE_S)


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)
    settings: Any = DemoSettings()  # type: ignore[call-arg]
    asyncio.run(main(settings))
