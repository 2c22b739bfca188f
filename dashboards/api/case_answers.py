"""What the API answers about one case."""

from datetime import date, datetime
from typing import Annotated, Self

from pydantic import BaseModel, Field

from dashboards import deadline_reasons
from dashboards.api.answers import Answer, Case, Event
from dashboards.readers.cases import ToldCase


class DeadlineMove(BaseModel):
    """What moved a deadline: accepted, limit (the procedure's maximum time), asked (the citizen has it), complete,
    appointed (a new appointment with the supplement), extended, extended_again (once too often), extended_late (after
    expiry), ended_asked (ended while the citizen had the file). Both deadlines are those that stood then."""

    why: str
    at: datetime
    due_61: Annotated[datetime | None, Field(description="null: none runs.")]
    due_766: datetime | None


class CaseBreach(BaseModel):
    counter: str
    label: str
    article: str
    day: date
    amount: int


class Judgement(BaseModel):
    """Both deadlines with the sentences why, in Vietnamese, and what was not done as the law says."""

    due_61: Annotated[datetime | None, Field(description="Nghị định 61/2018; null: none runs, or there is none.")]
    why_61: str
    due_766: Annotated[datetime | None, Field(description="As Quyết định 766 is counted (second-hand).")]
    why_766: str
    moves: list[DeadlineMove]
    breaches: list[CaseBreach]
    readings: Annotated[
        list[str], Field(description="Readings of the law that, taken the other way, would judge it otherwise.")
    ]

    @classmethod
    def of(cls, told: ToldCase) -> Self:
        return cls(
            due_61=told.case.due_61,
            why_61=deadline_reasons.of_61(told.moves),
            due_766=told.case.due_766,
            why_766=deadline_reasons.of_766(told.moves),
            moves=[DeadlineMove(why=m.why, at=m.at, due_61=m.due_61, due_766=m.due_766) for m in told.moves],
            breaches=[
                CaseBreach(counter=b.counter, label=b.label, article=b.article, day=b.day, amount=b.amount)
                for b in told.breaches
            ],
            readings=list(told.readings),
        )


class OneCase(Answer):
    case: Case
    judgement: Judgement
    history: Annotated[list[Event], Field(description="All events that are held, in order; none of an oversized case.")]
