"""What the data API says of directives, and takes as an answer."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from dashboards.api.answers import Answer
from dashboards.api.examples import AS_OF, GROUND
from dashboards.api.parameters import Named
from dashboards.directives.reader import StoredDirective
from dashboards.readers.subjects import SubjectFact
from schemas.actions import LONGEST


class DirectivesQuery(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    unit: Annotated[Named | None, Field(description="The unit that answers for it.", examples=["so-tu-phap"])] = None
    standing: Annotated[
        str | None,
        Field(
            description="issued, accepted, asking, cannot, done, verified or closed.", max_length=20, examples=["done"]
        ),
    ] = None


class ListedDirective(BaseModel):
    """``revision``: what an answer that moves it says in ``after``. ``aim``: the number it is to move, with what it was
    when ordered (of a share, part and whole)."""

    directive: str
    unit: str
    sentence: str
    standing: str
    revision: int
    issued_at: datetime
    due_at: datetime
    overdue: bool
    asked_until: datetime | None
    ended_at: datetime | None
    by_name: str
    percent: int
    aim: str | None
    aim_value: int | None
    aim_whole: int | None

    @classmethod
    def of(cls, one: StoredDirective, as_of: datetime) -> "ListedDirective":
        return cls(
            directive=one.subject,
            unit=one.unit,
            sentence=one.sentence,
            standing=one.standing,
            revision=one.revision,
            issued_at=one.issued_at,
            due_at=one.due_at,
            overdue=one.overdue(as_of),
            asked_until=one.asked_until,
            ended_at=one.ended_at,
            by_name=one.by_name,
            percent=one.detail.get("percent") or 0,
            aim=one.aim or None,
            aim_value=one.detail.get("aim_value"),
            aim_whole=one.detail.get("aim_whole"),
        )


class DirectiveFactTold(BaseModel):
    kind: str
    time: datetime
    by_name: str
    sentence: str | None
    evidence: str | None
    counted: Annotated[bool, Field(description="False where somebody else's came first.")]

    @classmethod
    def of(cls, fact: SubjectFact, lost: set[str]) -> "DirectiveFactTold":
        said: dict[str, Any] = fact.data
        return cls(
            kind=fact.kind,
            time=fact.time,
            by_name=str(said.get("by_name", "")),
            sentence=said.get("sentence"),
            evidence=said.get("evidence"),
            counted=fact.id not in lost,
        )


class Directives(Answer):
    directives: list[ListedDirective]


class OneDirective(Answer):
    directive: ListedDirective
    history: list[DirectiveFactTold]


class AnswerAsked(BaseModel):
    """``after`` is the directive's ``revision`` as it was read; ``progressed`` needs none, since it moves nothing."""

    model_config = ConfigDict(extra="forbid")

    kind: Annotated[str, Field(description="accepted, progressed, asked, done, cannot", max_length=20)]
    after: Annotated[int | None, Field(ge=1, le=2_000)] = None
    sentence: Annotated[str | None, Field(max_length=LONGEST)] = None
    evidence: Annotated[str | None, Field(max_length=LONGEST)] = None
    percent: Annotated[int | None, Field(ge=0, le=100)] = None
    due_at: AwareDatetime | None = None


class AnswerTaken(BaseModel):
    """It is on its way: `GET` shows it once the stream has taken it, which is a second at most."""

    directive: str
    again: Annotated[bool, Field(description="The same answer, of the same key, had been taken before.")]


_ONE = ListedDirective(
    directive="cd-kqxwmzrt/so-tu-phap",
    unit="so-tu-phap",
    sentence="Đơn vị xử lý xong 62 hồ sơ quá hạn trước 17:00 ngày 25/11/2026.",
    standing="accepted",
    revision=2,
    issued_at=AS_OF,
    due_at=AS_OF,
    overdue=False,
    asked_until=None,
    ended_at=None,
    by_name="Lãnh đạo tỉnh",
    percent=40,
    aim="overdue",
    aim_value=62,
    aim_whole=None,
)
_FACT = DirectiveFactTold(
    kind="accepted", time=AS_OF, by_name="Cán bộ đơn vị", sentence=None, evidence=None, counted=True
)
GOOD: dict[str, BaseModel] = {
    "/api/v1/directives": Directives(**GROUND, directives=[_ONE]),
    "/api/v1/directives/{directive}": OneDirective(**GROUND, directive=_ONE, history=[_FACT]),
}
