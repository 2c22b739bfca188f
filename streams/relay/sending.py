"""Sends what stands in the outbox (``action_outbox``) to Kafka.

A command stays unsent until Kafka has it on its disk: a relay that is killed between the two sends it again, and the
event's id makes twice once. What cannot be sent is tried again for ever, with growing pauses.
"""

import asyncio
import logging
from datetime import UTC, datetime, timedelta

import psycopg

from schemas.contracts import CONTRACTS
from schemas.json_text import decode
from schemas.sqlstates import passes
from schemas.topics import BY_CONTRACT
from streams.crash import CrashPoints
from streams.errors import Retry
from streams.intake.gateway.events import GatewayEvent
from streams.intake.gateway.outbox import NotTaken, Outbox
from streams.queries import QUERIES

log = logging.getLogger(__name__)
AT_ONCE = 500
LONGEST_PAUSE_S = 5.0
FORGET_EVERY = timedelta(hours=1)
TOPIC_OF = {name: BY_CONTRACT[contract.name] for contract in CONTRACTS.values() for name in contract.types}


class Relay:
    def __init__(self, url: str, kafka: Outbox, *, suffix: str = "", points: CrashPoints | None = None) -> None:
        self._url, self._kafka, self._suffix = url, kafka, suffix
        self._points = points or CrashPoints()

    async def run(self, every_s: float, kept: timedelta) -> None:
        """Until cancelled."""
        pause, forgotten = every_s, datetime.min.replace(tzinfo=UTC)
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(self._url, connect_timeout=5) as conn:
                    while True:
                        sent = await self.send(conn)
                        pause = every_s
                        if datetime.now(UTC) - forgotten > FORGET_EVERY:
                            forgotten = datetime.now(UTC)
                            await conn.execute(QUERIES["relay/forget"], {"before": forgotten - kept})
                            await conn.commit()
                        if sent < AT_ONCE:
                            await asyncio.sleep(every_s)
            except (psycopg.Error, Retry) as exc:
                if isinstance(exc, psycopg.Error) and not passes(exc):
                    raise
                log.warning("not sent: reason=%s", type(exc).__name__)
                await asyncio.sleep(pause)
                pause = min(2 * pause, LONGEST_PAUSE_S)

    async def send(self, conn: "psycopg.AsyncConnection[tuple[object, ...]]") -> int:
        """What is unsent, the oldest of it; how many. Raises :class:`NotTaken` where Kafka did not take all."""
        async with conn.transaction():
            rows = await (await conn.execute(QUERIES["relay/unsent"], {"limit": AT_ONCE})).fetchall()
            records = [self._record(str(event)) for _, _, _, event in rows]
            numbers = [number for number, *_ in rows]
            try:
                if records:
                    await self._kafka.send(records)
            except NotTaken as exc:
                numbers = [numbers[index] for index in exc.taken]
                if numbers:
                    await conn.execute(QUERIES["relay/mark_sent"], {"numbers": numbers})
                failed: NotTaken | None = exc
            else:
                failed = None
                if numbers:
                    self._points.reached("taken")
                    await conn.execute(QUERIES["relay/mark_sent"], {"numbers": numbers})
        if failed is not None:
            raise failed
        return len(rows)

    def _record(self, event: str) -> GatewayEvent:
        said = decode(event.encode())
        topic = TOPIC_OF[said["type"]].name + self._suffix
        return GatewayEvent(topic, said["subject"].encode(), event.encode(), said["source"], said["id"])
