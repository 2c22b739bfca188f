"""What the API answers about the process of a procedure and the interlinked chains."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field

from dashboards.api.answers import Answer, Days
from dashboards.api.former_units import KEY, NONE, FormerUnit, fields
from dashboards.views.process import chains_reader as chains
from dashboards.views.process import reader as process
from dashboards.views.process.reader import REASONS, Reason
from schemas.case_portal import Chain

Age = Callable[[datetime], int | None]  # seconds worked since then; ``None``: the days asked for are over
_WORKED = "in working time by the province's calendar and hours"


class Minutes(BaseModel):
    """Working minutes, by nearest rank."""

    model_config = ConfigDict(from_attributes=True)

    median: int
    p90: int


class Step(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    name: Annotated[
        str | None, Field(description="Empty: the acceptance. Null: what follows the last step until the end.")
    ]
    cases: Annotated[int, Field(description="Ended cases that did it.")]
    again: Annotated[int, Field(description="Of these, those that did it more than once.")]
    office: Annotated[
        Minutes | None, Field(description="Since the step before, with the unit itself. Lying there is within it.")
    ]
    waited: Annotated[
        Minutes | None, Field(description="Since the step before, with the citizen, another agency, a payment.")
    ]
    queue: Annotated[int, Field(description="Cases open now whose last step it is.")]
    oldest: Annotated[datetime | None, Field(description="Since when the oldest of them stands there.")]
    oldest_s: Annotated[int | None, Field(description=f"Seconds that it has stood there, {_WORKED}.")] = None

    @classmethod
    def of(cls, step: process.StepTimes, age: Age) -> Self:
        return cls.model_validate(step).model_copy(update={"oldest_s": step.oldest and age(step.oldest)})


class ReasonCount(BaseModel):
    reason: Reason
    label: Annotated[str, Field(description="As the screens write it.")]
    cases: int


class Variant(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: Annotated[str, Field(description="What `variant` of the list takes.")]
    steps: list[str]
    end_kind: str
    cases: int
    share: Annotated[float, Field(ge=0, le=1, description="Of all that ended.")]


class Process(Answer):
    procedure: str
    days: Days
    ended: Annotated[int, Field(description="Cases that ended on these days.")]
    queue: Annotated[int, Field(description="Open now.")]
    looped: Annotated[int, Field(description="Of the ended, those that turned back at least once.")]
    loops: Annotated[int, Field(description="How often they did, in all.")]
    reasons: Annotated[list[ReasonCount], Field(description="Of `looped`, by why a case first turned back.")]
    steps: Annotated[list[Step], Field(description="In the order in which cases come to them.")]
    variants: Annotated[list[Variant], Field(description="The commonest ways, steps in order and the end.")]
    ways: Annotated[int, Field(description="How many different ways there were.")]

    @classmethod
    def of(cls, view: process.StepsOfProcess, days: Days, age: Age, **ground: object) -> Self:
        return cls.model_validate(
            {
                **ground,
                "procedure": view.procedure,
                "days": days,
                "ended": view.ended,
                "queue": view.queue,
                "looped": view.looped,
                "loops": view.loops,
                "reasons": [ReasonCount(reason=r, label=REASONS[r], cases=n) for r, n in view.reasons.items()],
                "steps": [Step.of(step, age) for step in view.steps],
                "variants": [Variant.model_validate(variant) for variant in view.variants],
                "ways": view.ways,
            }
        )


class ProcessCase(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    subject: Annotated[str, Field(description="The case's code.")]
    unit: str
    accepted_at: datetime
    ended_at: datetime | None
    end_kind: str | None
    steps: int
    last_step: str | None
    since: Annotated[datetime | None, Field(description="Of an open case: when it came to where it stands.")]
    office_s: Annotated[
        int, Field(description=f"Seconds with the unit, {_WORKED}; of an open case, up to when it came to where it is.")
    ]
    waited_s: Annotated[int, Field(description=f"Seconds with others, {_WORKED}.")]
    loops: int
    loop_reason: Reason | None


class ProcessCases(Answer):
    procedure: str
    part: process.ProcessPart
    days: Days
    list_as_of: Annotated[datetime, Field(description="The moment of the first page.")]
    cases: list[ProcessCase]
    next_cursor: Annotated[str | None, Field(description="Of the next page; null on the last.")]


class Seconds(BaseModel):
    """Working seconds, by nearest rank."""

    model_config = ConfigDict(from_attributes=True)

    median: int
    p90: int


class Handover(FormerUnit):
    model_config = ConfigDict(from_attributes=True)

    chain: Chain
    step: Annotated[str | None, Field(description="Null: the whole group; a case at two hand-overs is one case.")]
    agency: Annotated[str | None, Field(description=f"Key of the agency that has the step ({KEY}).")]
    waiting: Annotated[int, Field(description="Cases that wait there now.")]
    not_received: Annotated[int, Field(description="Of these, sent and not yet said to be received.")]
    oldest: Annotated[datetime | None, Field(description="Since when the oldest waits.")]
    oldest_s: Annotated[int | None, Field(description=f"Seconds that it has waited, {_WORKED}.")] = None
    through: Annotated[int, Field(description="Cases that left it on these days.")]
    took: Annotated[Seconds | None, Field(description=f"What that took, {_WORKED}.")]

    @classmethod
    def of(cls, row: chains.ChainHandover, age: Age, former: Mapping[str, str] = NONE) -> Self:
        more = {"oldest_s": row.oldest and age(row.oldest), **fields(row.agency, former)}
        return cls.model_validate(row).model_copy(update=more)


class Chains(Answer):
    days: Days
    rows: Annotated[list[Handover], Field(description="Each group before its hand-overs.")]


class ChainCase(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    subject: Annotated[str, Field(description="The case's code.")]
    unit: str
    chain: Chain
    step: str
    agency: str
    since_at: datetime
    until_at: Annotated[datetime | None, Field(description="Null while it waits there.")]
    worked_s: Annotated[int | None, Field(description=f"Seconds there, {_WORKED}.")]
    received: bool


class ChainsCases(Answer):
    part: chains.ChainPart
    days: Days
    list_as_of: Annotated[datetime, Field(description="The moment of the first page.")]
    cases: list[ChainCase]
    next_cursor: Annotated[str | None, Field(description="Of the next page; null on the last.")]
