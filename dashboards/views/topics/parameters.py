"""What a client may ask of the topics besides cases, and of the sources."""

from datetime import date, datetime
from enum import Enum
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from dashboards import periods
from dashboards.api.parameters import Day, Moment, Named, PeriodFields
from dashboards.api.problems import ApiRefused
from dashboards.counted_domains import NAMES_ACCOUNTS
from dashboards.readers import losses
from dashboards.readers.domains import DomainBy
from dashboards.readers.figures import Filters
from schemas.contracts import DOMAINS
from schemas.domain import Subject
from schemas.envelope import PRINTABLE

MOST_DAYS = 93  # whose events are compared with what was sent

DomainName = Enum("DomainName", {name: name for name in DOMAINS if name not in NAMES_ACCOUNTS}, type=str)  # type: ignore[misc]


class TopicQuery(PeriodFields):
    day: Annotated[
        Day | None,
        Field(
            description="Only this day of the period, as a row by day counts it: of the event, for counters of this"
            " moment of the opening; a level as it stood then.",
            examples=["2026-11-24"],
        ),
    ] = None
    unit: Annotated[Named | None, Field(description="Key of the unit; empty: none named.", examples=["so-tu-phap"])] = (
        None
    )
    part: Annotated[
        Annotated[str, StringConstraints(max_length=200, pattern=rf"^$|{PRINTABLE}")] | None,
        Field(
            description="What the topic is taken apart by besides units: sector, plan, system, …; empty: none named.",
            examples=["30/KH-UBND"],
        ),
    ] = None

    def filters(self) -> Filters:
        return Filters(unit=self.unit, part=self.part, day=self.day)


class TopicFiguresQuery(TopicQuery):
    by: Annotated[DomainBy, Field(description="One row for each; `total` is a single row.", examples=["unit"])] = (
        DomainBy.TOTAL
    )


class SubjectsQuery(TopicQuery):
    subject: Annotated[
        Subject | None,
        Field(description="Exactly this subject; for keys that a path cannot hold, such as `..`.", examples=["a/../b"]),
    ] = None
    counter: Annotated[
        str | None,
        Field(
            max_length=40,
            pattern=r"^[a-z_]+$",
            description="Only the subjects that this counter counts, in the period if one is named.",
            examples=["overdue"],
        ),
    ] = None
    standing: Annotated[
        str | None,
        Field(max_length=40, pattern=r"^[a-z_]*$", description="Only those that stand so now.", examples=["open"]),
    ] = None
    last_event_since: Annotated[
        Moment | None,
        Field(
            description="Only subjects whose last event happened then or later. By event time, not arrival.",
            examples=["2026-11-24T00:00:00+07:00"],
        ),
    ] = None
    limit: Annotated[int, Field(ge=1, le=1000, description="Subjects a page.", examples=[100])] = 100
    cursor: Annotated[
        str | None,
        Field(
            max_length=1200,
            pattern=r"^[A-Za-z0-9_-]+$",
            description="`next_cursor` of the page before; all else as it was, `limit` may change.",
            examples=["WzEsIjIwMjYtMTEtMjRUMDc6MDA6MDArMDA6MDAiXQ"],
        ),
    ] = None

    @property
    def of_days(self) -> bool:
        return bool(self.period or self.from_day or self.to_day or self.day)

    @model_validator(mode="after")
    def period_of_a_counter(self) -> Self:
        if self.subject is not None and (self.counter is not None or self.of_days):
            raise PydanticCustomError("exclusive", "either", {"expected": "either subject or counter and period"})
        return self


class SourcesQuery(PeriodFields):
    """Of the losses."""

    from_day: Annotated[
        Day | None,
        Field(alias="from", description="First day of the losses; six days before the last.", examples=["2026-11-18"]),
    ] = None
    to_day: Annotated[
        Day | None, Field(alias="to", description="Last day of the losses, included; today.", examples=["2026-11-24"])
    ] = None

    unit: Annotated[Named | None, Field(description="Only losses of this unit.", examples=["so-tu-phap"])] = None

    def compared(self, as_of: datetime) -> tuple[date, date]:
        """Both included. :class:`ApiRefused` for more days than are compared at once."""
        asked, today = self.days(as_of), periods.today(as_of)
        if self.period == "all":
            raise ApiRefused("period", f"at most {MOST_DAYS} days")
        last = asked.last or max(today, asked.first or today)
        if self.period is not None:  # of days to come nothing was sent
            last = min(last, today)
        first = asked.first or date.fromordinal(max(1, last.toordinal() - losses.DAYS + 1))
        if (last - first).days >= MOST_DAYS:
            raise ApiRefused("from" if self.period is None else "period", f"at most {MOST_DAYS} days")
        return first, last
