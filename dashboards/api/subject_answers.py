"""A subject of a topic, as the API answers it in every list."""

from datetime import datetime
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field

from dashboards.readers import subjects


class Subject(BaseModel):
    """What a subject has come to. One of too many events has only ``oversized``, a voided one only ``voided_at``."""

    model_config = ConfigDict(from_attributes=True)

    subject: str
    unit: str
    part: str
    standing: Annotated[str, Field(description="A word of the topic, by which its `now` counters count.")]
    title: str | None
    opened_at: datetime | None
    due_at: datetime | None
    ended_at: datetime | None
    last_at: datetime | None
    voided_at: datetime | None
    oversized: bool
    simulated: bool
    detail: Annotated[dict[str, Any], Field(description="What the topic says of it besides.")]


class ListedSubject(Subject):
    amount: Annotated[int, Field(description="How much it adds to the counter asked for.")]

    @classmethod
    def counted(cls, item: subjects.CountedSubject) -> Self:
        return cls(**Subject.model_validate(item.subject).model_dump(), amount=item.amount)
