"""Looks at every system at its interval, for as long as it runs."""

import asyncio
import logging
import ssl
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import aiohttp

from schemas.province import ZONE
from streams.intake.day_book import DayBook
from streams.intake.outgoing import Outgoing
from streams.intake.platform.events import PlatformTeller
from streams.intake.platform.look import look, trusting
from streams.intake.platform.systems import PolledSystem, Systems

log = logging.getLogger("platform")
Clock = Callable[[], datetime]
CLOSED_AFTER = timedelta(minutes=10)  # of the next day: the last look of a day may take a while


def utc() -> datetime:
    return datetime.now(UTC)


def session() -> aiohttp.ClientSession:
    """A new connection for each look: its latency is what somebody new would have."""
    connector = aiohttp.TCPConnector(force_close=True, limit=0)
    return aiohttp.ClientSession(connector=connector, auto_decompress=True, headers={"User-Agent": "ioc-probe"})


async def watch(systems: Systems, teller: PlatformTeller, put: Callable[[Outgoing], None], now: Clock = utc) -> None:
    """Until it is cancelled. The first looks are spread over the interval."""
    async with session() as http, asyncio.TaskGroup() as group:
        context = trusting()
        for number, system in enumerate(systems.system):
            first = min(system.interval_s, 10.0) * number / len(systems.system)
            group.create_task(_at_intervals(system, first, lambda one: _once(one, http, context, teller, put, now)))


async def look_once(
    systems: Systems, teller: PlatformTeller, put: Callable[[Outgoing], None], now: Clock = utc
) -> None:
    """At all systems, at the same time."""
    async with session() as http, asyncio.TaskGroup() as group:
        context = trusting()
        for system in systems.system:
            group.create_task(_once(system, http, context, teller, put, now))


async def tell_days(book: DayBook, put: Callable[[Outgoing], None], now: Clock = utc) -> None:
    """Tells of each day what was sent of it, ten minutes after it is over. Until it is cancelled."""
    while True:
        at = now().astimezone(ZONE)
        for digest in book.told((at - CLOSED_AFTER).date(), at):
            put(digest)
        over = datetime.combine(at.date(), datetime.min.time(), ZONE) + CLOSED_AFTER
        await asyncio.sleep((over - at if over > at else over + timedelta(days=1) - at).total_seconds())


async def _at_intervals(system: PolledSystem, first: float, act: Callable[[PolledSystem], Awaitable[None]]) -> None:
    loop = asyncio.get_running_loop()
    due = loop.time() + first
    while True:
        await asyncio.sleep(max(0.0, due - loop.time()))
        await act(system)
        due = max(due + system.interval_s, loop.time())  # a look that took longer is not caught up with


async def _once(
    system: PolledSystem,
    http: aiohttp.ClientSession,
    context: ssl.SSLContext,
    teller: PlatformTeller,
    put: Callable[[Outgoing], None],
    now: Clock,
) -> None:
    at = now()
    found = await look(system, http, context)
    if found.trouble:
        log.info("system=%s reachable=%s trouble=%s", system.key, found.reachable, found.trouble)
    for event in teller.events(system, found, at):
        put(event)
