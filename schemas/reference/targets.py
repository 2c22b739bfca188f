"""Targets of the online share: what is to be reached by which day, from where."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from schemas.reference.rows import Code, Confidence, Dated, Name

EVERY_SERVICE = 0  # the number of a target that holds for each service without one of its own
PerCent = Annotated[Decimal, Field(ge=0, le=100, decimal_places=2)]


class Target(Dated):
    """The online share (tỷ lệ nộp trực tuyến) that a service is to reach by ``due``, on a straight path from ``start``
    on ``valid_from``. In per cent. Without ``start`` the path begins at the share measured in the twelve months before.
    ``unit``: this unit's own target; without one it holds for the whole service and for each unit without its own."""

    number: int = Field(ge=EVERY_SERVICE)
    unit: Code | None = None
    start: PerCent | None = None
    target: Annotated[PerCent, Field(gt=0)]
    due: date
    source: Name
    confidence: Confidence
    note: str | None = None

    @field_validator("due")
    @classmethod
    def _due_after_it_begins(cls, due: date, info: ValidationInfo) -> date:
        if "valid_from" in info.data and due <= info.data["valid_from"]:
            raise PydanticCustomError("due_before_it_begins", "due must be after valid_from")
        return due
