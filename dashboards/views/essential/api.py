"""The addresses of the essential services (53 dịch vụ công thiết yếu)."""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated

from fastapi import Depends, FastAPI, Request, Response

from dashboards import periods
from dashboards.access.asker import Right
from dashboards.api import cursors, examples, former_units
from dashboards.api.answers import Answer, Days
from dashboards.api.named_filters import named
from dashboards.api.parameters import once
from dashboards.api.respond import respond
from dashboards.api.rights import needs
from dashboards.periods import Period
from dashboards.readers import sources
from dashboards.readers.asked_database import AskedDatabase
from dashboards.score_settings import ScoreSettings
from dashboards.views.essential import answers as essential_answers
from dashboards.views.essential import reader as essential
from dashboards.views.essential.examples import GOOD as GOOD
from dashboards.views.essential.parameters import ServiceCasesQuery, ServicesQuery, ServiceUnitsQuery

_OTHERS = examples.NOT_CHANGED | examples.problems(HTTPStatus.UNPROCESSABLE_ENTITY)


def add(app: FastAPI, database: AskedDatabase, _settings: ScoreSettings) -> None:
    """All three, to the application."""

    @app.get(
        "/api/v1/essential-services",
        operation_id="essential_services",
        summary="The essential services: online share, lowest first, why, and where it stands on its target's path.",
        response_model=essential_answers.Services,
        responses=_OTHERS,
        dependencies=[Depends(once), needs(Right.FIGURES)],
    )
    async def read_services(
        request: Request, query: Annotated[ServicesQuery, named(database, ServicesQuery)]
    ) -> Response:
        async with database.snapshot() as (conn, as_of):
            period = query.days(as_of)
            rows = await essential.read(conn, as_of, period, query.unit)
            why = await essential.reasons(conn, period, unit=query.unit)
            ground = Answer.ground(as_of, await sources.stream(conn))
        answer = essential_answers.Services(
            **ground,
            days=Days.of(period),
            compared=_compared(period, as_of),
            groups=essential_answers.GroupWords.all(),
            rows=[essential_answers.ServiceRow.of(row, why.get(row.number, {})) for row in rows],
        )
        return respond(request, answer)

    @app.get(
        "/api/v1/essential-services/units",
        operation_id="essential_service_units",
        summary="One essential service by unit, the lowest online share first.",
        response_model=essential_answers.ServiceUnits,
        responses=_OTHERS,
        dependencies=[Depends(once), needs(Right.FIGURES)],
    )
    async def read_units(
        request: Request, query: Annotated[ServiceUnitsQuery, named(database, ServiceUnitsQuery)]
    ) -> Response:
        async with database.snapshot() as (conn, as_of):
            period = query.days(as_of)
            found = await essential.units(conn, as_of, period, query.service)
            rows = [row for row in found if query.unit is None or row.unit == query.unit]
            former = await former_units.names(conn, [row.unit for row in rows])
            ground = Answer.ground(as_of, await sources.stream(conn))
        answer = essential_answers.ServiceUnits(
            **ground,
            service=query.service,
            days=Days.of(period),
            compared=_compared(period, as_of),
            rows=[essential_answers.ServiceUnitRow.of(row, former) for row in rows],
        )
        return respond(request, answer)

    @app.get(
        "/api/v1/essential-services/cases",
        operation_id="essential_service_cases",
        summary="One essential service's cases that count as something, in the order of their codes, page by page.",
        response_model=essential_answers.ServiceCases,
        responses=_OTHERS,
        dependencies=[Depends(once), needs(Right.CASES)],
    )
    async def list_cases(
        request: Request, query: Annotated[ServiceCasesQuery, named(database, ServiceCasesQuery)]
    ) -> Response:
        begun = cursors.read(query)
        async with database.snapshot() as (conn, as_of):
            list_as_of = cursors.moment_of(begun, as_of)
            period = query.days(list_as_of)
            after = begun.after if begun else ""
            found = await essential.cases(conn, period, query.service, query.group, query.unit, after, query.limit + 1)
            ground = Answer.ground(as_of, await sources.stream(conn))
        page, next_cursor = cursors.page(query, list_as_of, found)
        answer = essential_answers.ServiceCases(
            **ground,
            service=query.service,
            group=query.group,
            days=Days.of(period),
            list_as_of=list_as_of,
            cases=[essential_answers.ServiceCase.model_validate(case) for case in page],
            next_cursor=next_cursor,
        )
        return respond(request, answer)


def _compared(period: Period, as_of: datetime) -> Days | None:
    earlier = periods.before(period, periods.today(as_of))
    return Days.of(earlier) if earlier else None
