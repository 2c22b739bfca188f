"""Everything that the screens and the data API say to each who may ask: by route, by page, by stream."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from urllib.parse import quote

import httpx
import psycopg

from dashboards.access import addresses
from dashboards.access.tokens import DEVICE_PREFIX
from dashboards.api import rights
from dashboards.api.app import build
from dashboards.readers.database import Database
from dashboards.screens import links, nav
from dashboards.views import VIEWS
from infra.endpoints import DatabaseUrls
from schemas.access_token import fingerprint, new_token
from tests.askers import for_askers
from tests.integration.signed_in import api_served, cookie, key, person, screens_served, shown

ROLES = ("leader", "duty_officer", "unit_officer", "auditor", "administrator")
ALL = "period=all&limit=1000"


def askers(database: DatabaseUrls, units: list[str]) -> dict[str, dict[str, str]]:
    """By role (or kind), the headers with which each asks."""
    found = {
        role: cookie(person(database, f"mot.{role}", role, ["26041"] if role == "unit_officer" else ())[1])
        for role in ROLES
    }
    device = DEVICE_PREFIX + new_token()
    with psycopg.connect(database.migrate) as conn:
        conn.execute("UPDATE access_account SET units = %s WHERE role = 'unit_officer'", [units])
        conn.execute(
            "INSERT INTO access_credential (kind, token, name, role, scopes, created_at, created_by, used_at)"
            " VALUES ('device', %s, 'Sảnh', 'kiosk', '{}', now(), 'test', now())",
            [fingerprint(device)],
        )
    return {**found, "kiosk": cookie(device), "key": {"Authorization": f"Bearer {key(database)}"}}


def routes(subjects: Mapping[str, list[str]]) -> Iterator[str]:
    """Every route of the API, of every domain, and of some cases and subjects each."""
    app = build(for_askers(Database("", name="unopened")))
    for route in rights.routes(app):
        for domain in subjects if "{domain}" in route.path else ("case",):
            path = route.path.replace("{domain}", domain)
            if "{" in path:
                head = path.partition("{")[0]
                yield from (head + quote(subject, safe="") for subject in subjects[domain])
            elif path.endswith("/process/cases"):
                yield f"{path}?procedure=1.004873&from=2024-01-01&to=2026-12-31"
            else:
                yield from (path, f"{path}?{ALL}", f"{path}?period=all&by=unit")


def pages(subjects: Mapping[str, list[str]]) -> Iterator[tuple[str, str]]:
    """Every wall and page of the tablet, of some cases and subjects their own; path and query."""
    views = [view.at(page) for view in VIEWS for page in view.pages]
    for path in (*(f"{links.PREFIX}{name}" for name in nav.WALLS), links.TABLET, links.UNITS, *views):
        yield path, "?ky=tat-ca"
    yield from ((path, "") for path in (links.CATALOGUE, links.TERMS))
    for domain, some in subjects.items():
        prefix = links.CASE if domain == "case" else f"{links.SUBJECT}{domain}/"
        yield from ((prefix + quote(subject, safe=""), "") for subject in some)


async def told(database: DatabaseUrls, units: list[str], subjects: Mapping[str, list[str]]) -> dict[str, str]:
    """By who asked, all that he was told."""
    found: dict[str, list[str]] = {}
    asking = askers(database, units)
    async with api_served(database) as api, screens_served(database) as screens:
        for name, headers in asking.items():
            found[name] = [text async for text in _told(api, screens, headers, subjects, name != "key")]
    return {name: "\n".join(texts) for name, texts in found.items()}


async def _told(
    api: httpx.AsyncClient,
    screens: httpx.AsyncClient,
    headers: Mapping[str, str],
    subjects: Mapping[str, list[str]],
    has_screens: bool,
) -> AsyncIterator[str]:
    for address in routes(subjects):
        answer = await api.get(address, headers=headers)
        assert answer.status_code < 500, (address, answer.text)
        yield answer.text + str(answer.headers)
    if not has_screens:
        return
    for path, search in pages(subjects):
        yield await shown(screens, path, headers, search)
    for counter in ("accepted", "steps", "open", "finished"):
        opened = await screens.get(f"{links.OPEN}?so={counter}&ky=tat-ca", headers=headers)
        if opened.status_code == 303:
            yield await shown(screens, opened.headers["location"], headers)
    for path in (*addresses.FORMS, *addresses.SHOWN):
        yield (await screens.get(path, headers={**headers, "Accept": "text/html"})).text
    for name in nav.WALLS:
        yield await _streamed(screens, f"{links.STREAM}?man={name}&ky=tat-ca", headers)


async def _streamed(screens: httpx.AsyncClient, path: str, headers: Mapping[str, str]) -> str:
    """The first snapshot."""
    said = ""
    async with asyncio.timeout(30), screens.stream("GET", path, headers=headers) as answer:
        async for part in answer.aiter_text():
            said += part
            if answer.status_code == 200 and "data:" in said and said.endswith("\n\n"):
                break
    return said
