"""What a client may ask of the comparison with the national portal."""

from typing import Annotated

from pydantic import Field

from dashboards.api.parameters import CaseCursor, CasesAPage, Named, PeriodFields
from dashboards.views.gap.declared import Indicator
from dashboards.views.gap.reader import Cause


class GapQuery(PeriodFields):
    indicator: Annotated[
        Indicator,
        Field(description="What is compared: `received` by acceptance, the others by end.", examples=["on_time"]),
    ] = Indicator.RECEIVED
    unit: Annotated[Named | None, Field(description="Key of the accepting unit.", examples=["so-tu-phap"])] = None


class GapCasesQuery(GapQuery):
    cause: Annotated[Cause | None, Field(description="Only cases of this cause.", examples=["not_sent"])] = None
    limit: CasesAPage = 100
    cursor: CaseCursor = None
