"""What a client may ask of the score of Quyết định 766."""

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from dashboards import periods
from dashboards.api.parameters import CaseCursor, CasesAPage, Named, PeriodFields
from dashboards.periods import Period, PeriodName
from dashboards.views.score.reader import LISTED
from schemas.rules.decision_766 import Reading


class BoundedPeriod(PeriodFields):
    """The present month where no days are given; days from one to another have both ends, and are more than one: a
    single day has no score, as on the screens."""

    @model_validator(mode="after")
    def bounded(self) -> Self:
        if self.period == "all" or (self.from_day is None) != (self.to_day is None):
            raise PydanticCustomError("bounded", "bounded", {"expected": "a first and a last day"})
        if self.period == "today" or (self.from_day is not None and self.from_day == self.to_day):
            said = "more than one day, or a month, quarter or year: a single day has no score"
            raise PydanticCustomError("single_day", "single day", {"expected": said})
        return self

    def days(self, as_of: datetime) -> Period:
        if self.period is None and self.from_day is None:
            return periods.named(PeriodName.MONTH, as_of)
        return super().days(as_of)


class ScoresQuery(BoundedPeriod):
    reading: Annotated[
        Reading | None,
        Field(
            description="How points are given: as the portal computes, or as the annex is described.",
            examples=["portal"],
        ),
    ] = None
    unit: Annotated[Named | None, Field(description="Only this unit, by its key.", examples=["so-tu-phap"])] = None
    compare: Annotated[
        bool, Field(description="Whether `change` is asked for: against the period before.", examples=[True])
    ] = False
    information: Annotated[
        bool, Field(description="Whether what gives no points (2.2, 5.1) is asked for too.", examples=[True])
    ] = False


class ScoreCasesQuery(BoundedPeriod):
    component: Annotated[
        Literal[LISTED],  # type: ignore[valid-type]
        Field(description="Code of a component that is counted by cases.", examples=["ORIGINAL_RESULT_AVAILABLE"]),
    ]
    unit: Annotated[Named | None, Field(description="Key of the accepting unit.", examples=["so-tu-phap"])] = None
    limit: CasesAPage = 100
    cursor: CaseCursor = None
