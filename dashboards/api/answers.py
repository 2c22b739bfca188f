"""What the API answers. Every answer has ``as_of`` and, for each source, how old its last record is."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field

from dashboards import ratios
from dashboards.api.case_counts import Counts
from dashboards.api.former_units import KEY, NONE, FormerUnit, fields
from dashboards.periods import Period
from dashboards.readers import cases, figures
from dashboards.readers import sources as feeding
from schemas import history
from schemas.province import as_datetime

Seconds = Annotated[float, Field(ge=0, description="Seconds.")]


class Source(BaseModel):
    """One source on one topic. ``received_at`` is when its last record reached Kafka; before it there is no age."""

    source: str
    topic: str
    events: int
    duplicates: int
    rejected: int
    last_time: Annotated[datetime | None, Field(description="Greatest event time.")]
    received_at: datetime | None
    age_s: Seconds | None
    simulated: Annotated[bool, Field(description="Made up by a simulator.")]
    imported: Annotated[bool, Field(description="From files: it has no rhythm and cannot fall silent.")]

    @classmethod
    def of(cls, source: feeding.KnownSource, as_of: datetime) -> Self:
        age = source.age(as_of)
        return cls(
            source=source.source,
            topic=source.topic,
            events=source.events,
            duplicates=source.duplicates,
            rejected=source.rejected,
            last_time=source.last_time,
            received_at=source.received_at,
            age_s=None if age is None else round(age.total_seconds(), 1),
            simulated=source.simulated,
            imported=source.imported,
        )


class Hole(BaseModel):
    """Records ``[from_offset, to_offset)`` that Kafka no longer had when they were to be taken: figures lack them."""

    model_config = ConfigDict(from_attributes=True)

    topic: str
    partition: int
    from_offset: int
    to_offset: int
    found_at: datetime


class Stream(BaseModel):
    """How far the figures have come. ``(epoch, next)`` only ever grows: a greater pair is newer."""

    epoch: int
    next: Annotated[int, Field(description="Sum of the next offsets of all partitions.")]
    empty: Annotated[bool, Field(description="Nothing was ever taken: amounts of 0 mean nothing.")]
    records: int
    duplicates: int
    rejected: int
    old_rules: Annotated[int, Field(description="Cases that still stand under older rules.")]
    old_subjects: Annotated[int, Field(description="Subjects of other topics that do, or under names that changed.")]
    holes: list[Hole]


class Answer(BaseModel):
    """Common to all answers. All numbers are of one moment, ``as_of``."""

    as_of: datetime
    simulated: Annotated[bool, Field(description="Simulated data may be in it: not to be shown as official.")]
    stream: Stream
    sources: list[Source]

    @staticmethod
    def ground(as_of: datetime, stream: feeding.KnownStream) -> dict[str, Any]:
        """The fields that every answer has."""
        position = stream.position
        return {
            "as_of": as_of,
            "simulated": stream.simulated,
            "stream": Stream(
                epoch=position.epoch,
                next=position.next,
                empty=position.empty,
                records=position.records,
                duplicates=position.duplicates,
                rejected=position.rejected,
                old_rules=stream.old_rules,
                old_subjects=stream.old.subjects,
                holes=[Hole.model_validate(hole) for hole in stream.holes],
            ),
            "sources": [Source.of(source, as_of) for source in stream.sources],
        }


class Days(BaseModel):
    """Both included, in the province; ``null`` is no bound."""

    first: date | None
    last: date | None

    @classmethod
    def of(cls, period: Period) -> Self:
        return cls(first=period.first, last=period.last)


class FiguresRow(FormerUnit):
    key: Annotated[
        str,
        Field(description=f"Unit ({KEY}), channel, procedure or YYYY-MM-DD; empty in total, or none named."),
    ]
    cases: Counts
    on_time_rate: Annotated[float | None, Field(description="on_time / (on_time + late); null of nothing.")]
    overdue_rate: Annotated[float | None, Field(description="overdue / open; null of nothing.")]

    @classmethod
    def of(cls, row: figures.FigureRow, former: Mapping[str, str] = NONE) -> Self:
        return cls(
            key=row.key,
            **fields(row.key, former),
            cases=Counts(**row.counts),
            on_time_rate=ratios.on_time_rate(row.counts),
            overdue_rate=ratios.overdue_rate(row.counts),
        )


class Figures(Answer):
    """Flows are of ``days``; ``open`` and ``overdue`` of ``as_of`` whatever the days, by day on that of acceptance;
    null where the days are over."""

    by: figures.By
    days: Days
    rows: Annotated[list[FiguresRow], Field(description="In the order of their keys; only where there is something.")]


class Case(BaseModel):
    """``unit`` accepted it, ``last_unit`` saw it last. Too many events: only ``oversized``; voided: ``voided_at``."""

    code: str
    unit: str
    procedure: str
    channel: str
    submitted_at: datetime | None
    accepted_at: datetime | None
    due_at: datetime | None
    ended_at: datetime | None
    end_kind: str | None
    returned_at: datetime | None
    status: Annotated[int | None, Field(description="National status code, 1 to 10.")]
    status_raw: Annotated[str | None, Field(description="The source's own word for it.")]
    last_at: datetime | None
    last_unit: str
    voided_at: datetime | None
    oversized: bool
    simulated: bool
    portal_status: Annotated[int | None, Field(description="The national portal's: its own word or what it has taken.")]
    portal_code: Annotated[str | None, Field(description="The case's code there, if another.")]
    synced_at: Annotated[datetime | None, Field(description="Last message to the portal that was not refused.")]
    chain: Annotated[str | None, Field(description="Group of interlinked services: birth or death.")]
    chain_step: Annotated[str | None, Field(description="Its step that has waited longest; null when nothing waits.")]
    chain_agency: Annotated[str | None, Field(description="Where that step waits.")]
    chain_since: Annotated[datetime | None, Field(description="Since when it waits there.")]
    due_61: Annotated[datetime | None, Field(description="The deadline of Nghị định 61/2018; null: none runs.")]
    due_766: Annotated[datetime | None, Field(description="The deadline as Quyết định 766 is counted (second-hand).")]
    ended_766: Annotated[datetime | None, Field(description="The end as Quyết định 766 is counted.")]
    late_766: Annotated[bool | None, Field(description="Overdue by that counting; null: no end or no deadline.")]
    supplement_requests: Annotated[int, Field(description="Requests for supplements up to the end.")]
    office_us: Annotated[
        int, Field(description="Working time with the office in microseconds, to waits_since or the end.")
    ]
    citizen_us: Annotated[int, Field(description="The same, waiting for the citizen.")]
    agency_us: Annotated[int, Field(description="The same, waiting for another agency.")]
    payment_us: Annotated[int, Field(description="The same, waiting for a payment.")]
    waits_for: Annotated[str | None, Field(description="office, citizen, agency or payment; null: not open.")]
    waits_since: Annotated[datetime | None, Field(description="Since when it waits there.")]
    late_cause: Annotated[str | None, Field(description="Of one finished late: real (the office) or waiting.")]
    portal_learned_at: Annotated[datetime | None, Field(description="When the portal learned that it ended.")]
    open: Annotated[bool, Field(description="Accepted and not ended.")]
    overdue: Annotated[bool, Field(description="Open and past its deadline at `as_of`.")]

    @classmethod
    def fields_of(cls, case: cases.StoredCase, as_of: datetime) -> dict[str, Any]:
        columns = case._asdict()
        columns["code"] = columns.pop("subject")
        return {**columns, "open": case.open, "overdue": case.overdue(as_of)}

    @classmethod
    def of(cls, case: cases.StoredCase, as_of: datetime) -> Self:
        return cls(**cls.fields_of(case, as_of))


class ListedCase(Case):
    amount: Annotated[int, Field(description="How often it counts in the counter asked for.")]

    @classmethod
    def counted(cls, item: cases.CountedCase, as_of: datetime) -> Self:
        return cls(**cls.fields_of(item.case, as_of), amount=item.amount)


class Cases(Answer):
    list_as_of: Annotated[datetime, Field(description="Moment of the first page: overdue and period are of it.")]
    days: Annotated[Days | None, Field(description="Of the counter's events; null without a counter.")]
    cases: list[ListedCase]
    next_cursor: Annotated[str | None, Field(description="For the next page; null on the last.")]


class Named(BaseModel):
    source: str
    id: str


class Data(BaseModel):
    """What an event says; only the fields it has. ``replaces``, ``kind``, ``time`` and ``event`` are of corrections."""

    unit: str | None = None
    channel: str | None = None
    procedure: str | None = None
    name: str | None = None
    due_at: datetime | None = None
    status: int | None = None
    status_raw: str | None = None
    online: bool | None = None
    amount_vnd: int | None = None
    papers: int | None = None
    reused: int | None = None
    result: bool | None = None
    score: int | None = None
    message: str | None = None
    sent_status: int | None = None
    answer: str | None = None
    error: str | None = None
    hazards: tuple[str, ...] = ()
    portal_status: int | None = None
    portal_status_raw: str | None = None
    portal_code: str | None = None
    chain: str | None = None
    step: str | None = None
    agency: str | None = None
    state: str | None = None
    to: str | None = None
    database: str | None = None
    fields: int | None = None
    ok: bool | None = None
    reason_given: bool | None = None
    apology: bool | None = None
    apology_at: datetime | None = None
    begun_at: datetime | None = None
    replaces: Named | None = None
    kind: str | None = None
    time: datetime | None = None
    event: "Data | None" = None

    @classmethod
    def of(cls, data: history.EntryData) -> Self:
        said: dict[str, Any] = {}
        for name in history.EntryData.__struct_fields__:
            value = getattr(data, name)
            if value is None or value == ():
                continue
            match name:
                case "due":
                    said["due_at"] = as_datetime(value)
                case "time" | "apology_at" | "begun":
                    said["begun_at" if name == "begun" else name] = as_datetime(value)
                case "replaces":
                    said["replaces"] = Named(source=value[0], id=value[1])
                case "event":
                    said["event"] = cls.of(value)
                case _:
                    said[name] = value
        return cls(**said)


class Event(BaseModel):
    kind: str
    time: datetime
    source: str
    id: str
    data: Data

    @classmethod
    def of(cls, entry: history.Entry) -> Self:
        data = Data.of(entry.data)
        return cls(kind=entry.kind, time=as_datetime(entry.time), source=entry.source, id=entry.id, data=data)


class Health(BaseModel):
    status: str
