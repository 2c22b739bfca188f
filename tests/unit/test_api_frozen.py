"""What the data API's gate promises whatever stands behind it."""

import asyncio

import httpx
import pytest
from starlette.types import Receive, Scope, Send

from dashboards.api.gate import Gate


async def frozen(_: Scope, __: Receive, ___: Send) -> None:
    await asyncio.Event().wait()


@pytest.mark.parametrize("path", ["/healthz", "/api/v1/openapi.json", "/api/v1/figures"])
async def test_where_the_database_is_frozen_every_route_answers_within_its_time(path: str) -> None:
    gate = Gate(frozen, hosts=frozenset({"127.0.0.1"}), answered_within=0.05)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(gate), base_url="http://127.0.0.1") as asking:
        answer = await asyncio.wait_for(asking.get(path), 5)
    assert answer.status_code == 503
    assert answer.headers["retry-after"]
