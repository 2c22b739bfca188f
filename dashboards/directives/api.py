"""The addresses of directives in the data API: read by whoever may, answered by programs of units."""

from http import HTTPStatus
from typing import Annotated

from fastapi import Depends, FastAPI, Header, Path, Request, Response

from dashboards.access.access import Access
from dashboards.access.asker import Right, asking
from dashboards.actions.command_outbox import Outcome, TakenCommand
from dashboards.api import examples
from dashboards.api.answers import Answer
from dashboards.api.named_filters import named
from dashboards.api.parameters import once
from dashboards.api.problems import ApiRefused, Violation, problem
from dashboards.api.respond import respond
from dashboards.api.rights import needs
from dashboards.directives import reader
from dashboards.directives.answers import GOOD as GOOD
from dashboards.directives.answers import (
    AnswerAsked,
    AnswerTaken,
    DirectiveFactTold,
    Directives,
    DirectivesQuery,
    ListedDirective,
    OneDirective,
)
from dashboards.directives.directing import Directing, NotHis, NotNow, keyed
from dashboards.readers import sources
from dashboards.readers.asked_database import AskedDatabase
from dashboards.readers.database import utc_now
from schemas.domain import Breach
from schemas.json_text import encode
from schemas.rules.directive_moves import MOVES, REPORT, Side

ANSWERS = frozenset({REPORT, *(kind for kind, move in MOVES.items() if move.side is Side.UNIT)})
_OTHERS = examples.NOT_CHANGED | examples.problems(HTTPStatus.UNPROCESSABLE_ENTITY)
_NOT_THERE = "There is no directive of this name among those that you may see."
_Name = Annotated[
    str, Path(min_length=1, max_length=160, description="Its own name.", examples=["cd-kqxwmzrt/so-tu-phap"])
]
_Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        min_length=8,
        max_length=80,
        description="A key of your own: the same answer sent again under it counts once.",
    ),
]


def add(app: FastAPI, database: AskedDatabase, access: Access | None) -> None:
    """``access``: without it nothing is taken."""
    directing = Directing(database, access.outbox if access else None, access.clock if access else utc_now)

    @app.get(
        "/api/v1/directives",
        operation_id="directives",
        summary="Directives as they stand: those that are open first, by their deadline.",
        description=f"At most {reader.MOST}.",
        response_model=Directives,
        responses=_OTHERS,
        dependencies=[Depends(once), needs(Right.DIRECTIVES)],
    )
    async def list_directives(
        request: Request, query: Annotated[DirectivesQuery, named(database, DirectivesQuery)]
    ) -> Response:
        async with database.snapshot() as (conn, as_of):
            standings = None if query.standing is None else [query.standing]
            found = await reader.listed(conn, unit=query.unit, standings=standings)
            ground = Answer.ground(as_of, await sources.stream(conn))
        return respond(request, Directives(**ground, directives=[ListedDirective.of(one, as_of) for one in found]))

    @app.get(
        "/api/v1/directives/{directive:path}",
        operation_id="directive",
        summary="One directive and its history.",
        response_model=OneDirective,
        responses=examples.NOT_CHANGED | examples.problems(HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY),
        dependencies=[needs(Right.DIRECTIVES)],
    )
    async def read_directive(request: Request, directive: _Name) -> Response:
        if request.query_params:
            raise ApiRefused("query", "unknown parameter")
        async with database.snapshot() as (conn, as_of):
            one = await reader.one(conn, directive)
            facts = await reader.history(conn, directive) if one is not None else ()
            ground = Answer.ground(as_of, await sources.stream(conn))
        if one is None:
            return problem(HTTPStatus.NOT_FOUND, _NOT_THERE)
        lost = set(one.detail.get("overtaken") or ())
        history = [DirectiveFactTold.of(fact, lost) for fact in facts]
        return respond(request, OneDirective(**ground, directive=ListedDirective.of(one, as_of), history=history))

    @app.post(
        "/api/v1/directives/{directive:path}/answers",
        operation_id="answer_directive",
        summary="Answers a directive for its unit: accept, report, ask for time, done, cannot.",
        description="Needs a key with the scope `answer`, of that unit. 409 where somebody was first: read it again.",
        response_model=AnswerTaken,
        status_code=HTTPStatus.ACCEPTED,
        responses=examples.problems(HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY),
        dependencies=[needs(Right.ANSWER)],
    )
    async def answer_directive(directive: _Name, asked: AnswerAsked, key: _Key) -> Response:
        if asked.kind not in ANSWERS:
            raise ApiRefused("kind", f"one of {', '.join(sorted(ANSWERS))}")
        if (asked.after is None) is not (asked.kind == REPORT):
            raise ApiRefused("after", f"of every answer but `{REPORT}`")
        said = asked.model_dump(exclude={"kind", "after"}, exclude_none=True)
        asker = asking()
        try:
            taken = await directing.answer(asker, directive, asked.kind, asked.after, said, keyed(asker, key))
        except NotHis:
            return problem(HTTPStatus.NOT_FOUND, _NOT_THERE)
        except NotNow:
            return problem(HTTPStatus.CONFLICT, "Not possible as the directive stands; read it again.")
        except Breach as breach:
            raise ApiRefused(breach.field.removeprefix("data."), breach.rule) from None
        return _answered(directive, taken)


def _answered(directive: str, taken: TakenCommand) -> Response:
    match taken.outcome:
        case Outcome.OTHER:
            return problem(
                HTTPStatus.CONFLICT,
                "Another answer was sent under this key.",
                [Violation(field="Idempotency-Key", rule="one key, one answer")],
            )
        case Outcome.OVERTAKEN:
            at = "" if taken.at is None else f" at {taken.at.isoformat()}"
            return problem(HTTPStatus.CONFLICT, f"{taken.by_name} was first: {taken.kind}{at}. Read it again.")
        case Outcome.AHEAD:
            raise ApiRefused("after", "not more than the directive's revision")
    body = AnswerTaken(directive=directive, again=taken.outcome is Outcome.AGAIN)
    return Response(encode(body.model_dump()), HTTPStatus.ACCEPTED, media_type="application/json")
