"""What ``ioc figures --json`` says beside the counters: every view's own part."""

from datetime import datetime
from typing import Any

from dashboards.periods import Period
from dashboards.readers.database import Connection
from dashboards.views import VIEWS


async def read(conn: Connection, as_of: datetime, period: Period) -> dict[str, Any]:
    """Of a period with a first and a last day."""
    found: dict[str, Any] = {}
    for view in VIEWS:
        found |= await view.part("command_line").read(conn, as_of, period)
    return found
