"""``python -m infra.simulate``: what ``ioc up --demo`` runs. SIGTERM ends it within a second."""

import asyncio
import gc
import logging
import os
import signal
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from infra.simulate.live import LivePlay
from infra.simulate.send import GC_THRESHOLD
from schemas.province_clock import ClockOffset, ProvinceClock
from streams.errors import Retry

log = logging.getLogger("infra.simulate")
END_WITHIN_S = 0.8
PAUSE_S = 2.0


class DemoSettings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="IOC_", frozen=True, extra="ignore")

    home: Path = Field(description="Where demo.json lies: what the demo remembers between runs.")
    kafka: str = Field(description="host:port of the brokers, separated by commas.")
    database_streams: SecretStr = Field(description="Where it is read how far the tables are.")
    clock_offset_s: ClockOffset = 0
    demo_scale: float = Field(
        default=0.1, gt=0, le=10, description="Size of the demo's province; 1 is the real one's: 17 million events."
    )


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
    database = settings.database_streams.get_secret_value()
    clock = ProvinceClock(settings.clock_offset_s)
    demo = LivePlay(settings.kafka, database, settings.home, settings.demo_scale, stop, clock)
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
    logging.getLogger("kafka").setLevel(logging.WARNING)
    gc.set_threshold(*GC_THRESHOLD)
    settings: Any = DemoSettings()  # type: ignore[call-arg]
    asyncio.run(main(settings))
