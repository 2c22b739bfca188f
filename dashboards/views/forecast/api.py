"""The addresses of what will be late."""

from http import HTTPStatus
from typing import Annotated

from fastapi import Depends, FastAPI, Request, Response

from dashboards.access.asker import Right
from dashboards.api import cursors, examples
from dashboards.api.answers import Answer
from dashboards.api.named_filters import named
from dashboards.api.parameters import once
from dashboards.api.respond import respond
from dashboards.api.rights import needs
from dashboards.readers import sources
from dashboards.readers.asked_database import AskedDatabase
from dashboards.score_settings import ScoreSettings
from dashboards.views.forecast import answers as forecast_answers
from dashboards.views.forecast import reader as forecast
from dashboards.views.forecast.examples import GOOD as GOOD
from dashboards.views.forecast.parameters import ForecastCasesQuery, ForecastQuery

_OTHERS = examples.NOT_CHANGED | examples.problems(HTTPStatus.UNPROCESSABLE_ENTITY)


def add(app: FastAPI, database: AskedDatabase, _settings: ScoreSettings) -> None:
    """Both, to the application."""

    @app.get(
        "/api/v1/forecast",
        operation_id="forecast",
        summary="How many open cases are due tomorrow and at risk, by unit, and what the forecasts are worth.",
        response_model=forecast_answers.ForecastAnswer,
        responses=_OTHERS,
        dependencies=[Depends(once), needs(Right.FIGURES)],
    )
    async def read_forecast(
        request: Request, query: Annotated[ForecastQuery, named(database, ForecastQuery)]
    ) -> Response:
        async with database.snapshot() as (conn, as_of):
            run = await forecast.run(conn, as_of)
            worth = await forecast.worth(conn, as_of)
            counts = await forecast.counts(conn, as_of, query.unit, query.days(as_of))
            tomorrow = await forecast.next_working_day(conn, as_of)
            ground = Answer.ground(as_of, await sources.stream(conn))
        answer = forecast_answers.ForecastAnswer(
            **ground,
            run=None if run is None else forecast_answers.ForecastRun.model_validate(run),
            worth=forecast_answers.ForecastWorth.model_validate(worth),
            next_working_day=tomorrow,
            rows=forecast_answers.ForecastRow.all(counts),
        )
        return respond(request, answer)

    @app.get(
        "/api/v1/forecast/cases",
        operation_id="forecast_cases",
        summary="The cases of one of the two lists, in the order of their codes, page by page.",
        response_model=forecast_answers.ForecastCases,
        responses=_OTHERS,
        dependencies=[Depends(once), needs(Right.CASES)],
    )
    async def list_forecast(
        request: Request, query: Annotated[ForecastCasesQuery, named(database, ForecastCasesQuery)]
    ) -> Response:
        begun = cursors.read(query)
        async with database.snapshot() as (conn, as_of):
            list_as_of, after = cursors.moment_of(begun, as_of), begun.after if begun else ""
            due = query.days(list_as_of)
            found = await forecast.cases(
                conn,
                query.which,
                list_as_of,
                query.unit,
                after,
                query.limit + 1,
                by_code=True,
                due=due,
            )
            ground = Answer.ground(as_of, await sources.stream(conn))
        page, next_cursor = cursors.page(query, list_as_of, found)
        answer = forecast_answers.ForecastCases(
            **ground,
            which=query.which,
            list_as_of=list_as_of,
            cases=[forecast_answers.SoonCase.model_validate(case) for case in page],
            next_cursor=next_cursor,
        )
        return respond(request, answer)
