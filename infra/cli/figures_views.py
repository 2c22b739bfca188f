"""What ``ioc figures --json`` says beside counters and score: as the data API answers it, without its ground."""

from datetime import datetime
from typing import Any

from dashboards.periods import Period
from dashboards.readers.database import Connection
from dashboards.views import VIEWS


async def read(conn: Connection, as_of: datetime, period: Period) -> dict[str, Any]:
    """The part of every view."""
    found: dict[str, Any] = {}
    for view in VIEWS:
        found |= await view.part("command_line").read(conn, as_of, period)
    return found
