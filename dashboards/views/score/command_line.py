"""The score stands in ``ioc figures`` beside the counters (infra/cli/figures.py); here is nothing more to say."""

from datetime import datetime
from typing import Any

from dashboards.periods import Period
from dashboards.readers.database import Connection


async def read(_conn: Connection, _as_of: datetime, _period: Period) -> dict[str, Any]:
    return {}
