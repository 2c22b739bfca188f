"""The application: its addresses, for reading, and one by which a unit answers."""

import contextlib
from collections.abc import AsyncIterator, Iterable
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Path, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Scope

from dashboards.access import addresses
from dashboards.access.access import Access
from dashboards.access.asker import PROCESS, Right, asking
from dashboards.access.gate import AccessGate
from dashboards.api import (
    answers,
    case_answers,
    clock_readings,
    cursors,
    examples,
    former_units,
    health,
    indicators,
    openings,
    problems,
    rights,
)
from dashboards.api.answer_cache import AnswerCache
from dashboards.api.cursors import Cursor
from dashboards.api.editions import AT_ONCE, Editions
from dashboards.api.forms.document import with_forms
from dashboards.api.forms.route import FormedRoute
from dashboards.api.gate import Gate
from dashboards.api.in_turn import InTurn
from dashboards.api.limits import AskerLimits
from dashboards.api.named_filters import named
from dashboards.api.parameters import CasesQuery, FiguresQuery, ProvinceQuery, once
from dashboards.api.problems import ApiRefused, Violation, problem
from dashboards.api.respond import respond
from dashboards.api.rights import NotGranted, needs
from dashboards.api.settings import ApiSettings
from dashboards.directives import api as directives
from dashboards.readers import cases, figures, sources
from dashboards.readers.asked_database import AskedDatabase
from dashboards.readers.database import Clock, Database, Unanswerable, Unavailable
from dashboards.score_settings import ScoreSettings
from dashboards.views import VIEWS
from dashboards.views.topics import api as topics
from dashboards.views.topics import examples as topic_examples
from schemas.case_code import CaseCode
from schemas.province_clock import ProvinceClock

OWN_CONNECTIONS = 4 + AT_ONCE  # two editions, a look, who asks whether it answers, and what is answered beforehand
DESCRIPTION = """\
Figures, lists and cases of the operations centre (Trung tâm điều hành Đề án 06), the same as on its screens.
Moments are UTC; days begin in Asia/Ho_Chi_Minh. Every answer says of which moment it is and how old each source is.
Units, procedures, sectors and agencies are asked for by key or by any name that the reference data has of them; one
that neither it nor any figure knows is refused, not counted as nothing.
Errors are `application/problem+json` and name field and rule."""


def create(settings: ApiSettings, clock: Clock | None = None) -> ASGIApp:
    """The whole, behind its gate. It starts without the database, and answers 503 until it is there."""
    clock = clock or ProvinceClock(settings.clock_offset_s)
    access = Access(settings, name="ioc-api", clock=clock, size=3 + AT_ONCE)
    database = Database(
        settings.database_api.get_secret_value(),
        name="api",
        clock=clock,
        clock_offset_s=settings.clock_offset_s,
        size=settings.api_connections + OWN_CONNECTIONS,
        patience=settings.api_patience_s,
        statement_timeout=settings.api_statement_timeout_s,
    )
    editions, limits = Editions(database, settings.api_cache_mb * 1_000_000), AskerLimits(settings)
    running = (database, access.running(), editions.running())
    app = build(access.of(database), settings, running, access)
    cache = AnswerCache(InTurn(app, settings.api_connections, limits), editions, access, limits)
    gate = AccessGate(cache, access, open_=addresses.OPEN_ON_API, refuse=_refused)
    return Gate(gate, hosts=settings.hosts, denials=access.denials, at_once=cache.at_once)


def _refused(status: HTTPStatus, _words: str, _scope: Scope) -> Response:
    headers = {"WWW-Authenticate": "Bearer"} if status is HTTPStatus.UNAUTHORIZED else None
    detail = {
        HTTPStatus.UNAUTHORIZED: "A key is needed: `Authorization: Bearer …`. It is not known, or it has ended.",
        HTTPStatus.SERVICE_UNAVAILABLE: "Keys cannot be checked just now; ask again.",
    }
    return problem(status, detail.get(status, status.description), headers=headers)


