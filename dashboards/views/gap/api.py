"""The addresses of the comparison with the national portal."""

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
from dashboards.readers import sources
from dashboards.readers.asked_database import AskedDatabase
from dashboards.score_settings import ScoreSettings
from dashboards.views.gap import answers as gap_answers
from dashboards.views.gap import reader as portal_gap
from dashboards.views.gap.examples import GOOD as GOOD
from dashboards.views.gap.parameters import GapCasesQuery, GapQuery

_OTHERS = examples.NOT_CHANGED | examples.problems(HTTPStatus.UNPROCESSABLE_ENTITY)


def add(app: FastAPI, database: AskedDatabase, _settings: ScoreSettings) -> None:
    """Both, to the application."""

    @app.get(
        "/api/v1/portal-gap",
        operation_id="portal_gap",
        summary="An indicator by unit: own figure, the national portal's, and the causes of the gap.",
        response_model=gap_answers.PortalGap,
        responses=_OTHERS,
        dependencies=[Depends(once), needs(Right.FIGURES)],
    )
    async def read_gap(request: Request, query: Annotated[GapQuery, named(database, GapQuery)]) -> Response:
        async with database.snapshot() as (conn, as_of):
            period = query.days(as_of)
            rows = await portal_gap.read(conn, query.indicator, period, query.unit)
            former = await former_units.names(conn, [row.unit for row in rows])
            ground = Answer.ground(as_of, await sources.stream(conn))
        answer = gap_answers.PortalGap(
            **ground,
            indicator=query.indicator,
            days=Days.of(period),
            causes=gap_answers.CauseWords.all(),
            rows=[gap_answers.GapRow.of(row, former) for row in rows],
        )
        return respond(request, answer)

    @app.get(
        "/api/v1/portal-gap/cases",
        operation_id="portal_gap_cases",
        summary="The cases that make the gap, in the order of their codes, page by page.",
        response_model=gap_answers.PortalGapCases,
        responses=_OTHERS,
        dependencies=[Depends(once), needs(Right.CASES)],
    )
    async def list_gap(request: Request, query: Annotated[GapCasesQuery, named(database, GapCasesQuery)]) -> Response:
        begun = cursors.read(query)
        async with database.snapshot() as (conn, as_of):
            list_as_of = cursors.moment_of(begun, as_of)
            period = query.days(list_as_of)
            after = begun.after if begun else ""
            found = await portal_gap.cases(
                conn, query.indicator, period, query.unit, query.cause, after, query.limit + 1
            )
            ground = Answer.ground(as_of, await sources.stream(conn))
        page, next_cursor = cursors.page(query, list_as_of, found)
        answer = gap_answers.PortalGapCases(
            **ground,
            indicator=query.indicator,
            days=Days.of(period),
            list_as_of=list_as_of,
            cases=[gap_answers.GapCase.model_validate(case) for case in page],
            next_cursor=next_cursor,
        )
        return respond(request, answer)
