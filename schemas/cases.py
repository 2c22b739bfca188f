"""``ioc.cases``: what happens to a case (hồ sơ) between its submission and the return of its result.

The national status codes are those of the national portal (domain.md 4.1); the raw status of the source is kept beside
them. No event has a field for a person: no name, no address, no identity number.
"""

from datetime import UTC, date, datetime
from enum import IntEnum, StrEnum
from typing import Annotated, Literal, Self

from pydantic import AwareDatetime, Field, TypeAdapter, model_validator
from pydantic_core import PydanticCustomError

from schemas.case_code import CaseCode
from schemas.envelope import Event, Fact, Frozen, Key, Ref, Text

SIMULATED = "urn:ioc:simulated"
_FIRST_DUE = datetime(2010, 1, 1, tzinfo=UTC)
_LAST_DUE = datetime(2100, 1, 1, tzinfo=UTC)


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


class CaseData(Frozen):
    """What any event of a case may say besides its own data."""

    status: Annotated[Status | None, Field(description="National status code 1-10 after this event.")] = None
    status_raw: Annotated[Text | None, Field(description="The source's own word for it.")] = None


class UnitData(CaseData):
    unit: Annotated[Key | None, Field(description="Key of the unit (đơn vị) that did it.")] = None


class DueData(UnitData):
    """A deadline, exact or only a day; a day means 24:00 of it in the province. At most one of the two."""

    due_at: Annotated[AwareDatetime | None, Field(ge=_FIRST_DUE, le=_LAST_DUE)] = None
    due_on: Annotated[date | None, Field(ge=_FIRST_DUE.date(), le=_LAST_DUE.date())] = None

    @model_validator(mode="after")
    def one_deadline(self) -> Self:
        if self.due_at is not None and self.due_on is not None:
            raise PydanticCustomError("one_deadline", "due_at and due_on exclude each other")
        return self


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


class Extension(DueData):
    """The new appointment (gia hạn; Nghị định 61/2018 Điều 19(9): at most once)."""

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


class SubmittedFact(Fact):
    type: Literal["case.submitted.v1"] = "case.submitted.v1"
    data: Submission


class AcceptedFact(Fact):
    type: Literal["case.accepted.v1"] = "case.accepted.v1"
    data: Acceptance


class RefusedFact(Fact):
    type: Literal["case.refused.v1"] = "case.refused.v1"
    data: UnitData


class StepFact(Fact):
    type: Literal["case.step.v1"] = "case.step.v1"
    data: StepData


class SupplementRequestedFact(Fact):
    type: Literal["case.supplement_requested.v1"] = "case.supplement_requested.v1"
    data: UnitData


class SupplementReceivedFact(Fact):
    type: Literal["case.supplement_received.v1"] = "case.supplement_received.v1"
    data: DueData


class ExtendedFact(Fact):
    type: Literal["case.extended.v1"] = "case.extended.v1"
    data: Extension


class SuspendedFact(Fact):
    type: Literal["case.suspended.v1"] = "case.suspended.v1"
    data: UnitData


class ResumedFact(Fact):
    type: Literal["case.resumed.v1"] = "case.resumed.v1"
    data: DueData


class StoppedFact(Fact):
    type: Literal["case.stopped.v1"] = "case.stopped.v1"
    data: UnitData


class FinishedFact(Fact):
    type: Literal["case.finished.v1"] = "case.finished.v1"
    data: UnitData


class ReturnedFact(Fact):
    type: Literal["case.returned.v1"] = "case.returned.v1"
    data: UnitData


class WithdrawnFact(Fact):
    type: Literal["case.withdrawn.v1"] = "case.withdrawn.v1"
    data: UnitData


class PaidFact(Fact):
    type: Literal["case.paid.v1"] = "case.paid.v1"
    data: Payment


class DigitisedFact(Fact):
    type: Literal["case.digitised.v1"] = "case.digitised.v1"
    data: Digitisation


class RatedFact(Fact):
    type: Literal["case.rated.v1"] = "case.rated.v1"
    data: Rating


CaseFact = Annotated[
    SubmittedFact
    | AcceptedFact
    | RefusedFact
    | StepFact
    | SupplementRequestedFact
    | SupplementReceivedFact
    | ExtendedFact
    | SuspendedFact
    | ResumedFact
    | StoppedFact
    | FinishedFact
    | ReturnedFact
    | WithdrawnFact
    | PaidFact
    | DigitisedFact
    | RatedFact,
    Field(discriminator="type"),
]


class Correction(CaseData):
    """``replaces`` was wrong; ``event`` is all that should have been said. May arrive before what it replaces."""

    replaces: Ref
    event: CaseFact


class Voiding(CaseData):
    """The named event never happened; without a name, the whole case never did."""

    replaces: Ref | None = None


class CaseEventBase(Event):
    subject: CaseCode


class CaseSubmitted(SubmittedFact, CaseEventBase): ...


class CaseAccepted(AcceptedFact, CaseEventBase): ...


class CaseRefused(RefusedFact, CaseEventBase): ...


class CaseStep(StepFact, CaseEventBase): ...


class CaseSupplementRequested(SupplementRequestedFact, CaseEventBase): ...


class CaseSupplementReceived(SupplementReceivedFact, CaseEventBase): ...


class CaseExtended(ExtendedFact, CaseEventBase): ...


class CaseSuspended(SuspendedFact, CaseEventBase): ...


class CaseResumed(ResumedFact, CaseEventBase): ...


class CaseStopped(StoppedFact, CaseEventBase): ...


class CaseFinished(FinishedFact, CaseEventBase): ...


class CaseReturned(ReturnedFact, CaseEventBase): ...


class CaseWithdrawn(WithdrawnFact, CaseEventBase): ...


class CasePaid(PaidFact, CaseEventBase): ...


class CaseDigitised(DigitisedFact, CaseEventBase): ...


class CaseRated(RatedFact, CaseEventBase): ...


class CaseCorrected(CaseEventBase):
    type: Literal["case.corrected.v1"] = "case.corrected.v1"
    data: Correction


class CaseVoided(CaseEventBase):
    type: Literal["case.voided.v1"] = "case.voided.v1"
    data: Voiding


CaseEvent = Annotated[
    CaseSubmitted
    | CaseAccepted
    | CaseRefused
    | CaseStep
    | CaseSupplementRequested
    | CaseSupplementReceived
    | CaseExtended
    | CaseSuspended
    | CaseResumed
    | CaseStopped
    | CaseFinished
    | CaseReturned
    | CaseWithdrawn
    | CasePaid
    | CaseDigitised
    | CaseRated
    | CaseCorrected
    | CaseVoided,
    Field(discriminator="type"),
]

CASE_EVENT: TypeAdapter[CaseEvent] = TypeAdapter(CaseEvent)
