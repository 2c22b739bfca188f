"""What the API answers about the topics besides cases, and about the sources."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field

from dashboards.api.answers import Answer, Days
from dashboards.api.former_units import KEY, NONE, FormerUnit, fields
from dashboards.api.subject_answers import ListedSubject as ListedSubject
from dashboards.api.subject_answers import Subject as Subject
from dashboards.readers import domains
from schemas.counter_kinds import Counter, DueLook, Kind
from schemas.losses import SourceLoss


class CounterWords(BaseModel):
    """What a counter is. ``flow`` adds up over the days asked for; ``level`` is the last measured of each unit and part
    up to the last day, where its unit has not ended since; ``now`` is of ``as_of``."""

    name: str
    label: Annotated[str, Field(description="As the screens write it.")]
    meaning: str
    kind: Kind
    noun: str
    standings: Annotated[list[str], Field(description="Of a `now` counter: the standings that count.")]
    due: DueLook | None

    @classmethod
    def of(cls, counter: Counter) -> Self:
        return cls(
            name=counter.name,
            label=counter.label,
            meaning=counter.meaning,
            kind=counter.kind,
            noun=str(counter.noun),
            standings=list(counter.standings),
            due=counter.due,
        )


class TopicRow(FormerUnit):
    key: Annotated[str, Field(description=f"Unit ({KEY}), part or YYYY-MM-DD; empty in total, or none named.")]
    counts: Annotated[
        dict[str, int | None],
        Field(
            description="Every counter of the topic; null where a sum over parts would mean nothing, of this moment"
            " where the days are over or the unit is a former one, and where no level of the unit stands."
        ),
    ]

    @classmethod
    def of(cls, row: domains.DomainRow, former: Mapping[str, str] = NONE) -> Self:
        return cls(key=row.key, counts=row.counts, **fields(row.key, former))


class TopicFigures(Answer):
    """Flows are of ``days``, levels of their last day; the rest is of ``as_of`` whatever the days, by day it stands on
    the day of opening, and null where the days are over."""

    domain: str
    label: str
    part: Annotated[str, Field(description="What `part` is in this topic; empty where it has none.")]
    by: domains.DomainBy
    days: Days
    counters: list[CounterWords]
    rows: Annotated[list[TopicRow], Field(description="In the order of their keys; only where there is something.")]


class Subjects(Answer):
    domain: str
    list_as_of: Annotated[datetime, Field(description="Moment of the first page: `now` counters and period are of it.")]
    days: Annotated[Days | None, Field(description="Of the counter; null without one.")]
    subjects: list[ListedSubject]
    next_cursor: Annotated[str | None, Field(description="For the next page; null on the last.")]


class SubjectEvent(BaseModel):
    """``data`` as the event's contract writes it, without what it leaves out. A correction's has ``replaces`` (source
    and id), ``kind``, ``time`` (microseconds) and ``event``."""

    model_config = ConfigDict(from_attributes=True)

    kind: str
    time: datetime
    source: str
    id: str
    data: dict[str, Any]


class OneSubject(Answer):
    domain: str
    subject: Subject
    history: Annotated[list[SubjectEvent], Field(description="All events that are held, in order; none if oversized.")]


class Loss(BaseModel):
    """One day and unit of one source on one topic where what is held is not what the source says that it has sent."""

    model_config = ConfigDict(from_attributes=True)

    source: str
    topic: Annotated[str, Field(description="The contract's name: cases, tasks, …")]
    day: date
    unit: str
    sent: int
    held: int
    missing: Annotated[int, Field(description="How many are not held, as far as it is known.")]
    ids: Annotated[list[str], Field(description="Of these, where the source has named them.")]

    @classmethod
    def of(cls, loss: SourceLoss) -> Self:
        return cls.model_validate(loss)


class Sources(Answer):
    """``sources`` has each source's age and counts; ``losses`` what was lost before Kafka."""

    days: Annotated[Days, Field(description="Of the events' own time, over which losses were looked for.")]
    losses: Annotated[list[Loss], Field(description="Only what differs.")]
