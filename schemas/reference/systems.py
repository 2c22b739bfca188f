"""What the systems of the data centre are called."""

from typing import Annotated

from pydantic import Field

from schemas.reference.rows import Code, Confidence, Dated, Name
from schemas.reference.spelling import spellings


class System(Dated):
    """A system of the data centre, as a wall's row calls it."""

    DERIVED = ("aliases",)

    code: Code
    name: Annotated[Name, Field(max_length=20)]
    confidence: Confidence
    note: str | None = None

    @property
    def aliases(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys([self.code, *spellings(self.name)]))
