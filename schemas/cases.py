"""``ioc.cases``: what happens to a case (hồ sơ) between its submission and the return of its result.

The national status codes are those of the national portal (domain.md 4.1); the raw status of the source is kept beside
them. No event has a field for a person: no name, no address, no identity number.
"""

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from schemas.case_code import CaseCode
from schemas.case_data import (
    SIMULATED,
    Acceptance,
    CaseData,
    Channel,
    Digitisation,
    DueData,
    Extension,
    Payment,
    Rating,
    Status,
    StepData,
    Submission,
    UnitData,
)
from schemas.envelope import Event, Fact, Ref


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

__all__ = [  # with what others take from here of schemas.case_data
    "CASE_EVENT",
    "SIMULATED",
    "Acceptance",
    "AcceptedFact",
    "CaseAccepted",
    "CaseCorrected",
    "CaseData",
    "CaseDigitised",
    "CaseEvent",
    "CaseEventBase",
    "CaseExtended",
    "CaseFact",
    "CaseFinished",
    "CasePaid",
    "CaseRated",
    "CaseRefused",
    "CaseResumed",
    "CaseReturned",
    "CaseStep",
    "CaseStopped",
    "CaseSubmitted",
    "CaseSupplementReceived",
    "CaseSupplementRequested",
    "CaseSuspended",
    "CaseVoided",
    "CaseWithdrawn",
    "Channel",
    "Correction",
    "Digitisation",
    "DigitisedFact",
    "DueData",
    "ExtendedFact",
    "Extension",
    "FinishedFact",
    "PaidFact",
    "Payment",
    "RatedFact",
    "Rating",
    "RefusedFact",
    "ResumedFact",
    "ReturnedFact",
    "Status",
    "StepData",
    "StepFact",
    "StoppedFact",
    "Submission",
    "SubmittedFact",
    "SupplementReceivedFact",
    "SupplementRequestedFact",
    "SuspendedFact",
    "UnitData",
    "Voiding",
    "WithdrawnFact",
]
