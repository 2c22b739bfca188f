"""Every night the chain is walked from its beginning, and what is older than is kept is taken out."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, time, timedelta

from dashboards.access.record_reader import A_SLICE, RecordReader
from schemas.province import ZONE
from schemas.sqlstates import NotRead

log = logging.getLogger(__name__)
AT = time(2)  # in the province, when nobody waits for the database
LOOKED_EVERY = 600.0  # seconds


async def keep_record(
    reader: RecordReader, clock: Callable[[], datetime], kept: timedelta, reads_kept: timedelta
) -> None:
    """Until cancelled. Of several processes one does it; a night in which none ran is made up for at the start."""
    while True:
        try:
            async with reader.alone() as alone:
                if alone and await is_due(reader, clock()):
                    while await reader.forget(clock(), kept, reads_kept) >= A_SLICE:
                        pass
                    await walk(reader, clock())
        except NotRead as exc:
            log.warning("record=unchecked error=%s", type(exc).__name__)
        await asyncio.sleep(LOOKED_EVERY)


async def is_due(reader: RecordReader, now: datetime) -> bool:
    """Whether the last walk was before the last night's."""
    last = await reader.last_check()
    night = datetime.combine(now.astimezone(ZONE), AT, ZONE)
    return last is None or last.at < (night if night <= now else night - timedelta(days=1))


async def walk(reader: RecordReader, now: datetime) -> None:
    """The line in the log is for whoever keeps it elsewhere: who owns the database can write the whole chain anew, and
    what he remembers of it, but not what was told outside."""
    found = await reader.check(now)
    if found.broken is not None:
        log.error("record=broken number=%d through=%d", found.broken, found.through)
    else:
        log.info("record=whole through=%d digest=%s", found.through, found.digest)
