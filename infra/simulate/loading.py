"""Tells the screens, where the workers say that they live, how far a demo has loaded its history."""

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime

from schemas.province import as_date
from schemas.simulated_history import PROCESS, said_of
from streams.books.book import Connection
from streams.errors import Retry
from streams.queries import QUERIES
from streams.store import connect, wrapped

log = logging.getLogger("infra.simulate")
EVERY_S = 2.0


async def tell_loading(database: str, reached: Callable[[], int | None], every_s: float = EVERY_S) -> None:
    """For ever; what was said last stays when the process ends, as what is not loaded then stays so. ``reached`` gives
    the number of a day, ``None`` once the history is whole."""
    started_at = datetime.now(UTC)
    connection: Connection | None = None
    try:
        while True:
            day = reached()
            state, detail = said_of(None if day is None else as_date(day))
            now = datetime.now(UTC)
            row = {"process": PROCESS, "started_at": started_at, "beat_at": now, "state": state, "detail": detail}
            row["waiting_since"] = None  # what is away is no matter of how far the history is
            try:
                if connection is None or connection.closed:
                    connection = await connect(database)
                async with wrapped():
                    await connection.execute(QUERIES["shared/first_beat"], row)
            except Retry as exc:
                log.warning("not told how far the history is: reason=%s", exc)
                if connection is not None:
                    await connection.close()
                    connection = None
            await asyncio.sleep(every_s)
    finally:
        if connection is not None:
            await connection.close()
