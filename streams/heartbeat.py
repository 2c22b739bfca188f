"""Says every two seconds that this process lives, and what it waits for."""

import asyncio
import logging
from datetime import UTC, datetime

import psycopg

from streams.errors import Retry
from streams.lanes import Health
from streams.queries import QUERIES
from streams.store import Connection, connect

log = logging.getLogger(__name__)
EVERY_S = 2.0


async def beat(url: str, process: str, health: Health) -> None:
    """For ever. While the database is away there is nothing to write to, and the screens say so themselves."""
    started_at = datetime.now(UTC)
    connection: Connection | None = None
    while True:
        try:
            if connection is None or connection.closed:
                connection = await connect(url)
            row = {
                "process": process,
                "started_at": started_at,
                "beat_at": datetime.now(UTC),
                "state": health.state,
                "detail": "; ".join(f"{name}: {why}" for name, why in sorted(health.waiting.items())),
            }
            await connection.execute(QUERIES["beat"], row)
        except (Retry, psycopg.Error) as exc:
            log.warning("no heartbeat: reason=%s", type(exc).__name__)
            if connection is not None:
                await connection.close()
                connection = None
        await asyncio.sleep(EVERY_S)
