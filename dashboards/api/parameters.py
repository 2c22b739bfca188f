"""What a client may ask: the query of each route, each parameter with its rule and an example."""

import re
from datetime import UTC, date, datetime, timedelta
from enum import Enum, StrEnum
from typing import Annotated, Any, Literal, Self

from fastapi import Request
from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from dashboards import periods
from dashboards.api.problems import ApiRefused
from dashboards.periods import Period, PeriodName
from dashboards.readers.cases import Narrowed
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
StepName = Annotated[str, StringConstraints(max_length=200, pattern=rf"^$|{PRINTABLE}")]
NEWS = timedelta(days=31)  # by arrival: further back most cases have changed


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


class DueName(StrEnum):
    """Days of a deadline by name, in the province; a week begins on Monday."""

    TODAY = "today"
    WEEK = "week"


class CasesQuery(PeriodQuery):
    code: Annotated[
        CaseCode | None,
        Field(description="Exactly this case; for codes that a path cannot hold, such as `..`.", examples=["a/../b"]),
    ] = None
    counter: Annotated[
        CounterName | None,
        Field(description="Only the cases that this counter counts, in the period if one is named.", examples=["late"]),
    ] = None
    mine: Annotated[
        bool,
        Field(description="Only of the asker's own units; refused to who sees the whole province.", examples=[True]),
    ] = False
    due: Annotated[
        DueName | None,
        Field(
            description="Only cases whose deadline lies in the present day or week, whatever became of them;"
            " `counter=open` beside it for those that are open.",
            examples=["week"],
        ),
    ] = None
    due_from: Annotated[
        Day | None, Field(description="Only cases whose deadline lies on this day or later.", examples=["2026-11-23"])
    ] = None
    due_to: Annotated[
        Day | None, Field(description="Only cases whose deadline lies on this day or before.", examples=["2026-11-29"])
    ] = None
    step: Annotated[
        StepName | None,
        Field(
            description="Only open cases whose last step is this, as `process` names it; empty: none since acceptance.",
            examples=["Thẩm định hồ sơ"],
        ),
    ] = None
    changed_since: Annotated[
        Moment | None,
        Field(
            description="Only cases of which an event arrived then or later, whenever it happened; at most 31 days"
            " back.",
            examples=["2026-11-23T00:00:00+07:00"],
        ),
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
        if self.code is not None and (self.counter is not None or self.of_days):
            raise PydanticCustomError("exclusive", "either", {"expected": "either code or counter and period"})
        if self.due is not None and (self.due_from is not None or self.due_to is not None):
            raise PydanticCustomError("exclusive", "either", {"expected": "either due or due_from and due_to"})
        if self.due_from is not None and self.due_to is not None and self.due_to < self.due_from:
            raise PydanticCustomError("order", "order", {"expected": "due_to not before due_from"})
        return self

    @property
    def of_days(self) -> bool:
        return bool(self.period or self.from_day or self.to_day or self.day)

    @property
    def counted(self) -> str | None:
        """The counter whose cases are listed: of a period alone, those that were accepted in it."""
        if self.counter is not None:
            return str(self.counter.value)
        return "accepted" if self.of_days else None

    def narrowed(self, as_of: datetime) -> Narrowed:
        """Of a list of this moment. :class:`ApiRefused` where news is asked for of longer ago than is kept at hand."""
        if self.changed_since is not None and self.changed_since < as_of - NEWS:
            raise ApiRefused("changed_since", f"at most {NEWS.days} days back")
        first, last = self.due_from, self.due_to
        if self.due is not None:
            first = last = periods.today(as_of)
            if self.due is DueName.WEEK:
                first -= timedelta(days=first.weekday())
                last = first + timedelta(days=6)
        return Narrowed(first, last, self.step, self.changed_since)


def once(request: Request) -> None:
    """A parameter given twice is refused: of two filters one would silently not count."""
    given = [name for name, _ in request.query_params.multi_items()]
    if len(given) != len(set(given)):
        raise ApiRefused("query", "a parameter more than once")
