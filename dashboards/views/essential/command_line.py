"""The essential services in ``ioc figures --json``, as the data API answers them."""

from datetime import datetime
from typing import Any

from dashboards.periods import Period
from dashboards.readers.database import Connection
from dashboards.views.essential import answers, reader


async def read(conn: Connection, as_of: datetime, period: Period) -> dict[str, Any]:
    services = await reader.read(conn, as_of, period)
    why = await reader.reasons(conn, period)
    rows = [answers.ServiceRow.of(one, why.get(one.number, {})) for one in services]
    return {"essential_services": [row.model_dump(mode="json") for row in rows]}
