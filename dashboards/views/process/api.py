"""The addresses of the process of a procedure and of the interlinked chains."""

from datetime import datetime
from functools import partial
from http import HTTPStatus
from typing import Annotated

from fastapi import Depends, FastAPI, Request, Response

from dashboards.access.asker import Right
from dashboards.api import cursors, examples, former_units
from dashboards.api.answers import Answer, Days
from dashboards.api.named_filters import named
from dashboards.api.parameters import once
from dashboards.api.respond import respond
from dashboards.api.rights import needs
from dashboards.periods import Period, is_over
from dashboards.readers import sources
from dashboards.readers.asked_database import AskedDatabase
from dashboards.readers.worktime import worked_s, worktime
from dashboards.score_settings import ScoreSettings
from dashboards.views.process import answers as process_answers
from dashboards.views.process import chains_reader as chains
from dashboards.views.process import reader as process
from dashboards.views.process.examples import GOOD as GOOD
from dashboards.views.process.parameters import ChainsCasesQuery, ChainsQuery, ProcessCasesQuery, ProcessQuery
from schemas.rules.worktime import WorkTime

_OTHERS = examples.NOT_CHANGED | examples.problems(HTTPStatus.UNPROCESSABLE_ENTITY)


def add(app: FastAPI, database: AskedDatabase, _settings: ScoreSettings) -> None:
    """All four, to the application."""
    _add_process(app, database)
    _add_chains(app, database)


def _age(work: WorkTime, as_of: datetime, period: Period, since: datetime) -> int | None:
    """Of this moment, so nothing of days that are over."""
    return None if is_over(period, as_of) else worked_s(work, since, as_of)


def _add_process(app: FastAPI, database: AskedDatabase) -> None:
    @app.get(
        "/api/v1/process",
        operation_id="process",
        summary="One procedure: what its steps take, where cases stand, where they turn back, which ways they go.",
        response_model=process_answers.Process,
        responses=_OTHERS,
        dependencies=[Depends(once), needs(Right.FIGURES)],
    )
    async def read_process(request: Request, query: Annotated[ProcessQuery, named(database, ProcessQuery)]) -> Response:
        async with database.snapshot() as (conn, as_of):
            period = query.days(as_of)
            view = await process.read(conn, query.asked(period))
            work = await worktime(conn)
            ground = Answer.ground(as_of, await sources.stream(conn))
        return respond(
            request, process_answers.Process.of(view, Days.of(period), partial(_age, work, as_of, period), **ground)
        )

    @app.get(
        "/api/v1/process/cases",
        operation_id="process_cases",
        summary="The cases behind a number of it, in the order of their codes, page by page.",
        response_model=process_answers.ProcessCases,
        responses=_OTHERS,
        dependencies=[Depends(once), needs(Right.CASES)],
    )
    async def list_process(
        request: Request, query: Annotated[ProcessCasesQuery, named(database, ProcessCasesQuery)]
    ) -> Response:
        begun = cursors.read(query)
        async with database.snapshot() as (conn, as_of):
            list_as_of = cursors.moment_of(begun, as_of)
            period = query.days(list_as_of)
            after = begun.after if begun else ""
            found = await process.cases(conn, query.asked(period), after, query.limit + 1)
            ground = Answer.ground(as_of, await sources.stream(conn))
        page, next_cursor = cursors.page(query, list_as_of, found)
        answer = process_answers.ProcessCases(
            **ground,
            procedure=query.procedure,
            part=query.part,
            days=Days.of(period),
            list_as_of=list_as_of,
            cases=[process_answers.ProcessCase.model_validate(case) for case in page],
            next_cursor=next_cursor,
        )
        return respond(request, answer)


def _add_chains(app: FastAPI, database: AskedDatabase) -> None:
    @app.get(
        "/api/v1/chains",
        operation_id="chains",
        summary="Interlinked cases: at which hand-over they wait, at which agency, since when and how long.",
        response_model=process_answers.Chains,
        responses=_OTHERS,
        dependencies=[Depends(once), needs(Right.FIGURES)],
    )
    async def read_chains(request: Request, query: Annotated[ChainsQuery, named(database, ChainsQuery)]) -> Response:
        async with database.snapshot() as (conn, as_of):
            period = query.days(as_of)
            rows = await chains.read(conn, query.asked(period))
            former = await former_units.names(conn, [row.agency for row in rows])
            work = await worktime(conn)
            ground = Answer.ground(as_of, await sources.stream(conn))
        answer = process_answers.Chains(
            **ground,
            days=Days.of(period),
            rows=[process_answers.Handover.of(row, partial(_age, work, as_of, period), former) for row in rows],
        )
        return respond(request, answer)

    @app.get(
        "/api/v1/chains/cases",
        operation_id="chains_cases",
        summary="The cases behind a number of a hand-over, in the order of their codes, page by page.",
        response_model=process_answers.ChainsCases,
        responses=_OTHERS,
        dependencies=[Depends(once), needs(Right.CASES)],
    )
    async def list_chains(
        request: Request, query: Annotated[ChainsCasesQuery, named(database, ChainsCasesQuery)]
    ) -> Response:
        begun = cursors.read(query)
        async with database.snapshot() as (conn, as_of):
            list_as_of = cursors.moment_of(begun, as_of)
            period = query.days(list_as_of)
            after = begun.after if begun else ""
            found = await chains.cases(conn, query.asked(period), after, query.limit + 1)
            ground = Answer.ground(as_of, await sources.stream(conn))
        page, next_cursor = cursors.page(query, list_as_of, found)
        answer = process_answers.ChainsCases(
            **ground,
            part=query.part,
            days=Days.of(period),
            list_as_of=list_as_of,
            cases=[process_answers.ChainCase.model_validate(case) for case in page],
            next_cursor=next_cursor,
        )
        return respond(request, answer)
