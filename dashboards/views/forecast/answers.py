"""What the API answers about what will be late."""

from datetime import date, datetime
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field

from dashboards.api.answers import Answer
from dashboards.views.forecast.reader import ListName


class ForecastRun(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    day: date
    made_at: datetime
    shown: Annotated[bool, Field(description="False: it does not beat the baseline, or is too old; `reason` says so.")]
    reason: Annotated[
        str, Field(description="Empty where shown; `no_hours`, `too_few`, `untried`, `not_better`, `old`.")
    ]
    cases: Annotated[int, Field(description="Ended cases that it has learned from.")]
    shape: Annotated[str | None, Field(description="The chosen model.")]
    at_risk: Annotated[
        float | None,
        Field(description="From which chance a case is named; null: the late are not told from the others."),
    ]
    precision_set: Annotated[
        float | None,
        Field(description="Share of those named that had to be late when that was chosen: twice the odds of `base`."),
    ]
    base: Annotated[
        float | None, Field(description="Share late of all that were open 2 working days before, in the same trial.")
    ]
    chances_shown: Annotated[bool, Field(description="False: chances do not beat the baseline's, so no case is named.")]
    days_shown: Annotated[bool, Field(description="False: days do not beat the baseline's; `expected_at` is null.")]
    tried_error: Annotated[float | None, Field(description="Error over the baseline's, on mornings not learned from.")]
    tried_over: Annotated[float | None, Field(description="Points by which chances lay above what came true there.")]


class ForecastWorth(BaseModel):
    """What became of the forecasts of the last thirty days."""

    model_config = ConfigDict(from_attributes=True)

    error: Annotated[float | None, Field(description="Mean error over the baseline's.")]
    over: Annotated[float | None, Field(description="Points by which chances lay above what came true.")]
    judged: Annotated[int, Field(description="Forecasts whose deadline has passed.")]
    late_cases: Annotated[int, Field(description="Cases that missed their deadline.")]
    named_late: Annotated[int, Field(description="Of those, named as at risk 2 working days before it.")]
    named: Annotated[int, Field(description="Cases named as at risk 2 working days before their deadline.")]
    ahead: Annotated[
        int, Field(description="Cases with a forecast 2 working days before their deadline, named or not.")
    ]
    late_ahead: Annotated[int, Field(description="Of those, late: over `ahead` what naming anybody would have hit.")]


class ForecastRow(BaseModel):
    unit: Annotated[str, Field(description="Key of the accepting unit; empty: none named.")]
    due_tomorrow: int
    at_risk: int

    @classmethod
    def all(cls, counts: dict[ListName, dict[str, int]]) -> list[Self]:
        tomorrow, risk = counts[ListName.DUE_TOMORROW], counts[ListName.AT_RISK]
        units = sorted({*tomorrow, *risk})
        return [cls(unit=unit, due_tomorrow=tomorrow.get(unit, 0), at_risk=risk.get(unit, 0)) for unit in units]


class ForecastAnswer(Answer):
    run: Annotated[ForecastRun | None, Field(description="The last run; null: there has been none.")]
    worth: ForecastWorth
    next_working_day: date
    rows: Annotated[list[ForecastRow], Field(description="By unit, in the order of their keys.")]


class SoonCase(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    subject: Annotated[str, Field(description="The case's code.")]
    unit: str
    procedure: str
    last_unit: Annotated[str, Field(description="Where it was last seen.")]
    due_at: datetime
    step: Annotated[str | None, Field(description="Last step this morning, or for whom it waited.")]
    chance: Annotated[float | None, Field(description="To miss its appointment; null: no forecast, or it is hidden.")]
    chance_61: Annotated[
        float | None,
        Field(description="To miss the deadline as Nghị định 61/2018 reads it; null: none ahead, or hidden."),
    ]
    chance_766: Annotated[float | None, Field(description="The same as Quyết định 766 is counted.")]
    expected_at: Annotated[datetime | None, Field(description="As likely to end before as after.")]


class ForecastCases(Answer):
    which: ListName
    list_as_of: Annotated[datetime, Field(description="The moment of the first page.")]
    cases: list[SoonCase]
    next_cursor: Annotated[str | None, Field(description="Of the next page; null on the last.")]
