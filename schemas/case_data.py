"""What the events of a case carry, without envelope and without persons (see ``schemas.cases``)."""

from datetime import UTC, date, datetime
from enum import IntEnum, StrEnum
from typing import Annotated, Self

from pydantic import AwareDatetime, Field, model_validator
from pydantic_core import PydanticCustomError

from schemas.envelope import Frozen, Key, Text

SIMULATED = "urn:ioc:simulated"
FIRST_DUE = datetime(2010, 1, 1, tzinfo=UTC)
LAST_DUE = datetime(2100, 1, 1, tzinfo=UTC)


class Channel(StrEnum):
    """How the case came in (kênh thực hiện; Nghị định 61/2018 Điều 16)."""

    ONLINE = "online"
    DIRECT = "direct"
    POST = "post"
    OTHER = "other"


class Status(IntEnum):
    """Trạng thái hồ sơ on the national portal."""

    REGISTERED = 1
    ACCEPTED = 2
    REFUSED = 3
    IN_PROCESS = 4
    SUPPLEMENT = 5
    PAYMENT = 6
    WITHDRAWN = 7
    STOPPED = 8
    FINISHED = 9
    RETURNED = 10


END_STATUSES = frozenset(
    (Status.REFUSED, Status.WITHDRAWN, Status.STOPPED, Status.FINISHED, Status.RETURNED)
)  # domain.md 4.1


class CaseData(Frozen):
    """What any event of a case may say besides its own data."""

    status: Annotated[Status | None, Field(description="National status code 1-10 after this event.")] = None
    status_raw: Annotated[Text | None, Field(description="The source's own word for it.")] = None


class UnitData(CaseData):
    unit: Annotated[Key | None, Field(description="Key of the unit (đơn vị) that did it.")] = None


class Due(Frozen):
    """A deadline, exact or only a day; a day means 24:00 of it in the province. At most one of the two."""

    due_at: Annotated[AwareDatetime | None, Field(ge=FIRST_DUE, le=LAST_DUE)] = None
    due_on: Annotated[date | None, Field(ge=FIRST_DUE.date(), le=LAST_DUE.date())] = None

    @model_validator(mode="after")
    def one_deadline(self) -> Self:
        if self.due_at is not None and self.due_on is not None:
            raise PydanticCustomError("one_deadline", "due_at and due_on exclude each other")
        return self


class DueData(UnitData, Due):
    """A deadline for what the unit does."""


class Submission(UnitData):
    channel: Channel | None = None
    procedure: Key | None = None


class Acceptance(DueData):
    """The acceptance (tiếp nhận) and the appointment to return (hẹn trả)."""

    unit: Annotated[Key, Field(description="Key of the unit that accepted it; the case is counted there.")]
    channel: Channel
    procedure: Annotated[Key | None, Field(description="Procedure code (mã TTHC).")] = None


class StepData(UnitData):
    """A piece of work by a unit (bước xử lý)."""

    name: Annotated[Text, Field(description="The step's name as the source writes it.")]
    begun_at: Annotated[
        AwareDatetime | None,
        Field(ge=FIRST_DUE, le=LAST_DUE, description="When it was begun, where the source says so; time is its end."),
    ] = None


class Refusal(UnitData):
    """The refusal of a case (từ chối; Nghị định 61/2018 Điều 17(1)b: in writing, with its reason)."""

    reason_given: Annotated[
        bool | None,
        Field(description="Whether the reason was given in writing; never the reason. Left out: not known."),
    ] = None


class Extension(DueData):
    """The new appointment (gia hạn; Nghị định 61/2018 Điều 19(9): at most once, with a letter of apology before)."""

    apology: Annotated[
        bool | None, Field(description="Whether a letter of apology (thư xin lỗi) was sent. Left out: not known.")
    ] = None
    apology_at: Annotated[AwareDatetime | None, Field(ge=FIRST_DUE, le=LAST_DUE, description="When it was.")] = None

    @model_validator(mode="after")
    def letter_was_sent(self) -> Self:
        if self.apology is False and self.apology_at is not None:
            raise PydanticCustomError("apology_not_sent", "a letter that was not sent has no moment")
        return self

    @model_validator(mode="after")
    def has_deadline(self) -> Self:
        if self.due_at is None and self.due_on is None:
            raise PydanticCustomError("deadline_missing", "due_at or due_on is required")
        return self


class Payment(UnitData):
    online: bool
    amount_vnd: Annotated[int | None, Field(ge=0, le=10**13)] = None


class Digitisation(UnitData):
    """What was digitised (số hóa) of the case's papers."""

    papers: Annotated[int, Field(ge=0, le=10_000)] = 0
    reused: Annotated[int, Field(ge=0, le=10_000)] = 0
    result: Annotated[bool, Field(description="The result was issued electronically.")] = False


class Rating(UnitData):
    score: Annotated[int, Field(ge=1, le=5)]
