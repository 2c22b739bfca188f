"""The addresses of the score of Quyết định 766."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated

from fastapi import Depends, FastAPI, Request, Response

from dashboards import periods
from dashboards.access.asker import Right
from dashboards.api import cursors, examples
from dashboards.api.answers import Answer, Days
from dashboards.api.named_filters import named
from dashboards.api.parameters import once
from dashboards.api.respond import respond
from dashboards.api.rights import needs
from dashboards.readers import sources
from dashboards.readers.asked_database import AskedDatabase
from dashboards.readers.database import Snapshot
from dashboards.score_settings import ScoreSettings
from dashboards.views.score import answers as score_answers
from dashboards.views.score import information as score_information
from dashboards.views.score import reader as score
from dashboards.views.score.examples import GOOD as GOOD
from dashboards.views.score.parameters import ScoreCasesQuery, ScoresQuery

_OTHERS = examples.NOT_CHANGED | examples.problems(HTTPStatus.UNPROCESSABLE_ENTITY)


def _now(row: score.ScoredUnit, found: Mapping[str | None, score.ScoredUnit]) -> score.ScoredUnit | None:
    """What a unit is compared with; a former one with nothing."""
    return found.get(row.unit) if row.until is None else None


def add(app: FastAPI, database: AskedDatabase, settings: ScoreSettings) -> None:
    """Both, to the application."""

    @app.get(
        "/api/v1/scores",
        operation_id="scores",
        summary="The score of Quyết định 766 by unit: components, groups, band, rank, and what each lacks.",
        response_model=score_answers.Scores,
        responses=_OTHERS,
        dependencies=[Depends(once), needs(Right.FIGURES)],
    )
    async def read_scores(request: Request, query: Annotated[ScoresQuery, named(database, ScoresQuery)]) -> Response:
        reading, choices = query.reading or settings.score_reading, settings.score_choices
        async with database.snapshot() as (conn, as_of):
            period = query.days(as_of)
            rows = await score.read(conn, as_of, period, reading, query.unit, choices)
            earlier = periods.before(period, None) if query.compare else None
            until = periods.until_yesterday(period, periods.today(as_of)) if query.compare else None
            before, yesterday = [
                {}
                if other is None
                else await score.by_unit(
                    conn, await score.read(conn, as_of, other, reading, query.unit, choices), other, period
                )
                for other in (earlier, until)
            ]
            told = None
            if query.information:
                told = await score_information.read(Snapshot(conn, as_of), period, query.unit)
            ground = Answer.ground(as_of, await sources.stream(conn))
        answer = score_answers.Scores(
            **ground,
            source=score_answers.SOURCE,
            verified=False,
            reading=reading,
            days=Days.of(period),
            before=None if earlier is None else Days.of(earlier),
            components=score_answers.ComponentWords.all(reading),
            information=None if told is None else score_answers.Information.model_validate(told),
            rows=[
                score_answers.UnitScore.of(row, *(_now(row, earlier_scores) for earlier_scores in (before, yesterday)))
                for row in rows
            ],
        )
        return respond(request, answer)

    @app.get(
        "/api/v1/scores/cases",
        operation_id="score_cases",
        summary="The cases that a component lacks, in the order of their codes, page by page.",
        response_model=score_answers.ScoreCases,
        responses=_OTHERS,
        dependencies=[Depends(once), needs(Right.CASES)],
    )
    async def list_lacking(
        request: Request, query: Annotated[ScoreCasesQuery, named(database, ScoreCasesQuery)]
    ) -> Response:
        begun = cursors.read(query)
        async with database.snapshot() as (conn, as_of):
            list_as_of = cursors.moment_of(begun, as_of)
            period, after = query.days(list_as_of), begun.after if begun else ""
            found = await score.lacking(conn, list_as_of, period, query.component, query.unit, after, query.limit + 1)
            ground = Answer.ground(as_of, await sources.stream(conn))
        page, next_cursor = cursors.page(query, list_as_of, found)
        answer = score_answers.ScoreCases(
            **ground,
            component=query.component,
            days=Days.of(period),
            list_as_of=list_as_of,
            cases=[score_answers.LackingCase.model_validate(case) for case in page],
            next_cursor=next_cursor,
        )
        return respond(request, answer)
