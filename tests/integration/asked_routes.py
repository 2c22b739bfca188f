"""Good questions of each route of the data API, for tests that walk all of them."""

from collections.abc import Iterator

import pytest

from dashboards.periods import PeriodName, named
from dashboards.readers.database import Database
from dashboards.readers.openings import open_number
from infra.endpoints import DatabaseUrls
from tests.integration.sample_province import NOW

DAYS = "from=2024-01-01&to=2024-12-31"


async def opened(database: DatabaseUrls) -> str:
    """The id of a number that was opened: all cases accepted in the year."""
    async with Database(database.api, name="test", clock=lambda: NOW) as api, api.writing() as (conn, as_of):
        period = named(PeriodName.YEAR, as_of)
        return (await open_number(conn, as_of, "accepted", period)).id


def asks(route: str) -> Iterator[str]:
    """Of a route that asks for cases; ``{case}``, ``{task}`` and ``{opening}`` stand for one that is there."""
    match route:
        case "/api/v1/cases":
            yield f"/api/v1/cases?counter=accepted&{DAYS}&limit=5"
        case "/api/v1/cases/{code:path}":
            yield "/api/v1/cases/{case}"
        case "/api/v1/topics/{domain}/subjects":
            yield "/api/v1/topics/task/subjects"
            yield "/api/v1/topics/lookup/subjects"
        case "/api/v1/topics/{domain}/subjects/{subject:path}":
            yield "/api/v1/topics/task/subjects/{task}"
        case "/api/v1/process/cases":
            yield f"{route}?procedure=1.001&{DAYS}"
        case "/api/v1/chains/cases":
            yield f"{route}?{DAYS}"
        case "/api/v1/portal-gap/cases":
            yield f"{route}?indicator=received&{DAYS}"
        case "/api/v1/scores/cases":
            yield f"{route}?component=PROGRESS&{DAYS}"
        case "/api/v1/essential-services/cases":
            yield f"{route}?service=1&group=online&{DAYS}"
        case "/api/v1/openings/{opening}":
            yield "/api/v1/openings/{opening}"
        case "/api/v1/forecast/cases":
            yield f"{route}?which=due_tomorrow"
        case _:
            pytest.fail(f"{route} asks for cases: say here how it is asked")


def asks_of_figures(route: str) -> Iterator[str]:
    """Of one that asks for less."""
    match route:
        case "/api/v1/figures":
            yield f"{route}?by=unit&{DAYS}"
            yield f"{route}?by=day&{DAYS}"
        case "/api/v1/topics/{domain}/figures":
            yield f"/api/v1/topics/task/figures?by=unit&{DAYS}"
            yield f"/api/v1/topics/dataset/figures?by=part&{DAYS}"
        case "/api/v1/process":
            yield f"{route}?procedure=1.001&{DAYS}"
        case "/api/v1/essential-services/units":
            yield f"{route}?service=1&{DAYS}"
        case "/api/v1/directives/{directive:path}":
            yield "/api/v1/directives/{directive}"
        case "/api/v1/directives" | "/api/v1/sources" | "/api/v1/forecast" | "/api/v1/indicators" | "/api/v1/readings":
            yield route
        case _:
            yield f"{route}?{DAYS}"
