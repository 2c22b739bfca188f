"""What is done again and again while the database may be away."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from schemas.sqlstates import NotRead

log = logging.getLogger(__name__)


async def again_and_again(do: Callable[[], Awaitable[None]], every: float, meanwhile: str) -> None:
    """Until cancelled, with pauses of ``every`` seconds. That the database is away is told once; ``meanwhile``: what
    holds until it is back."""
    away = False
    while True:
        try:
            await do()
            away = False
        except NotRead as exc:
            if not away:
                log.warning("%s error=%s", meanwhile, type(exc).__name__)
            away = True
        await asyncio.sleep(every)
