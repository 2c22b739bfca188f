"""A centre in the test's own process with a provider of OpenID Connect, and what its tables say of who came."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from datetime import datetime

import httpx
import psycopg
import uvicorn

from dashboards import serving
from dashboards.app import create
from dashboards.settings import ScreensSettings
from infra.endpoints import DatabaseUrls
from infra.ports import free_port
from tests.system.keycloak import CLIENT, ROLES, SECRET, Keycloak

PORT = free_port()  # of every centre here: Keycloak sends people back to one address
CENTRE = f"http://127.0.0.1:{PORT}"


@contextlib.asynccontextmanager
async def centre(
    database: DatabaseUrls, keycloak: Keycloak, clock: Callable[[], datetime] | None = None, **more: object
) -> AsyncIterator[None]:
    settings = ScreensSettings.model_validate(
        {
            "database_screens": database.screens,
            "database_access": database.access,
            "database_units": database.units,
            "oidc_issuer": keycloak.issuer,
            "oidc_client": CLIENT,
            "oidc_secret": SECRET,
            "oidc_roles": ROLES,
        }
        | more
    )
    config = uvicorn.Config(
        create(settings, clock),
        port=PORT,
        http=serving.BoundedProtocol,
        ws="none",
        access_log=False,  # as dashboards.serving has it: an address has the provider's code in it
        log_config=None,
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)
    running = asyncio.create_task(server._serve())
    while not server.started:  # noqa: ASYNC110  uvicorn has no event for it
        await asyncio.sleep(0.01)
    async with httpx.AsyncClient(base_url=CENTRE) as waiting:  # until it knows who may ask
        while (await waiting.get("/phien")).status_code == 503:  # noqa: ASYNC110  it is another's state
            await asyncio.sleep(0.05)
    try:
        yield
    finally:
        server.should_exit = True
        await running


def accounts(database: DatabaseUrls) -> list[tuple[str, str, list[str]]]:
    with psycopg.connect(database.migrate) as connection:
        return connection.execute("SELECT name, role, units FROM access_account WHERE issuer <> ''").fetchall()


def told(database: DatabaseUrls) -> list[tuple[str, str]]:
    """What went on record, in order; but that nobody was let in, as while the centre is waited for."""
    with psycopg.connect(database.migrate) as connection:
        return connection.execute(
            "SELECT what, object FROM access_record WHERE (what, object) <> ('refused', 'nobody') ORDER BY number"
        ).fetchall()


def refused(database: DatabaseUrls) -> list[str]:
    return [object_ for what, object_ in told(database) if what == "not_signed_in"]
