"""The list behind a number that was opened on the screens: exactly what it counted, as it was counted."""

from http import HTTPStatus
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Path, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from dashboards.access.asker import Right
from dashboards.api import answers, examples
from dashboards.api.named_filters import named
from dashboards.api.parameters import CasesAPage, once
from dashboards.api.problems import problem
from dashboards.api.respond import respond
from dashboards.api.rights import needs
from dashboards.api.subject_answers import ListedSubject
from dashboards.counted_domains import SOURCES
from dashboards.readers import openings, sources
from dashboards.readers.asked_database import AskedDatabase
from dashboards.readers.openings import Opening
from schemas.contracts import DOMAINS


class OpenedQuery(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    limit: CasesAPage = 100
    cursor: Annotated[
        str | None,
        Field(pattern=r"^[0-9]{1,6}$", description="`next_cursor` of the page before.", examples=["100"]),
    ] = None


class OpenedList(answers.Answer):
    """``cases`` or ``subjects``, in the order of the screen; what each is now, of those that counted then."""

    domain: str
    counter: str
    days: answers.Days
    asked: Annotated[dict[str, str], Field(description="Filters of the number, by their names.")]
    opened_at: Annotated[str, Field(description="When it was counted.")]
    amount: Annotated[int, Field(description="The number.")]
    counted: Annotated[int, Field(description="Rows that make it; the first of them are kept.")]
    kept: int
    cases: list[answers.ListedCase] = Field(default_factory=list)
    subjects: list[ListedSubject] = Field(default_factory=list)
    next_cursor: Annotated[str | None, Field(description="For the next page; null on the last.")]


_GOOD = OpenedList(
    **examples.GROUND,
    domain="case",
    counter="late",
    days=answers.Days(first=None, last=None),
    asked={"unit": "H19.26.01"},
    opened_at="2026-11-24T07:32:05Z",
    amount=1,
    counted=1,
    kept=1,
    cases=examples.CASES_PAGE.cases,
    next_cursor=None,
)
GOOD: dict[str, BaseModel] = {"/api/v1/openings/{opening}": _GOOD}


def add(app: FastAPI, database: AskedDatabase) -> None:
    """To the application."""

    @app.get(
        "/api/v1/openings/{opening}",
        operation_id="opening",
        summary="The list behind a number that was opened on the screens, page by page.",
        response_model=OpenedList,
        responses=examples.NOT_CHANGED | examples.problems(HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY),
        dependencies=[Depends(once), needs(Right.CASES)],
    )
    async def read_opening(
        request: Request,
        opening: Annotated[
            str, Path(pattern=r"^[\w-]{1,64}$", description="Its id, the last word of its page.", examples=["x7Rk0qT2"])
        ],
        query: Annotated[OpenedQuery, named(database, OpenedQuery)],
    ) -> Response:
        async with database.snapshot() as (conn, as_of):
            found = await openings.get(conn, opening)
            if found is None or found.domain == SOURCES.name:
                return problem(HTTPStatus.NOT_FOUND, "There is no such list, or none any more; open the number anew.")
            after = int(query.cursor or 0)
            rows: dict[str, Any]
            if found.domain in DOMAINS:
                subjects = await openings.subjects_page(conn, found, after, query.limit + 1)
                rows = {"subjects": [ListedSubject.counted(item.counted) for item in subjects[: query.limit]]}
                more = subjects[query.limit - 1].position if len(subjects) > query.limit else None
            else:
                page = await openings.page(conn, opening, after, query.limit)
                rows = {"cases": [answers.ListedCase.counted(item.counted, as_of) for item in page.items]}
                more = page.next_after
            ground = answers.Answer.ground(as_of, await sources.stream(conn))
        following = None if more is None else str(more)
        return respond(request, OpenedList(**ground, **_said(found), **rows, next_cursor=following))


def _said(opening: Opening) -> dict[str, Any]:
    names = ("unit", "channel", "procedure", "part", "day", "due_before")
    asked = {name: str(value) for name in names if (value := getattr(opening.filters, name)) is not None}
    return {
        "domain": opening.domain,
        "counter": opening.counter,
        "days": answers.Days.of(opening.period),
        "asked": asked,
        "opened_at": opening.as_of.isoformat(),
        "amount": opening.amount,
        "counted": opening.cases,
        "kept": opening.listed,
    }
