"""What a client may ask of the process of a procedure and of the interlinked chains."""

from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from dashboards.api.parameters import CaseCursor, CasesAPage, Named, PeriodFields, StepName
from dashboards.periods import Period
from dashboards.views.process import chains_reader as chains
from dashboards.views.process import reader as process
from schemas.case_portal import Chain

Unit = Annotated[Named | None, Field(description="Key of the accepting unit.", examples=["so-tu-phap"])]


class ProcessQuery(PeriodFields):
    procedure: Annotated[Named, Field(description="Procedure code; empty: none named.", examples=["1.001612"])]
    unit: Unit = None

    def asked(self, period: Period) -> process.ProcessQuestion:
        return process.ProcessQuestion(self.procedure, period, self.unit)


class ProcessCasesQuery(ProcessQuery):
    part: Annotated[
        process.ProcessPart,
        Field(
            description="What the cases did: `ended` in the period, and of these `passed` or repeated (`again`) a step,"
            " `looped` (turned back), went one `variant`; or `queue`: open now, whatever the period.",
            examples=["queue"],
        ),
    ] = process.ProcessPart.ENDED
    step: Annotated[
        StepName | None,
        Field(
            description="Of `passed` and `again` (required) and `queue`: the step as the answer names it; empty: the"
            " acceptance.",
            examples=["Thẩm định hồ sơ"],
        ),
    ] = None
    reason: Annotated[
        process.Reason | None, Field(description="Of `looped`: why it first turned back.", examples=["supplement"])
    ] = None
    variant: Annotated[
        str | None,
        Field(
            pattern=r"^[0-9a-f]{16}$", description="Of `variant` (required): its `id`.", examples=["0f3c9b5e7a21d84c"]
        ),
    ] = None
    limit: CasesAPage = 100
    cursor: CaseCursor = None

    @model_validator(mode="after")
    def what_its_part_has(self) -> Self:
        part, parts = self.part, process.ProcessPart
        if (part in (parts.PASSED, parts.AGAIN) and not self.step) or (part is parts.VARIANT and not self.variant):
            raise PydanticCustomError("needs", "needs", {"expected": "the step or variant that the part is about"})
        stray = (
            (self.step is not None and part not in (parts.PASSED, parts.AGAIN, parts.QUEUE))
            or (self.reason is not None and part is not parts.LOOPED)
            or (self.variant is not None and part is not parts.VARIANT)
        )
        if stray:
            raise PydanticCustomError("exclusive", "either", {"expected": "nothing that the part does not have"})
        return self

    def asked(self, period: Period) -> process.ProcessQuestion:
        return process.ProcessQuestion(
            self.procedure, period, self.unit, self.part, self.step, self.reason, self.variant
        )


class ChainsQuery(PeriodFields):
    chain: Annotated[
        Chain | None, Field(description="The group: birth (khai sinh) or death (khai tử).", examples=["birth"])
    ] = None
    unit: Unit = None

    def asked(self, period: Period) -> chains.ChainsQuestion:
        return chains.ChainsQuestion(period, self.chain, self.unit)


class ChainsCasesQuery(ChainsQuery):
    part: Annotated[
        chains.ChainPart,
        Field(
            description="`waiting` now, of these those `not_received`; or `through`, which left it in the period.",
            examples=["waiting"],
        ),
    ] = chains.ChainPart.WAITING
    step: Annotated[Named | None, Field(description="Key of the step.", examples=["thuong-tru"])] = None
    agency: Annotated[Named | None, Field(description="Key of the agency that has it.", examples=["cong-an-tinh"])] = (
        None
    )
    limit: CasesAPage = 100
    cursor: CaseCursor = None

    def asked(self, period: Period) -> chains.ChainsQuestion:
        return chains.ChainsQuestion(period, self.chain, self.unit, self.part, self.step, self.agency)
