"""A centre in the test's own process with a provider of OpenID Connect, and what its tables say of who came."""

import contextlib
from collections.abc import AsyncIterator, Callable
from datetime import datetime

import httpx
import psycopg

from dashboards.app import create
from dashboards.settings import ScreensSettings
from infra.endpoints import DatabaseUrls
from infra.ports import free_port
from tests.served import knows_who_may_ask, served
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
    async with served(create(settings, clock), port=PORT):  # without an access log: an address has the provider's code
        async with httpx.AsyncClient(base_url=CENTRE) as waiting:
            await knows_who_may_ask(waiting)
        yield


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
