"""What a client may ask of the comparison with the national portal."""

from typing import Annotated

from pydantic import Field

from dashboards.api.parameters import Named, PeriodFields
from dashboards.readers.portal_gap import Cause, Indicator


class GapQuery(PeriodFields):
    indicator: Annotated[
        Indicator,
        Field(description="What is compared: `received` by acceptance, the others by end.", examples=["on_time"]),
    ] = Indicator.RECEIVED
    unit: Annotated[Named | None, Field(description="Key of the accepting unit.", examples=["so-tu-phap"])] = None


class GapCasesQuery(GapQuery):
    cause: Annotated[Cause | None, Field(description="Only cases of this cause.", examples=["not_sent"])] = None
    limit: Annotated[int, Field(ge=1, le=1000, description="Cases a page.", examples=[100])] = 100
    cursor: Annotated[
        str | None,
        Field(
            max_length=600,
            pattern=r"^[A-Za-z0-9_-]+$",
            description="`next_cursor` of the page before; all else as it was, `limit` may change.",
            examples=["WzEsIjIwMjYtMTEtMjRUMDc6MDA6MDArMDA6MDAiXQ"],
        ),
    ] = None
