"""Once a day the chain is walked from its beginning, and what is older than is kept is taken out."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from dashboards.access.record_reader import A_SLICE, RecordReader
from schemas.sqlstates import NotRead

log = logging.getLogger(__name__)
EVERY = timedelta(days=1)
LOOKED_EVERY = 600.0  # seconds


async def keep_record(
    reader: RecordReader, clock: Callable[[], datetime], kept: timedelta, reads_kept: timedelta
) -> None:
    """Until cancelled. Of several processes whichever looks first does it."""
    while True:
        try:
            last = await reader.last_check()
            if last is None or clock() - last.at >= EVERY:
                while await reader.forget(clock(), kept, reads_kept) >= A_SLICE:
                    pass
                found = await reader.check(clock())
                if found.broken is not None:
                    log.error("record=broken number=%d", found.broken)
        except NotRead as exc:
            log.warning("record=unchecked error=%s", type(exc).__name__)
        await asyncio.sleep(LOOKED_EVERY)
