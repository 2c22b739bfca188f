"""Says every two seconds that this process lives, and what it waits for."""

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from typing import NoReturn

from streams.books.book import Connection
from streams.errors import Retry
from streams.partition_lanes import LaneHealth
from streams.queries import QUERIES
from streams.store import connect, wrapped

log = logging.getLogger(__name__)
EVERY_S = 2.0
FIRST_S = 0.1


async def beat(url: str, process: str, health: LaneHealth, superseded: Callable[[], NoReturn]) -> None:
    """For ever. While the database is away there is nothing to write to, and the screens say so themselves.

    Before the first partitions were begun there is a beat only where there is something to wait for. The first beat
    claims the place; whoever finds it claimed by another process since has been replaced (a process that was frozen
    and thawed, or one that outlived its supervisor) and is told so.
    """
    started_at = datetime.now(UTC)
    connection: Connection | None = None
    claimed = False
    had_all = started_at  # when nothing was waited for
    while True:
        try:
            if not health.waiting:
                had_all = datetime.now(UTC)
            if health.begun or health.waiting:
                if connection is None or connection.closed:
                    connection = await connect(url)
                row = {
                    "process": process,
                    "started_at": started_at,
                    "beat_at": datetime.now(UTC),
                    "state": health.state,
                    "waiting_since": had_all if health.waiting else None,
                    "detail": "; ".join(f"{name}: {why}" for name, why in sorted(health.waiting.items())),
                }
                async with wrapped():
                    cursor = await connection.execute(QUERIES["shared/beat" if claimed else "shared/first_beat"], row)
                if cursor.rowcount == 0:
                    superseded()
                claimed = True
        except Retry as exc:
            log.warning("no heartbeat: reason=%s", exc)
            if connection is not None:
                await connection.close()
                connection = None
        except BaseException:
            if connection is not None:
                await connection.close()
            raise
        await asyncio.sleep(EVERY_S if claimed else FIRST_S)
