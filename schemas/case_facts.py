"""The facts of a case, each kind with its data, and what corrects or voids one (see ``schemas.cases``)."""

from typing import Annotated, Literal

from pydantic import Field

from schemas.case_data import (
    Acceptance,
    CaseData,
    Digitisation,
    DueData,
    Extension,
    Payment,
    Rating,
    Refusal,
    StepData,
    Submission,
    UnitData,
)
from schemas.case_portal import ChainStep, DataUse, PortalStatus, Synchronisation
from schemas.envelope import Fact, Ref


class SubmittedFact(Fact):
    type: Literal["case.submitted.v1"] = "case.submitted.v1"
    data: Submission


class AcceptedFact(Fact):
    type: Literal["case.accepted.v1"] = "case.accepted.v1"
    data: Acceptance


class RefusedFact(Fact):
    type: Literal["case.refused.v1"] = "case.refused.v1"
    data: Refusal


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


class SyncedFact(Fact):
    type: Literal["case.synced.v1"] = "case.synced.v1"
    data: Synchronisation


class PortalStatusFact(Fact):
    type: Literal["case.portal_status.v1"] = "case.portal_status.v1"
    data: PortalStatus


class ChainStepFact(Fact):
    type: Literal["case.chain_step.v1"] = "case.chain_step.v1"
    data: ChainStep


class DataUsedFact(Fact):
    type: Literal["case.data_used.v1"] = "case.data_used.v1"
    data: DataUse


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
    | RatedFact
    | SyncedFact
    | PortalStatusFact
    | ChainStepFact
    | DataUsedFact,
    Field(discriminator="type"),
]


class Correction(CaseData):
    """``replaces`` was wrong; ``event`` is all that should have been said. May arrive before what it replaces."""

    replaces: Ref
    event: CaseFact


class Voiding(CaseData):
    """The named event never happened; without a name, the whole case never did."""

    replaces: Ref | None = None