def build(
    database: AskedDatabase,
    scores: ScoreSettings | None = None,
    running: Iterable[contextlib.AbstractAsyncContextManager[Any]] = (),
    access: Access | None = None,
) -> FastAPI:
    """``running``: what is open while it answers. ``access``: on whose record readings and refusals are put."""

    @contextlib.asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        async with contextlib.AsyncExitStack() as open_:
            for one in running:
                await open_.enter_async_context(one)
            yield

    app = FastAPI(
        title="IOC Đề án 06: data API",
        version="1.0.0",
        description=DESCRIPTION,
        openapi_url=None,  # served below, with an ETag
        docs_url=None,  # would load from outside
        redoc_url=None,
        redirect_slashes=False,  # an address that is not ours is a 404, not another address
        lifespan=lifespan,
        exception_handlers={
            Unavailable: problems.on_unavailable,
            Unanswerable: problems.on_unanswerable,
            ApiRefused: problems.on_refused,
            NotGranted: on_not_granted,
            RequestValidationError: problems.on_invalid,
            HTTPException: problems.on_http,
            Exception: problems.on_error,
        },
    )
    app.state.access, app.state.database = access, database
    app.router.route_class = FormedRoute
    _add_figures(app, database)
    _add_cases(app, database)
    topics.add(app, database)
    settings = scores or ScoreSettings()
    for view in VIEWS:
        view.part("api").add(app, database, settings)
    directives.add(app, database, access)
    indicators.add(app)
    openings.add(app, database)
    clock_readings.add(app, database, settings)
    _add_document(app)
    health.add(app, database)
    rights.check_routes(app)
    return app


async def on_not_granted(request: Request, exc: Exception) -> Response:
    assert isinstance(exc, NotGranted)  # noqa: S101  registered for it
    access: Access | None = request.app.state.access
    if access is not None:
        route = request.scope.get("route")
        access.denials.note(
            asking(), route.operation_id if isinstance(route, APIRoute) and route.operation_id else "api"
        )
    errors = [] if exc.field is None else [Violation(field=exc.field, rule=rights.NOT_YOURS)]
    return problem(HTTPStatus.FORBIDDEN, exc.detail, errors)


