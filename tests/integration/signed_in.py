"""Screens and data API as processes serve them, on a database with people and keys, for tests of who may do what."""

import contextlib
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import psycopg
from pydantic import SecretStr
from starlette.types import ASGIApp

from dashboards import app as screens
from dashboards.access import registry
from dashboards.access.access import COOKIE
from dashboards.api import app as api
from dashboards.api.settings import ApiSettings
from dashboards.settings import ScreensSettings
from infra.endpoints import DatabaseUrls
from schemas.access_token import fingerprint, new_token
from tests.served import knows_who_may_ask, served

HOUR, WORKDAY = timedelta(hours=1), timedelta(hours=12)


@dataclass(frozen=True)
class Rows:
    """What stands on record."""

    number: int
    who: str
    kind: str
    what: str
    object: str
    units: list[str]
    rows: int | None
    unit_rows: list[int] | None
    address: str


def record(database: DatabaseUrls, *deeds: str) -> list[Rows]:
    with psycopg.connect(database.migrate) as conn:
        found = conn.execute(
            "SELECT number, who, kind, what, object, units, rows, unit_rows, address FROM access_record"
            " WHERE cardinality(%s::text[]) = 0 OR what = ANY (%s) ORDER BY number",
            [list(deeds), list(deeds)],
        ).fetchall()
    return [Rows(*row) for row in found]


def person(
    database: DatabaseUrls, name: str, role: str, units: Sequence[str] = (), now: datetime | None = None
) -> tuple[str, str]:
    """An account with a session: its id and the session's token."""
    at = now or datetime.now(UTC)
    registry.add_account(database.migrate, name, name, role, units, at, by="test")
    token = new_token()
    with psycopg.connect(database.migrate) as conn:
        conn.execute("UPDATE access_account SET change_password = false")
        row = conn.execute(
            "INSERT INTO access_credential (kind, token, account, created_at, created_by, expires_at, idle, used_at)"
            " SELECT 'session', %s, id, %s, 'test', %s, %s, %s FROM access_account WHERE subject = %s"
            " RETURNING account::text",
            [fingerprint(token), at, at + WORKDAY, HOUR, at, name],
        ).fetchone()
    assert row is not None
    return row[0], token


def key(database: DatabaseUrls, units: Sequence[str] = (), now: datetime | None = None) -> str:
    at = now or datetime.now(UTC)
    return registry.add_key(database.migrate, "bao-cao", units, (), timedelta(days=9), at, by="test")


def cookie(token: str) -> dict[str, str]:
    return {"Cookie": f"{COOKIE}={token}", "Sec-Fetch-Site": "same-origin"}


def screens_settings(database: DatabaseUrls, **more: Any) -> ScreensSettings:
    return ScreensSettings(
        database_screens=SecretStr(database.screens),
        database_access=SecretStr(database.access),
        database_units=SecretStr(database.units),
        **more,
    )


def api_settings(database: DatabaseUrls, **more: Any) -> ApiSettings:
    return ApiSettings(
        database_api=SecretStr(database.api),
        database_access=SecretStr(database.access),
        database_units=SecretStr(database.units),
        **more,
    )


@contextlib.asynccontextmanager
async def running(application: ASGIApp, headers: Mapping[str, str] | None = None) -> AsyncIterator[httpx.AsyncClient]:
    """Served as it is in earnest, lifespan and all; it is there when its accounts are known."""
    async with (
        served(application) as port,
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=30) as client,
    ):
        await knows_who_may_ask(client)
        yield client


@contextlib.asynccontextmanager
async def screens_served(
    database: DatabaseUrls, now: datetime | None = None, **more: Any
) -> AsyncIterator[httpx.AsyncClient]:
    application = screens.create(screens_settings(database, **more), None if now is None else lambda: now)
    async with running(application) as client:
        yield client


@contextlib.asynccontextmanager
async def api_served(
    database: DatabaseUrls, now: datetime | None = None, **more: Any
) -> AsyncIterator[httpx.AsyncClient]:
    application = api.create(api_settings(database, **more), None if now is None else lambda: now)
    async with running(application) as client:
        yield client


async def shown(client: httpx.AsyncClient, path: str, headers: Mapping[str, str], search: str = "") -> str:
    """What the browser is given for the page at an address, as Dash's JSON."""
    asked = {
        "output": "page.children",
        "outputs": {"id": "page", "property": "children"},
        "inputs": [
            {"id": "address", "property": "pathname", "value": path},
            {"id": "address", "property": "search", "value": search},
        ],
        "changedPropIds": ["address.pathname"],
        "state": [],
    }
    answer = await client.post("/man-hinh/_dash-update-component", json=asked, headers=headers)
    assert answer.status_code == 200, answer.text
    return json.dumps(answer.json(), ensure_ascii=False)
