"""Where the law of the deadlines or of the score is silent: which reading this installation takes, and what the other
would change."""

from typing import Annotated, Self

from fastapi import FastAPI, Request, Response
from pydantic import BaseModel, Field

from dashboards.access.asker import Right
from dashboards.api import answers, examples
from dashboards.api.problems import ApiRefused
from dashboards.api.respond import respond
from dashboards.api.rights import needs
from dashboards.clock_readings import CASES, Taken, taken
from dashboards.interpretations import Interpretation, interpretations
from dashboards.readers import sources
from dashboards.readers.asked_database import AskedDatabase
from dashboards.readers.clock_readings import clock_readings
from dashboards.readers.interpretations import effects
from dashboards.score_settings import ScoreSettings


class LawReading(BaseModel):
    name: str
    rule: Annotated[str | None, Field(description="The rule of rules.csv that turns it (docs/rules.md); of deadlines.")]
    setting: Annotated[str | None, Field(description="The setting of the installation that turns it; of the score.")]
    question: str
    article: str
    taken: Annotated[str, Field(description="How it is read here, in Vietnamese.")]
    other: Annotated[str, Field(description="The other reading.")]
    switch: Annotated[bool, Field(description="An operator may take the other, by the rule or the setting.")]
    verified: Annotated[bool, Field(description="The article was read in an official text; it leaves both readings.")]
    changed: Annotated[
        int,
        Field(
            description="How much the other would judge otherwise this year, of what `noun` says; of deadlines the"
            " cases that ended this year, or are open and past due."
        ),
    ]
    noun: Annotated[str, Field(description="What `changed` counts, in Vietnamese: cases, petitions, units.")]

    @classmethod
    def of(cls, one: Taken) -> Self:
        reading = one.reading
        return cls(
            name=reading.rule,
            rule=reading.rule,
            setting=None,
            question=reading.question,
            article=reading.article,
            taken=one.taken,
            other=one.other,
            switch=one.switch,
            verified=reading.verified,
            changed=one.changed,
            noun=CASES,
        )

    @classmethod
    def of_score(cls, one: Interpretation, changed: int) -> Self:
        said = {name: getattr(one, name) for name in cls.model_fields if hasattr(one, name)}
        return cls(**said, rule=None, changed=changed)


class LawReadings(answers.Answer):
    readings: list[LawReading]


_RULE = "open_request_stops_deadline"
_DISLIKES = next(one for one in interpretations(ScoreSettings.model_construct()) if one.switch)
_EXAMPLE = [LawReading.of(taken({_RULE: "yes"}, {_RULE: 212})[0]), LawReading.of_score(_DISLIKES, 31)]
GOOD: dict[str, BaseModel] = {"/api/v1/readings": LawReadings(**examples.GROUND, readings=_EXAMPLE)}


def add(app: FastAPI, database: AskedDatabase, settings: ScoreSettings) -> None:
    """To the application."""

    @app.get(
        "/api/v1/readings",
        operation_id="readings",
        summary="Where the law is silent: the reading taken, the other, and how many cases that would change.",
        response_model=LawReadings,
        responses=examples.NOT_CHANGED | examples.problems(),
        dependencies=[needs(Right.FIGURES)],
    )
    async def read_readings(request: Request) -> Response:
        if request.query_params:
            raise ApiRefused("query", "unknown parameter")
        async with database.snapshot() as (conn, as_of):
            found = [LawReading.of(one) for one in await clock_readings(conn, as_of)]
            changed = await effects(conn, as_of, settings)
            found += [LawReading.of_score(one, changed[one.name]) for one in interpretations(settings)]
            ground = answers.Answer.ground(as_of, await sources.stream(conn))
        return respond(request, LawReadings(**ground, readings=found))
