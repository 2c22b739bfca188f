"""The screens' process: FastAPI as host, Dash under /man-hinh/, the hub, and the gate before all of it."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any

from dash import Dash, Input, Output, dcc, html
from dash.exceptions import DependencyException
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Scope

from dashboards import error_page, source_names, stream
from dashboards.access import addresses
from dashboards.access.access import Access
from dashboards.access.administration import administration
from dashboards.access.gate import AccessGate
from dashboards.access.manager import NotManaged, not_managed
from dashboards.access.oidc_logout import OidcLogout
from dashboards.access.oidc_pages import OidcPages
from dashboards.access.provider import Provider
from dashboards.access.screen_bounds import ScreenBounds
from dashboards.access.sign_in import SignInPages, visitor_router
from dashboards.allowed_addresses import Guard
from dashboards.api import app as data_api
from dashboards.background_reads import Survey
from dashboards.directives.around import Around
from dashboards.directives.pages import DirectivePages
from dashboards.downloads import Downloads
from dashboards.holding.hold_pages import HoldPages
from dashboards.hub import CONNECTIONS, LOCK_PATIENCE, Hub
from dashboards.pages import PLACES, AllPages
from dashboards.readers.database import Database
from dashboards.readers.snapshot import Selection
from dashboards.screens import links
from dashboards.screens.screen import Name
from dashboards.settings import ScreensSettings
from schemas.province_clock import ProvinceClock

NAMED_WITHIN = 2.0  # seconds that a start waits for the names of units
INDEX = """<!DOCTYPE html>
<html lang="vi">
<head>
{%metas%}
<meta name="viewport" content="width=device-width, initial-scale=1">
<script src="/man-hinh/assets/early/theme.js"></script>
<title>{%title%}</title>
{%favicon%}
{%css%}
</head>
<body>
{%app_entry%}
{%config%}
{%scripts%}
{%renderer%}
</body>
</html>"""


def create(settings: ScreensSettings, clock: Callable[[], datetime] | None = None) -> ASGIApp:
    """The application for an ASGI server. Nothing is connected before its lifespan begins. ``clock``: the province's
    by the settings, where it is not given."""
    clock = clock or ProvinceClock(settings.clock_offset_s)
    source_names.hold(settings.feeds)
    url, offset = settings.database_screens.get_secret_value(), settings.clock_offset_s
    database = Database(url, name="ioc-screens", clock=clock, clock_offset_s=offset, size=PLACES + 2)
    looking = Database(
        url,
        name="ioc-screens-hub",
        clock=clock,
        clock_offset_s=offset,
        size=CONNECTIONS,
        lock_timeout=LOCK_PATIENCE,
    )
    access = Access(settings, name="ioc-screens", clock=clock)
    provider = Provider(settings) if settings.oidc_issuer else None
    survey = Survey(looking)
    always = (Selection(Name.WALL), Selection(Name.FRAME))
    hub = Hub(looking, settings, clock, survey, always=always, units=access.units)
    pages = AllPages(access.of(database), hub, settings, access)

    @contextlib.asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with database, looking, access.running(), provider or contextlib.nullcontext():
            naming = asyncio.create_task(survey.name_units_once(), name="name units once")
            await asyncio.wait({naming}, timeout=NAMED_WITHIN)  # a database that hangs is said by the hub, soon
            running = asyncio.create_task(hub.run(), name="hub")
            running.add_done_callback(_end_with)
            forgetting = asyncio.create_task(pages.forget_openings(database), name="forget openings")
            beside = [
                asyncio.create_task(survey.compare(hub.watches_sources), name="compare digests"),
                asyncio.create_task(survey.count_old_rules(), name="count old rules"),
                asyncio.create_task(survey.name_units(), name="name units"),
                *([asyncio.create_task(access.keep_record(), name="keep record")] if access.record_reader else []),
            ]
            for task in beside:
                task.add_done_callback(_end_with)
            yield
            hub.end()
            for task in (naming, running, *beside, forgetting):
                task.cancel()
            await asyncio.gather(naming, running, *beside, forgetting, return_exceptions=True)

    host = FastAPI(title="IOC screens", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)

    @host.get("/healthz", include_in_schema=False)
    async def health() -> Response:
        return JSONResponse({"ok": True, "reading": hub.error or "ok"})

    @host.get(links.OPEN, include_in_schema=False)
    async def open_number(request: Request) -> Response:
        return await pages.open_number(request.query_params, request.headers)

    host.mount(links.DOWNLOAD.rstrip("/"), Downloads(data_api.build(access.of(database), settings, (), access)))
    host.include_router(stream.router(hub, pages.there, access))
    if access.store is not None and access.record is not None:
        signing_in = SignInPages(access, access.store, access.record, provider)
        host.include_router(signing_in.router())
        host.include_router(administration(access, access.store, access.record))
        if provider is not None:
            host.include_router(OidcPages(access, access.store, access.record, provider, signing_in).router())
            host.include_router(OidcLogout(access, access.store, access.record, provider).router())
    around = Around(hub, settings)
    host.include_router(DirectivePages(access, access.of(database), around).router())
    host.include_router(HoldPages(access, access.of(database), around).router())
    if access.demo:
        host.include_router(visitor_router())
    for missing in (DependencyException, HTTPException):  # a script that Dash does not have; any other file
        host.add_exception_handler(missing, _not_there)
    host.add_exception_handler(NotManaged, not_managed)
    screens = dash_app(host)

    @screens.callback(  # type: ignore[untyped-decorator]
        Output("page", "children"), Input("address", "pathname"), Input("address", "search")
    )
    async def show(path: str, search: str) -> Any:
        return await pages.show(path, search)

    screens._setup_server()  # assets and callbacks; Dash waits for a request to its own prefix, which may not be first
    gate = AccessGate(ScreenBounds(host, access.denials), access, open_=addresses.OPEN_ON_SCREENS, refuse=_refused)
    return Guard(gate, hosts=settings.hosts, script_hashes=screens.csp_hashes(), denials=access.denials)


def dash_app(host: FastAPI) -> Dash:
    app = Dash(
        "dashboards",
        server=host,
        requests_pathname_prefix=links.PREFIX,
        routes_pathname_prefix=links.PREFIX,
        assets_folder=str(Path(__file__).parent / "assets"),
        assets_ignore=r"theme\.js|access\.css|pairing\.(js|css)|directives\.(js|css)",
        title="IOC Đồng Nai",
        update_title=None,
        index_string=INDEX,
        serve_locally=True,
        suppress_callback_exceptions=True,
        websocket_callbacks=False,
        compress=False,
    )
    app.backend.websocket_capability = False  # else the renderer looks for the endpoint that the gate refuses
    app.layout = html.Div([dcc.Location(id="address", refresh=False), html.Div(id="page")])
    return app


def _refused(status: HTTPStatus, words: str, scope: Scope) -> Response:
    return error_page.answer(status, words, Headers(scope=scope))


async def _not_there(request: Request, _: Exception) -> Response:
    return error_page.answer(HTTPStatus.NOT_FOUND, "không có tệp này", request.headers)


def _end_with(task: asyncio.Task[None]) -> None:
    """The hub never ends by itself; if it does, the process must not go on serving a screen that stands still."""
    if not task.cancelled() and task.exception() is not None:
        raise SystemExit(1) from task.exception()
