"""What a client may ask: the query of each route, each parameter with its rule and an example."""

import re
from datetime import UTC, date, datetime
from enum import Enum
from typing import Annotated, Any, Literal, Self

from fastapi import Request
from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from dashboards import periods
from dashboards.api.problems import ApiRefused
from dashboards.periods import Period, PeriodName
from dashboards.readers.figures import By, Filters
from schemas.case_code import CaseCode
from schemas.case_counters import CASE_COUNTERS
from schemas.cases import Channel
from schemas.envelope import PRINTABLE

CounterName = Enum("CounterName", {c.name: c.name for c in CASE_COUNTERS}, type=str)  # type: ignore[misc]

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})", re.ASCII)


def _iso_day(value: Any) -> Any:
    """Pydantic alone would also take a number of seconds."""
    if not isinstance(value, str):
        return value
    try:
        if _DAY.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass  # a 13th month
    raise PydanticCustomError("day", "a day is YYYY-MM-DD", {"expected": "YYYY-MM-DD"})


def _iso_moment(value: Any) -> Any:
    if isinstance(value, str) and not _MOMENT.fullmatch(value):
        raise PydanticCustomError("moment", "a moment has its UTC offset", {"expected": "YYYY-MM-DDThh:mm:ss+07:00"})
    return value


Day = Annotated[date, BeforeValidator(_iso_day)]
Moment = Annotated[
    AwareDatetime,
    BeforeValidator(_iso_moment),
    Field(ge=datetime(2000, 1, 1, tzinfo=UTC), le=datetime(2100, 1, 1, tzinfo=UTC)),
]
Named = Annotated[str, StringConstraints(max_length=80, pattern=rf"^$|{PRINTABLE}")]


class PeriodFields(BaseModel):
    """Which days are asked for."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    period: Annotated[
        Literal["today", "month", "quarter", "year", "all"] | None,
        Field(
            description="The province's present day, month, quarter or year, or everything (default).",
            examples=["month"],
        ),
    ] = None
    from_day: Annotated[
        Day | None, Field(alias="from", description="First day, in the province.", examples=["2026-11-01"])
    ] = None
    to_day: Annotated[Day | None, Field(alias="to", description="Last day, included.", examples=["2026-11-24"])] = None

    @model_validator(mode="after")
    def one_period(self) -> Self:
        if self.period is not None and (self.from_day is not None or self.to_day is not None):
            raise PydanticCustomError("exclusive", "either", {"expected": "either period or from and to"})
        if self.from_day is not None and self.to_day is not None and self.to_day < self.from_day:
            raise PydanticCustomError("order", "order", {"expected": "to not before from"})
        return self

    def days(self, as_of: datetime) -> Period:
        """The days asked for; named periods are those of this moment."""
        if self.period is not None:
            return periods.named(PeriodName(self.period), as_of)
        return periods.between(self.from_day, self.to_day)


class PeriodQuery(PeriodFields):
    day: Annotated[
        Day | None,
        Field(
            description="Only this day of the period, as a row by day counts it: of the event, for `open` and"
            " `overdue` of the acceptance.",
            examples=["2026-11-24"],
        ),
    ] = None
    unit: Annotated[
        Named | None,
        Field(
            description="Key of the accepting unit, for steps of the unit that did them; empty: none named.",
            examples=["H19.26.01"],
        ),
    ] = None
    channel: Annotated[
        Channel | Literal[""] | None, Field(description="How the case came in; empty: not known.", examples=["online"])
    ] = None
    procedure: Annotated[
        Named | None, Field(description="Procedure code; empty: none named.", examples=["1.001612"])
    ] = None

    def filters(self) -> Filters:
        channel = None if self.channel is None else str(self.channel)
        return Filters(unit=self.unit, channel=channel, procedure=self.procedure, day=self.day)


class FiguresQuery(PeriodQuery):
    by: Annotated[By, Field(description="One row for each; `total` is a single row.", examples=["unit"])] = By.TOTAL


class ProvinceQuery(PeriodFields):
    by: Annotated[
        Literal[By.TOTAL, By.CHANNEL, By.DAY],
        Field(description="One row for each; `total` is a single row.", examples=["day"]),
    ] = By.TOTAL


CasesAPage = Annotated[int, Field(ge=1, le=1000, description="Cases a page.", examples=[100])]
CaseCursor = Annotated[
    str | None,
    Field(
        max_length=600,
        pattern=r"^[A-Za-z0-9_-]+$",
        description="`next_cursor` of the page before; all else as it was, `limit` may change.",
        examples=["WzEsIjIwMjYtMTEtMjRUMDc6MDA6MDArMDA6MDAiXQ"],
    ),
]


class CasesQuery(PeriodQuery):
    code: Annotated[
        CaseCode | None,
        Field(description="Exactly this case; for codes that a path cannot hold, such as `..`.", examples=["a/../b"]),
    ] = None
    counter: Annotated[
        CounterName | None,
        Field(description="Only the cases that this counter counts, in the period if one is named.", examples=["late"]),
    ] = None
    last_event_since: Annotated[
        Moment | None,
        Field(
            description="Only cases whose last event happened then or later. By event time, not arrival.",
            examples=["2026-11-24T00:00:00+07:00"],
        ),
    ] = None
    limit: CasesAPage = 100
    cursor: CaseCursor = None

    @model_validator(mode="after")
    def period_of_a_counter(self) -> Self:
        if self.counter is None and (self.period or self.from_day or self.to_day or self.day):
            raise PydanticCustomError("needs_counter", "needs", {"expected": "a period only with a counter"})
        if self.counter is not None and self.code is not None:
            raise PydanticCustomError("exclusive", "either", {"expected": "either code or counter"})
        return self


def once(request: Request) -> None:
    """A parameter given twice is refused: of two filters one would silently not count."""
    given = [name for name, _ in request.query_params.multi_items()]
    if len(given) != len(set(given)):
        raise ApiRefused("query", "a parameter more than once")
