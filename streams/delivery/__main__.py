"""``python -m streams.delivery``: hands holding orders to the receiver until told to stop."""

import asyncio
import logging
from contextlib import AsyncExitStack
from random import SystemRandom

from schemas.province_clock import ProvinceClock
from streams.crash import CrashPoints
from streams.delivery.delivering import Delivery
from streams.delivery.posting import Post
from streams.delivery.settings import DeliverySettings
from streams.delivery.signature import keys_of
from streams.repeated_warnings import quieten
from streams.until_stopped import until_stopped


async def run(settings: DeliverySettings) -> None:
    async with AsyncExitStack() as open_:
        post = None
        if settings.hold_url:
            keys = keys_of(settings.hold_secret.get_secret_value())
            post = await open_.enter_async_context(Post(settings.hold_url, keys, settings.hold_timeout_s))
        points = CrashPoints(settings.crash_delivery_at)
        delivery = Delivery(settings, post, ProvinceClock(settings.clock_offset_s), SystemRandom(), points)
        await until_stopped(delivery.run())


def main() -> None:
    settings = DeliverySettings()  # type: ignore[call-arg]  # from the environment
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    quieten()
    asyncio.run(run(settings))


if __name__ == "__main__":
    main()
