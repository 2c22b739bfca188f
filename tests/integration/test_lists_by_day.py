"""A row by day in the data API can be opened there too, also the rows of what is open or overdue now."""

from typing import Any

import httpx

from dashboards.api.app import build
from dashboards.readers.database import Database
from infra.endpoints import DatabaseUrls
from tests.askers import answering, for_askers
from tests.integration.sample_province import NOW, play, tell


async def test_every_row_by_day_is_as_long_as_its_list(database: DatabaseUrls) -> None:
    await play(database.streams, tell())
    wrong = []
    async with (
        Database(database.api, name="test", clock=lambda: NOW) as reader,
        httpx.AsyncClient(
            transport=httpx.ASGITransport(answering(build(for_askers(reader)))), base_url="http://127.0.0.1"
        ) as api,
    ):
        rows = (await asked(api, "/api/v1/figures", by="day"))["rows"]
        for row in rows:
            for counter, amount in row["cases"].items():
                page = await asked(api, "/api/v1/cases", counter=counter, day=row["key"], limit=1000)
                if sum(case["amount"] for case in page["cases"]) != amount:
                    wrong.append((row["key"], counter, amount, page["cases"]))
            (total,) = (await asked(api, "/api/v1/figures", day=row["key"]))["rows"]
            assert total["cases"] == row["cases"]

    assert len(rows) > 5
    assert sum(row["cases"]["overdue"] > 0 for row in rows) > 1
    assert wrong == []


def transport(database: Database) -> httpx.ASGITransport:
    return httpx.ASGITransport(answering(build(for_askers(database))))


async def asked(api: httpx.AsyncClient, address: str, **query: Any) -> Any:
    answer = await api.get(address, params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()
