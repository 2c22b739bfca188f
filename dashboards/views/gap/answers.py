"""What the API answers about own figures and the national portal's side by side."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field

from dashboards.api.answers import Answer, Days
from dashboards.api.former_units import KEY, NONE, FormerUnit, fields
from dashboards.views.gap import reader as portal_gap
from dashboards.views.gap.declared import Indicator
from dashboards.views.gap.reader import CAUSES, Cause


class CauseWords(BaseModel):
    cause: Cause
    label: Annotated[str, Field(description="As the screens write it.")]

    @classmethod
    def all(cls) -> list[Self]:
        return [cls(cause=cause, label=label) for cause, label in CAUSES.items()]


class GapRow(FormerUnit):
    unit: Annotated[str, Field(description=f"Key of the accepting unit ({KEY}); empty: none named.")]
    own: Annotated[int, Field(description="Cases that the province's own events count.")]
    portal: Annotated[int, Field(description="Cases that count by what the portal has taken or says of them.")]
    gap: Annotated[int, Field(description="own - portal; the cases of `causes` come to it.")]
    missing: Annotated[int, Field(description="Of the own cases, those that the portal does not count.")]
    extra: Annotated[int, Field(description="Cases that the portal alone counts; gap = missing - extra.")]
    causes: Annotated[dict[Cause, int], Field(description="Cases of each cause; `other_code` counts on both sides.")]
    published: Annotated[int | None, Field(description="What the portal shows for the whole period, if imported.")]
    published_on: Annotated[date | None, Field(description="Day up to which the portal had counted.")]
    unexplained: Annotated[int | None, Field(description="portal - published: what no case that is known explains.")]

    @classmethod
    def of(cls, gap: portal_gap.Gap, former: Mapping[str, str] = NONE) -> Self:
        return cls(
            unit=gap.unit,
            **fields(gap.unit, former),
            own=gap.own,
            portal=gap.portal,
            gap=gap.gap,
            missing=gap.missing,
            extra=gap.extra,
            causes=gap.causes,
            published=gap.published,
            published_on=gap.published_on,
            unexplained=gap.unexplained,
        )


class PortalGap(Answer):
    indicator: Indicator
    days: Days
    causes: list[CauseWords]
    rows: Annotated[list[GapRow], Field(description="By unit, in the order of their keys.")]


class GapCase(BaseModel):
    """A case that is counted on one side only, or on both under different codes."""

    model_config = ConfigDict(from_attributes=True)

    subject: Annotated[str, Field(description="The case's code here.")]
    unit: str
    own: Annotated[bool, Field(description="Whether our own events count it.")]
    portal: Annotated[bool, Field(description="Whether the portal counts it.")]
    cause: Cause
    status: Annotated[int | None, Field(description="National status code, by our own events.")]
    ended_at: datetime | None
    portal_status: Annotated[int | None, Field(description="What the portal has.")]
    portal_ended_at: Annotated[datetime | None, Field(description="Since when the portal has it as ended.")]
    portal_code: Annotated[str | None, Field(description="The case's code there, if another.")]
    synced_at: Annotated[datetime | None, Field(description="Last message to it that was not refused.")]


class PortalGapCases(Answer):
    indicator: Indicator
    days: Days
    list_as_of: Annotated[datetime, Field(description="The moment of the first page.")]
    cases: list[GapCase]
    next_cursor: Annotated[str | None, Field(description="Of the next page; null on the last.")]
