"""How verbs read what the screens read: one snapshot, and at once the word that there is none."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import psycopg

from dashboards.readers.database import Database, Snapshot
from schemas.province_clock import REAL_TIME, ProvinceClock

PATIENCE_S = 10


@asynccontextmanager
async def snapshot(url: str, name: str, clock: ProvinceClock = REAL_TIME) -> AsyncIterator[Snapshot]:
    """Raises ``psycopg.Error`` and :class:`schemas.sqlstates.NotRead`: the first connection is made without a
    pool, which would try again for its whole patience where nothing listens."""
    logging.getLogger("psycopg.pool").setLevel(logging.CRITICAL)  # that it is away is said once, by the verb
    await (await psycopg.AsyncConnection.connect(url, connect_timeout=PATIENCE_S)).close()
    database = Database(
        url, name=f"ioc-{name}", size=1, patience=PATIENCE_S, clock=clock, clock_offset_s=clock.offset_s
    )
    async with database, database.snapshot() as taken:
        yield taken
