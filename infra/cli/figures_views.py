"""What ``ioc figures --json`` says beside counters and score: as the data API answers it, without its ground."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel

from dashboards.periods import Period, is_over
from dashboards.readers.database import Connection
from dashboards.readers.worktime import worked_s, worktime
from dashboards.views.essential import answers as essential_answers
from dashboards.views.essential import reader as essential
from dashboards.views.forecast import answers as forecast_answers
from dashboards.views.forecast import reader as forecast
from dashboards.views.gap import answers as gap_answers
from dashboards.views.gap import reader as portal_gap
from dashboards.views.gap.reader import Indicator
from dashboards.views.process import answers as process_answers
from dashboards.views.process import chains_reader as chains


async def read(conn: Connection, as_of: datetime, period: Period) -> dict[str, Any]:
    """Essential services, own and portal figure of each indicator, hand-overs of the chains, and the forecast."""
    services = await essential.read(conn, as_of, period)
    why = await essential.reasons(conn, period)
    gaps = {name: await portal_gap.read(conn, name, period) for name in Indicator}
    work = await worktime(conn)
    handovers = await chains.read(conn, chains.Asked(period))
    run, over = await forecast.run(conn, as_of), is_over(period, as_of)
    return {
        "essential_services": [
            _plain(essential_answers.ServiceRow.of(one, why.get(one.number, {}))) for one in services
        ],
        "portal_gap": {name.value: [_plain(gap_answers.GapRow.of(row)) for row in rows] for name, rows in gaps.items()},
        "chains": [
            _plain(process_answers.Handover.of(row, lambda since: None if over else worked_s(work, since, as_of)))
            for row in handovers
        ],
        "forecast": {
            "run": None if run is None else _plain(forecast_answers.ForecastRun.model_validate(run)),
            "worth": _plain(forecast_answers.ForecastWorth.model_validate(await forecast.worth(conn, as_of))),
            "by_unit": [_plain(row) for row in forecast_answers.ForecastRow.all(await forecast.counts(conn, as_of))],
        },
    }


def _plain(row: BaseModel) -> dict[str, Any]:
    return row.model_dump(mode="json")
