"""``python -m streams.relay``: sends the outbox's commands to Kafka until told to stop."""

import asyncio
import logging
from datetime import timedelta

from streams.crash import CrashPoints
from streams.intake.gateway.outbox import Outbox
from streams.relay.sending import Relay
from streams.relay.settings import RelaySettings
from streams.repeated_warnings import quieten
from streams.until_stopped import until_stopped

ANSWER_S = 5.0  # that Kafka has for one batch


async def run(settings: RelaySettings) -> None:
    async with Outbox(settings.kafka, linger_ms=0, answer_s=ANSWER_S, client="ioc-relay") as kafka:
        points = CrashPoints(settings.crash_relay_at)
        relay = Relay(settings.database_streams, kafka, suffix=settings.topic_suffix, points=points)
        await until_stopped(relay.run(settings.relay_every_s, timedelta(days=settings.relay_kept_days)))


def main() -> None:
    settings = RelaySettings()  # type: ignore[call-arg]  # from the environment
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    quieten()
    asyncio.run(run(settings))


if __name__ == "__main__":
    main()
