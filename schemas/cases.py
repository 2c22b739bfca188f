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
    Refusal,
    Status,
    StepData,
    Submission,
    UnitData,
)
from schemas.case_facts import (
    AcceptedFact,
    CaseFact,
    ChainStepFact,
    Correction,
    DataUsedFact,
    DigitisedFact,
    ExtendedFact,
    FinishedFact,
    PaidFact,
    PortalStatusFact,
    RatedFact,
    RefusedFact,
    ResumedFact,
    ReturnedFact,
    StepFact,
    StoppedFact,
    SubmittedFact,
    SupplementReceivedFact,
    SupplementRequestedFact,
    SuspendedFact,
    SyncedFact,
    Voiding,
    WithdrawnFact,
)
from schemas.envelope import Event


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


class CaseSynced(SyncedFact, CaseEventBase): ...


class CasePortalStatus(PortalStatusFact, CaseEventBase): ...


class CaseChainStep(ChainStepFact, CaseEventBase): ...


class CaseDataUsed(DataUsedFact, CaseEventBase): ...


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
    | CaseSynced
    | CasePortalStatus
    | CaseChainStep
    | CaseDataUsed
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
    "CaseChainStep",
    "CaseCorrected",
    "CaseData",
    "CaseDataUsed",
    "CaseDigitised",
    "CaseEvent",
    "CaseEventBase",
    "CaseExtended",
    "CaseFact",
    "CaseFinished",
    "CasePaid",
    "CasePortalStatus",
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
    "CaseSynced",
    "CaseVoided",
    "CaseWithdrawn",
    "ChainStepFact",
    "Channel",
    "Correction",
    "DataUsedFact",
    "Digitisation",
    "DigitisedFact",
    "DueData",
    "ExtendedFact",
    "Extension",
    "FinishedFact",
    "PaidFact",
    "Payment",
    "PortalStatusFact",
    "RatedFact",
    "Rating",
    "Refusal",
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
    "SyncedFact",
    "UnitData",
    "Voiding",
    "WithdrawnFact",
]
