"""What is said of a case beside its own life: its way to the national portal, its chain, the databases it used.

None of these moves the case itself: no status, deadline or place of it is taken from them, so that the province's own
figure and the national portal's stand side by side.
"""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from schemas.case_code import CaseCode
from schemas.case_data import Due, Status
from schemas.envelope import Frozen, Key, Text


class SyncMessage(StrEnum):
    """Services of the national portal that take cases (domain.md 4.3)."""

    CASE = "DongBoHoSoMC"
    PROGRESS = "CapNhatTienDoHoSoMC"


class Answer(StrEnum):
    TAKEN = "taken"
    REFUSED = "refused"


class Hazard(StrEnum):
    """What was seen in a real provincial sync and makes its figures wrong (domain.md 4.3)."""

    STATUS_REWRITTEN = "status_rewritten"  # 5, 6 or 8 sent as 9
    CODE_INVENTED = "code_invented"  # a code without the province's prefix, or one made up for the sync
    DUMMY_IDENTITY = "dummy_identity"  # 000000001 for a person
    ATTACHMENT_REPEATED = "attachment_repeated"  # the first attachment sent again as the result
    STATUS_MISSING = "status_missing"  # a process row without a status


class Chain(StrEnum):
    """The two groups of interlinked services (dịch vụ công liên thông; domain.md 3)."""

    BIRTH = "birth"  # khai sinh, thường trú, thẻ BHYT
    DEATH = "death"  # khai tử, xóa thường trú, mai táng phí


class Handover(StrEnum):
    """How a step of a chain stands. *done* and *returned* close it; a failed one waits at its agency."""

    SENT = "sent"
    RECEIVED = "received"
    DONE = "done"
    RETURNED = "returned"
    FAILED = "failed"


class Beside(Frozen):
    unit: Annotated[Key | None, Field(description="Key of the unit (đơn vị) that did or sent it.")] = None


class Synchronisation(Beside):
    """One message to the national portal and what came of it."""

    message: SyncMessage
    sent_status: Annotated[Status | None, Field(description="National status code that was sent.")] = None
    portal_code: Annotated[CaseCode | None, Field(description="The case's code there, if another.")] = None
    answer: Annotated[Answer | None, Field(description="Left out where it is not known.")] = None
    error: Annotated[Key | None, Field(description="The portal's error code; only of a refused one.")] = None
    hazards: Annotated[tuple[Hazard, ...], Field(max_length=10, strict=False)] = ()

    @model_validator(mode="after")
    def error_of_a_refusal(self) -> Self:
        if self.error is not None and self.answer is not Answer.REFUSED:
            raise PydanticCustomError("error_without_refusal", "only a refused message has an error")
        return self


class PortalStatus(Beside, Due):
    """The national portal's own word of a case; the event's time is the portal's moment, its deadline the portal's."""

    portal_status: Status
    portal_status_raw: Annotated[Text | None, Field(description="The portal's own word for it.")] = None
    portal_code: Annotated[CaseCode | None, Field(description="The case's code there, if another.")] = None


class ChainStep(Beside):
    """One step of the chain that the case belongs to changes hands. Steps of a chain may run beside each other."""

    chain: Chain
    step: Annotated[Key, Field(description="Key of the step: khai-sinh, thuong-tru, the-bhyt, …")]
    agency: Annotated[Key, Field(description="Key of the agency that has it.")]
    state: Handover
    to: Annotated[Key | None, Field(description="The agency it goes to.")] = None


class DataUse(Beside):
    """The case used one of the national databases instead of asking for a paper."""

    database: Annotated[Key, Field(description="The database's key (MaCSDL).")]
    fields: Annotated[int | None, Field(ge=0, le=10_000, description="How many fields were taken.")] = None
    ok: Annotated[bool, Field(description="It answered with what was asked for.")]
