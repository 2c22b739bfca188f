"""What the API answers about the essential services."""

from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field

from dashboards.api.answers import Answer, Days
from dashboards.api.former_units import KEY, NONE, FormerUnit, fields
from dashboards.views.essential import reader as essential
from dashboards.views.essential import targets
from dashboards.views.essential.declared import SERVICES, Group
from dashboards.views.essential.reader import Amounts, Counts, Known, Offer

Share = Annotated[float | None, Field(description="Of 0 to 1; null: not known.")]
Cases = Annotated[dict[Group, int], Field(description="How many cases count as what.")]


class GroupWords(BaseModel):
    group: Group
    label: Annotated[str, Field(description="As the screens write it.")]
    meaning: str

    @classmethod
    def all(cls) -> list[Self]:
        return [cls(group=Group(one.name), label=one.label, meaning=one.meaning) for one in SERVICES.counters]


class TargetPath(BaseModel):
    """The target and where the share stands on its straight path on the last day of the period that has come."""

    start: Annotated[Share, Field(description="Where the path begins, as set or as measured; null: not known.")]
    goal: float
    first: date
    due: date
    source: str
    verified: Annotated[bool, Field(description="False: shown as `chưa kiểm chứng`.")]
    expected: Annotated[Share, Field(description="The path's share on that day.")]
    behind: bool | None
    missing: Annotated[int | None, Field(description="Received cases that would have had to come online besides.")]
    to_come: Annotated[
        int | None, Field(description="Cases to come that must all be online until the path is reached; null: never.")
    ]

    @classmethod
    def of(cls, stands: targets.TargetStanding | None) -> Self | None:
        if stands is None:
            return None
        target = stands.target
        return cls(
            start=_float(target.start),
            goal=float(target.goal),
            first=target.first,
            due=target.due,
            source=target.source,
            verified=target.verified,
            expected=_float(stands.expected),
            behind=stands.behind,
            missing=stands.missing,
            to_come=stands.to_come,
        )


class Counted(BaseModel):
    received: int
    online: int
    share: Share

    @classmethod
    def of(cls, amounts: Amounts) -> Self:
        return cls(received=amounts.received, online=amounts.online, share=amounts.share)


class ServiceRow(BaseModel):
    number: int
    name: str
    decision: str
    lead_agency: str
    procedure_codes: list[str]
    known: Annotated[
        Known,
        Field(description="`no_code`, `no_name`: not known, so without a share; `no_cases`: none in the period."),
    ]
    verified: Annotated[bool, Field(description="Whether a source says which procedure it is.")]
    offer: Annotated[Offer, Field(description="Whether the catalogue offers its procedures online.")]
    now: Annotated[Counted | None, Field(description="Null where the service is not known.")]
    before: Annotated[Counted | None, Field(description="The period before, as far as this one has come.")]
    change: Annotated[float | None, Field(description="Of the share; 0.01 is a percentage point.")]
    target: Annotated[TargetPath | None, Field(description="Null: none is set (chưa đặt chỉ tiêu).")]
    cases: Cases

    @classmethod
    def of(cls, service: essential.ServiceShare, why: Counts) -> Self:
        known = service.known not in (Known.NO_CODE, Known.NO_NAME)
        return cls(
            number=service.number,
            name=service.name,
            decision=service.decision,
            lead_agency=service.lead_agency,
            procedure_codes=list(service.codes),
            known=service.known,
            verified=service.verified,
            offer=service.offer,
            now=Counted.of(service.amounts) if known else None,
            before=Counted.of(service.earlier) if known else None,
            change=service.change,
            target=TargetPath.of(service.standing),
            cases=dict(why),
        )


class Services(Answer):
    days: Days
    compared: Annotated[Days | None, Field(description="The period before; null where the days have no bound.")]
    groups: list[GroupWords]
    rows: Annotated[list[ServiceRow], Field(description="The lowest share first, those without one last.")]


class ServiceUnitRow(FormerUnit):
    unit: Annotated[str, Field(description=f"Key of the accepting unit ({KEY}); empty: none named.")]
    now: Counted
    before: Counted
    change: float | None
    target: TargetPath | None
    cases: Cases

    @classmethod
    def of(cls, row: essential.OfUnit, former: Mapping[str, str] = NONE) -> Self:
        return cls(
            unit=row.unit,
            **fields(row.unit, former),
            now=Counted.of(row.amounts),
            before=Counted.of(row.earlier),
            change=row.change,
            target=TargetPath.of(row.standing),
            cases=dict(row.why),
        )


class ServiceUnits(Answer):
    service: int
    days: Days
    compared: Days | None
    rows: Annotated[list[ServiceUnitRow], Field(description="The lowest share first.")]


class ServiceCase(BaseModel):
    """A case of a service."""

    model_config = ConfigDict(from_attributes=True)

    subject: Annotated[str, Field(description="The case's code.")]
    unit: str
    procedure: Annotated[str, Field(description="As the events gave it.")]
    channel: str
    accepted_at: datetime | None
    ended_at: datetime | None
    end_kind: str | None
    supplement_requests: int
    portal_status: int | None
    synced_at: datetime | None


class ServiceCases(Answer):
    service: int
    group: Group
    days: Days
    list_as_of: Annotated[datetime, Field(description="The moment of the first page.")]
    cases: list[ServiceCase]
    next_cursor: Annotated[str | None, Field(description="Of the next page; null on the last.")]


def _float(share: Fraction | None) -> float | None:
    return None if share is None else float(share)
