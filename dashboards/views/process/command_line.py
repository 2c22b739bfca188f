"""Hand-overs of the chains in ``ioc figures --json``, as the data API answers them."""

from datetime import datetime
from typing import Any

from dashboards.periods import Period, is_over
from dashboards.readers.database import Connection
from dashboards.readers.worktime import worked_s, worktime
from dashboards.views.process import answers
from dashboards.views.process import chains_reader as chains


async def read(conn: Connection, as_of: datetime, period: Period) -> dict[str, Any]:
    work, over = await worktime(conn), is_over(period, as_of)

    def age(since: datetime) -> int | None:
        return None if over else worked_s(work, since, as_of)

    rows = await chains.read(conn, chains.ChainsQuestion(period))
    return {"chains": [answers.Handover.of(row, age).model_dump(mode="json") for row in rows]}