def document(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI 3.1 document; made once."""
    if app.openapi_schema is None:
        more = (
            topic_examples,
            *(view.part("api") for view in VIEWS),
            directives,
            indicators,
            openings,
            clock_readings,
        )
        good = {path: example for module in more for path, example in module.GOOD.items()}
        app.openapi_schema = with_forms(app, examples.completed(app.openapi(), good))
    return app.openapi_schema


def _add_figures(app: FastAPI, database: AskedDatabase) -> None:
    @app.get(
        "/api/v1/figures",
        operation_id="figures",
        summary="Every counter, in total or by unit, channel, day or procedure.",
        response_model=answers.Figures,
        responses=examples.NOT_CHANGED | examples.problems(HTTPStatus.UNPROCESSABLE_ENTITY),
        dependencies=[Depends(once), needs(Right.FIGURES)],
    )
    async def read_figures(request: Request, query: Annotated[FiguresQuery, named(database, FiguresQuery)]) -> Response:
        async with database.snapshot() as (conn, as_of):
            period = query.days(as_of)
            rows = await figures.read(conn, as_of, period, query.by, query.filters())
            former = await former_units.names(conn, [row.key for row in rows if query.by is figures.By.UNIT])
            ground = answers.Answer.ground(as_of, await sources.stream(conn))
        answer = answers.Figures(
            **ground,
            by=query.by,
            days=answers.Days.of(period),
            rows=[answers.FiguresRow.of(row, former) for row in rows],
        )
        return respond(request, answer)

    @app.get(
        "/api/v1/figures/province",
        operation_id="province_figures",
        summary="The whole province's sums, in total or by channel or day.",
        description="For whoever may read figures, also of some units only: to stand beside their own.",
        response_model=answers.Figures,
        responses=examples.NOT_CHANGED | examples.problems(HTTPStatus.UNPROCESSABLE_ENTITY),
        dependencies=[Depends(once), needs(Right.FIGURES)],
    )
    async def read_province(request: Request, query: Annotated[ProvinceQuery, Query()]) -> Response:
        async with database.snapshot_of(PROCESS) as (conn, as_of):
            period = query.days(as_of)
            rows = await figures.read(conn, as_of, period, query.by)
            ground = answers.Answer.ground(as_of, await sources.stream(conn))
        listed = [answers.FiguresRow.of(row) for row in rows]
        return respond(request, answers.Figures(**ground, by=query.by, days=answers.Days.of(period), rows=listed))


def _add_cases(app: FastAPI, database: AskedDatabase) -> None:
    @app.get(
        "/api/v1/cases",
        operation_id="cases",
        summary="Cases in the order of their codes, page by page.",
        description="Following `next_cursor` meets every case that fits all the while exactly once, whatever is"
        " written meanwhile. `counter=open` or `overdue` lists what is so at `list_as_of`; a period without a counter,"
        " the cases that were accepted in it.",
        response_model=answers.Cases,
        responses=examples.NOT_CHANGED | examples.problems(HTTPStatus.UNPROCESSABLE_ENTITY),
        dependencies=[Depends(once), needs(Right.CASES)],
    )
    async def list_cases(request: Request, query: Annotated[CasesQuery, named(database, CasesQuery)]) -> Response:
        if query.mine and not asking().units:
            raise ApiRefused("mine", "only of an asker with units of its own; else `unit`")
        begun = cursors.read(query)
        async with database.snapshot() as (conn, as_of):
            list_as_of = cursors.moment_of(begun, as_of)
            period = query.days(list_as_of)
            page = await cases.page(
                conn,
                list_as_of,
                counter=query.counted,
                period=period,
                filters=query.filters(),
                narrowed=query.narrowed(list_as_of),
                last_event_since=query.last_event_since,
                code=query.code,
                after=begun.after if begun else "",
                limit=query.limit,
            )
            ground = answers.Answer.ground(as_of, await sources.stream(conn))
        following = page.next_after
        answer = answers.Cases(
            **ground,
            list_as_of=list_as_of,
            days=answers.Days.of(period) if query.counted else None,
            cases=[answers.ListedCase.counted(item, as_of) for item in page.items],
            next_cursor=None if following is None else cursors.write(Cursor(list_as_of, following), query),
        )
        return respond(request, answer)

    # A path, because codes of other systems may hold slashes (percent-encoded or not).
    @app.get(
        "/api/v1/cases/{code:path}",
        operation_id="case",
        summary="One case and its history.",
        response_model=case_answers.OneCase,
        responses=examples.NOT_CHANGED | examples.problems(HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY),
        dependencies=[needs(Right.CASES)],
    )
    async def read_case(
        request: Request,
        code: Annotated[
            CaseCode,
            Path(
                description="Percent-encoded. A code that a client would take for steps in a path (`..`): `?code=`.",
                examples=["000.00.26.H19-261103-0117"],
            ),
        ],
    ) -> Response:
        if request.query_params:
            raise ApiRefused("query", "unknown parameter")
        async with database.snapshot() as (conn, as_of):
            told = await cases.get(conn, code)
            ground = answers.Answer.ground(as_of, await sources.stream(conn))
        if told is None:
            return problem(HTTPStatus.NOT_FOUND, "There is no case of this code.")
        answer = case_answers.OneCase(
            **ground,
            case=answers.Case.of(told.case, as_of),
            judgement=case_answers.Judgement.of(told),
            history=[answers.Event.of(entry) for entry in told.history],
        )
        return respond(request, answer)


def _add_document(app: FastAPI) -> None:
    @app.get("/api/v1/openapi.json", include_in_schema=False, dependencies=[needs(Right.FIGURES)])
    async def openapi(request: Request) -> Response:
        return respond(request, document(app))
