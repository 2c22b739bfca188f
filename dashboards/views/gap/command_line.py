"""Own and portal figure of each indicator in ``ioc figures --json``, as the data API answers them."""

from datetime import datetime
from typing import Any

from dashboards.periods import Period
from dashboards.readers.database import Connection
from dashboards.views.gap import answers, reader
from dashboards.views.gap.declared import Indicator


async def read(conn: Connection, _as_of: datetime, period: Period) -> dict[str, Any]:
    gaps = {name: await reader.read(conn, name, period) for name in Indicator}
    rows = {name.value: [answers.GapRow.of(row).model_dump(mode="json") for row in of] for name, of in gaps.items()}
    return {"portal_gap": rows}
