"""Whatever is asked of the data API, by whichever role: no fault of ours, only what its document says, and each refusal
is a problem that names field and rule. schemathesis asks what the document allows and what it forbids; it does not
find year 9999, so values of our own are asked beside it."""

import re
import secrets
from asyncio import Runner
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import hypothesis
import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase
from hypothesis import strategies as st
from schemathesis import checks
from schemathesis.core.result import Ok
from schemathesis.specs.openapi import checks as openapi_checks

from dashboards.access.asker import Asker
from dashboards.api.app import build, document
from dashboards.api.gate import Gate
from dashboards.readers.asked_database import own_units
from dashboards.readers.database import Database
from infra.endpoints import DatabaseUrls
from tests.askers import answering, for_askers
from tests.integration.asked_routes import asks, asks_of_figures
from tests.integration.data_api import HOSTS, assert_problem
from tests.integration.sample_province import NOW, UNITS, play, tell
from tests.integration.test_access_matrix import ANSWERED, ASKERS, CASE, ROUTES, SEES_CASES
from tests.settings import SuiteSettings

CHECKED = [
    checks.not_a_server_error,
    openapi_checks.status_code_conformance,
    openapi_checks.content_type_conformance,
    openapi_checks.response_schema_conformance,
]
UNDOCUMENTED = {"/api/v1/openapi.json"}
LISTS = re.compile(r"/(cases|subjects|openings)(/|$)")
HOSTILE = (
    "from=9999-12-31&to=9999-12-31",
    "from=0001-01-01&to=9999-12-31",
    "to=0001-01-01",
    "from=-2024-01-01",
    "unit=%00",
    "unit=%ff",
    "unit=" + "x" * 5000,
    f"unit={UNITS[1]}",
    f"unit={UNITS[0]}&unit={UNITS[1]}",
    "limit=99999999999999999999",
    "limit=-1",
    "limit=1e9",
    "limit=%F0%9D%9F%99",
    "cursor=AAAA",
    "cursor=%2e%2e%2f",
    "cursor=" + "A" * 3000,
    "period=never",
    "unheard=1",
    "last_event_since=9999-12-31T23:59:59.999999-23:59",
    "last_event_since=0001-01-01T00:00:00%2B14:00",
    "format=exe",
    "%00=1",
    "&&&",
)
# RFC 9110, 8.8.3 and 13.1.2; ``{tag}`` is the one that holds. What is no list of tags says nothing.
SAME = ("*", " * ", "{tag}", "W/{tag}", '"a", {tag}', '{tag},"b"', ', ,"a,b" ,{tag},', '"", W/{tag}')
OTHER = ('"a"', 'W/"a"', '""', "a", "{tag} x", '"a" {tag}', "*, {tag}", "w/{tag}", '"', ",")


@asynccontextmanager
async def asked(database: DatabaseUrls) -> AsyncIterator[FastAPI]:
    await play(database.streams, tell(20))
    async with (
        Database(database.screens, name="test", clock=lambda: NOW, patience=30) as province,
        own_units(database.units, name="test", clock=lambda: NOW, patience=30) as own,
    ):
        yield build(for_askers(province, own))


def client_of(app: FastAPI, asker: Asker) -> httpx.AsyncClient:
    gate = Gate(answering(app, asker), hosts=HOSTS)
    transport = httpx.ASGITransport(gate, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1")


@pytest.fixture
def random_seed() -> int:
    seed = SuiteSettings().seed
    return secrets.randbits(32) if seed is None else seed


@pytest.fixture
def running() -> Iterator[Runner]:
    with Runner() as runner:
        yield runner


def test_what_the_document_allows_and_forbids(database: DatabaseUrls, running: Runner, random_seed: int) -> None:
    print(f"seed: IOC_TEST_SEED={random_seed}; a tenth of IOC_TEST_EXAMPLES questions a route")
    examples = max(1, SuiteSettings().examples // 10)
    opened = asked(database)
    app = running.run(opened.__aenter__())
    try:
        schema = schemathesis.openapi.from_dict(document(app))
        operations = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
        assert {one.path for one in operations} >= {
            path.replace(":path", "") for path in ROUTES | ANSWERED
        } - UNDOCUMENTED
        for operation in operations:
            ways = [operation.as_strategy(generation_mode=mode) for mode in schemathesis.GenerationMode]
            _ask(app, running, st.one_of(ways), examples, random_seed)
    finally:
        running.run(opened.__aexit__(None, None, None))


def _ask(app: FastAPI, running: Runner, cases: st.SearchStrategy[Any], examples: int, seed: int) -> None:
    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=examples,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @hypothesis.given(case=cases, asker=st.sampled_from(ASKERS))
    def asking(case: Any, asker: Asker) -> None:
        answer = running.run(_answer(app, case, asker))
        case.validate_response(answer, checks=CHECKED)
        if answer.status_code >= 400:
            assert_problem(answer, answer.status_code)

    asking()


async def _answer(app: FastAPI, case: Any, asker: Asker) -> httpx.Response:
    sent = case.as_transport_kwargs(base_url="http://127.0.0.1")
    body = {"content": sent["data"]} if sent.get("data") is not None else {"json": sent.get("json")}
    async with client_of(app, asker) as client:
        return await client.request(
            sent["method"], sent["url"], params=sent.get("params"), headers=dict(sent["headers"]), **body
        )


def good(route: str) -> str:
    """A question of it that is answered, but of what is not there."""
    address = next(asks(route) if ROUTES[route] & SEES_CASES and LISTS.search(route) else asks_of_figures(route))
    return address.format(case=CASE, task="T", opening="T", directive="cd-a/x")


def test_no_hostile_value_is_a_fault_of_ours(database: DatabaseUrls, running: Runner) -> None:
    running.run(_hostile(database))


async def _hostile(database: DatabaseUrls) -> None:
    async with asked(database) as app:
        for asker in (ASKERS[0], ASKERS[2]):
            async with client_of(app, asker) as client:
                for route in ROUTES:
                    address = good(route)
                    for value in HOSTILE:
                        path, _, query = address.partition("?")
                        answer = await client.get(f"{path}?{query}&{value}" if query else f"{path}?{value}")
                        said = f"{asker.id} {route} {value[:60]}: {answer.status_code} {answer.text[:200]}"
                        assert answer.status_code in (200, 403, 404, 422), said
                        if answer.status_code != 200:
                            assert_problem(answer, answer.status_code)
                            assert "x" * 100 not in answer.text, said


def test_every_form_of_if_none_match_on_every_route(database: DatabaseUrls, running: Runner) -> None:
    running.run(_if_none_match(database))


async def _if_none_match(database: DatabaseUrls) -> None:
    async with asked(database) as app, client_of(app, ASKERS[0]) as client:
        held = 0
        for route in ROUTES:
            first = await client.get(good(route))
            if first.status_code != 200:
                continue
            held += 1
            tag = first.headers["etag"].removeprefix("W/")
            for said in (*SAME, *OTHER):
                answer = await client.get(good(route), headers={"If-None-Match": said.replace("{tag}", tag)})
                assert answer.status_code == (304 if said in SAME else 200), (route, said, answer.text[:200])
                assert answer.status_code == 200 or answer.content == b""
        assert held > len(ROUTES) // 2
