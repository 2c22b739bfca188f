"""What a client may ask of the forecasts."""

from typing import Annotated

from pydantic import Field

from dashboards.api.parameters import CaseCursor, CasesAPage, Named, PeriodFields
from dashboards.views.forecast.reader import ListName


class ForecastQuery(PeriodFields):
    """Days are those of the deadline."""

    unit: Annotated[Named | None, Field(description="Key of the accepting unit.", examples=["so-tu-phap"])] = None


class ForecastCasesQuery(ForecastQuery):
    which: Annotated[
        ListName,
        Field(
            description="`due_tomorrow`: by the end of the next working day; `at_risk`: named this morning.",
            examples=["at_risk"],
        ),
    ] = ListName.AT_RISK
    limit: CasesAPage = 100
    cursor: CaseCursor = None
