"""Where the law of the deadlines is silent: which reading this installation takes, and what the other would change."""

from typing import Annotated, Self

from fastapi import FastAPI, Request, Response
from pydantic import BaseModel, Field

from dashboards.api import answers, examples
from dashboards.api.problems import Refused
from dashboards.api.respond import respond
from dashboards.clock_readings import Taken, taken
from dashboards.readers import sources
from dashboards.readers.clock_readings import clock_readings
from dashboards.readers.database import Database


class LawReading(BaseModel):
    rule: Annotated[str, Field(description="The rule of rules.csv that turns it (docs/rules.md).")]
    question: str
    article: str
    taken: Annotated[str, Field(description="How it is read here, in Vietnamese.")]
    other: Annotated[str, Field(description="The other reading.")]
    switch: Annotated[bool, Field(description="An operator may take the other by the rule.")]
    verified: Annotated[bool, Field(description="The article was read in an official text; it leaves both readings.")]
    changed: Annotated[
        int, Field(description="Cases that the other would judge otherwise: ended this year, or open and past due.")
    ]

    @classmethod
    def of(cls, one: Taken) -> Self:
        reading = one.reading
        return cls(
            rule=reading.rule,
            question=reading.question,
            article=reading.article,
            taken=one.taken,
            other=one.other,
            switch=one.switch,
            verified=reading.verified,
            changed=one.changed,
        )


class LawReadings(answers.Answer):
    readings: list[LawReading]


_RULE = "open_request_stops_deadline"
_EXAMPLE = [LawReading.of(one) for one in taken({_RULE: "yes"}, {_RULE: 212})]
GOOD: dict[str, BaseModel] = {"/api/v1/readings": LawReadings(**examples.GROUND, readings=_EXAMPLE)}


def add(app: FastAPI, database: Database) -> None:
    """To the application."""

    @app.get(
        "/api/v1/readings",
        operation_id="readings",
        summary="Where the law is silent: the reading taken, the other, and how many cases that would change.",
        response_model=LawReadings,
        responses=examples.NOT_CHANGED | examples.problems(),
    )
    async def read_readings(request: Request) -> Response:
        if request.query_params:
            raise Refused("query", "unknown parameter")
        async with database.snapshot() as (conn, as_of):
            found = await clock_readings(conn, as_of)
            ground = answers.Answer.ground(as_of, await sources.stream(conn))
        return respond(request, LawReadings(**ground, readings=[LawReading.of(one) for one in found]))
