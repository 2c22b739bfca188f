"""The data API as a test asks it: in this process, behind its gate."""

from typing import Any

import httpx

from dashboards.api.app import build
from dashboards.api.gate import Gate
from dashboards.api.settings import ApiSettings
from dashboards.readers.database import Database
from tests.askers import answering, for_askers

HOSTS = ApiSettings.model_fields["hosts"].default


def client(database: Database) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(
        Gate(answering(build(for_askers(database))), hosts=HOSTS), raise_app_exceptions=False
    )
    return httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1")


def assert_problem(answer: httpx.Response, status: int) -> None:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"
    body: dict[str, Any] = answer.json()
    assert (body["type"], body["status"]) == ("about:blank", status)
    assert set(body) == {"type", "title", "status", "detail", "errors"}
