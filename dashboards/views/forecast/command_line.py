"""The forecast in ``ioc figures --json``, as the data API answers it."""

from datetime import datetime
from typing import Any

from dashboards.periods import Period
from dashboards.readers.database import Connection
from dashboards.views.forecast import answers, reader


async def read(conn: Connection, as_of: datetime, _period: Period) -> dict[str, Any]:
    run = await reader.run(conn, as_of)
    worth = answers.ForecastWorth.model_validate(await reader.worth(conn, as_of))
    rows = answers.ForecastRow.all(await reader.counts(conn, as_of))
    return {
        "forecast": {
            "run": None if run is None else answers.ForecastRun.model_validate(run).model_dump(mode="json"),
            "worth": worth.model_dump(mode="json"),
            "by_unit": [row.model_dump(mode="json") for row in rows],
        }
    }
