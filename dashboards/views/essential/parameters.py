"""What a client may ask of the essential services."""

from typing import Annotated

from pydantic import Field

from dashboards.api.parameters import CaseCursor, CasesAPage, Named, PeriodFields
from dashboards.views.essential.declared import Group

ServiceNumber = Annotated[int, Field(ge=1, le=9999, description="Number of the service in the list.", examples=[18])]


class ServicesQuery(PeriodFields):
    unit: Annotated[
        Named | None, Field(description="Only cases that this unit accepted.", examples=["so-giao-thong-van-tai"])
    ] = None


class ServiceUnitsQuery(ServicesQuery):
    service: ServiceNumber


class ServiceCasesQuery(ServicesQuery):
    service: ServiceNumber
    group: Annotated[
        Group, Field(description="Only cases that count so; `groups` of the services says what.", examples=["not_used"])
    ] = Group.RECEIVED
    limit: CasesAPage = 100
    cursor: CaseCursor = None
