"""What the data API refuses, and what it says when the database is away. Errors never repeat what was sent."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from urllib.parse import quote, urlsplit, urlunsplit

import httpx
import psycopg
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dashboards.api import cursors
from dashboards.api.parameters import CasesQuery, CounterName
from dashboards.readers.database import Database
from infra.endpoints import DatabaseUrls
from schemas.case_counters import CASE_COUNTERS
from tests.integration.data_api import assert_problem, client
from tests.integration.sample_province import NOW, UNITS, play, tell

SECRET = "079301000123"


@pytest.fixture
async def empty_api(database: DatabaseUrls) -> AsyncIterator[httpx.AsyncClient]:
    async with Database(database.api, name="test", patience=30) as reader, client(reader) as asking:
        yield asking


@pytest.mark.parametrize(
    ("query", "field", "rule"),
    [
        (f"figures?{SECRET}=1", "query", "unknown parameter"),
        (f"figures?unit={SECRET}&unit=b", "query", "more than once"),
        (f"figures?by={SECRET}", "by", "enum"),
        (f"figures?period={SECRET}", "period", "literal_error"),
        (f"figures?from={SECRET}", "from", "day (expected YYYY-MM-DD)"),
        ("figures?from=2024-13-01", "from", "day (expected YYYY-MM-DD)"),
        ("figures?to=1735603200", "to", "day (expected YYYY-MM-DD)"),
        ("figures?from=2024-02-02&to=2024-02-01", "query", "to not before from"),
        ("figures?from=2024-02-02&period=all", "query", "either period or from and to"),
        (f"figures?unit={SECRET}%00", "query", "without control characters"),
        (f"figures?unit={SECRET * 7}", "unit", "max_length 80"),
        (f"figures?channel={SECRET}", "channel", ""),
        (f"cases?counter={SECRET}", "counter", "enum"),
        (f"cases?limit={SECRET}", "limit", "less_than_equal (le 1000)"),
        ("cases?limit=0", "limit", "greater_than_equal (ge 1)"),
        (f"cases?cursor={SECRET}", "cursor", "not one that this API gave"),
        ("cases?period=today&code=a", "query", "either code or counter and period"),
        ("cases?due=week&due_to=2024-02-01", "query", "either due or due_from and due_to"),
        ("cases?changed_since=2024-02-01T00:00:00Z", "changed_since", "at most 31 days back"),
        ("cases?mine=true", "mine", "units of its own"),
        (f"cases?last_event_since={SECRET}", "last_event_since", "moment"),
        ("cases?last_event_since=2024-02-01T00:00:00", "last_event_since", "moment"),
        (f"cases?code={SECRET}%20", "code", "string_pattern_mismatch"),
        (f"cases/{SECRET}%20", "code", "string_pattern_mismatch"),
        (f"cases/x?{SECRET}", "query", "unknown parameter"),
    ],
)
async def test_a_refusal_names_field_and_rule_and_never_the_value(
    empty_api: httpx.AsyncClient, query: str, field: str, rule: str
) -> None:
    answer = await empty_api.get(f"/api/v1/{query}")

    assert answer.status_code == 422
    assert_problem(answer, 422)
    assert field in {error["field"] for error in answer.json()["errors"]}
    assert rule in " ".join(error["rule"] for error in answer.json()["errors"])
    assert SECRET not in answer.text


@pytest.mark.parametrize("query", [CasesQuery(), CasesQuery(counter=CounterName["overdue"])], ids=["all", "overdue"])
async def test_a_cursor_of_a_moment_that_is_yet_to_come_is_refused(
    empty_api: httpx.AsyncClient, query: CasesQuery
) -> None:
    """This API gave none: what is overdue in 2099 is nobody's list."""
    word = cursors.write(cursors.Cursor(datetime(2099, 1, 1, tzinfo=UTC), "A"), query)
    asked = {"cursor": word} | ({"counter": "overdue"} if query.counter else {})
    answer = await empty_api.get("/api/v1/cases", params=asked)
    assert_problem(answer, 422)
    assert answer.json()["errors"][0]["field"] == "cursor"


async def test_all_but_reading_under_a_known_name_is_refused(empty_api: httpx.AsyncClient) -> None:
    for method in ("POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"):
        answer = await empty_api.request(method, "/api/v1/figures", content=SECRET)
        assert_problem(answer, 405)
        assert answer.headers["allow"] == "GET, HEAD"
    for host in ("evil.example", "127.0.0.1.evil.example", "", "[::1]"):
        assert_problem(await empty_api.get("/api/v1/figures", headers={"Host": host}), 421)
    assert (await empty_api.get("/healthz", headers={"Host": "localhost:8051"})).status_code == 200
    assert (await empty_api.head("/api/v1/figures")).status_code == 200
    for address in ("/", "/docs", "/redoc", "/openapi.json", "/api/v1", "/api/v1/figures/", f"/{SECRET}"):
        answer = await empty_api.get(address)
        assert_problem(answer, 404)
        assert SECRET not in answer.text
    assert_problem(await empty_api.get(f"/api/v1/cases/{SECRET}"), 404)


async def test_a_database_that_is_away_is_a_503_and_recovers(database: DatabaseUrls) -> None:
    where = urlsplit(database.api)
    line = Line(where.port or 5432)
    await line.up()
    url = urlunsplit(where._replace(netloc=where.netloc.replace(f":{where.port}", f":{line.port}")))
    async with Database(url, name="test", patience=1) as reader, client(reader) as api:
        await healthy(api)
        await line.cut()
        for address in ("/api/v1/figures", "/api/v1/cases", "/api/v1/cases/x", "/healthz"):
            answer = await api.get(address)
            assert_problem(answer, 503)
            assert answer.headers["retry-after"] == "2"
        assert (await api.get("/api/v1/openapi.json")).status_code == 200
        await line.up()
        await healthy(api)
        assert (await api.get("/api/v1/figures")).status_code == 200
    await line.cut()


async def healthy(api: httpx.AsyncClient) -> None:
    for _ in range(100):
        if (await api.get("/healthz")).status_code == 200:
            return
        await asyncio.sleep(0.1)
    pytest.fail("it did not come back")


async def test_a_question_that_takes_too_long_is_given_up(database: DatabaseUrls) -> None:
    async with Database(database.api, name="test", statement_timeout=1, patience=30) as reader, client(reader) as api:
        with psycopg.connect(database.migrate) as db:
            db.execute("LOCK TABLE case_by_unit_day IN ACCESS EXCLUSIVE MODE")
            assert_problem(await api.get("/api/v1/figures"), 503)
        assert (await api.get("/api/v1/figures")).status_code == 200


class Line:
    """A connection to the database that can be cut, as a network or a dead server would."""

    def __init__(self, target: int) -> None:
        self._target, self.port = target, 0
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()

    async def up(self) -> None:
        self._server = await asyncio.start_server(self._carry, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def cut(self) -> None:
        assert self._server is not None
        self._server.close()
        for writer in self._open:
            writer.transport.abort()
        await asyncio.sleep(0.05)
        self._open.clear()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._target)
        self._open |= {writer, far_writer}
        await asyncio.gather(self._pipe(reader, far_writer), self._pipe(far_reader, writer))

    @staticmethod
    async def _pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(65536):
                writer.write(data)
        except ConnectionError:
            pass
        writer.close()


_text = st.text(max_size=100)
_values = st.one_of(
    _text,
    st.sampled_from(("", "total", "unit", "today", "2024-02-29", "0001-01-01", "9999-12-31", "0", "-1", "1e9", "\x00")),
    st.sampled_from(("2024-01-01T00:00:00Z", "2099-12-31T23:59:59.999999-23:59", "2000-01-01T00:00:00+23:59")),
    st.sampled_from(tuple(counter.name for counter in CASE_COUNTERS)),
    st.integers().map(str),
    st.sampled_from(UNITS),
)
_names = st.sampled_from(
    (
        "by",
        "period",
        "from",
        "to",
        "unit",
        "channel",
        "procedure",
        "counter",
        "code",
        "last_event_since",
        "limit",
        "cursor",
    )
)
_queries = st.lists(st.tuples(st.one_of(_names, _names, _names, _text), _values), max_size=4)
_addresses = st.one_of(
    st.sampled_from(("/api/v1/figures", "/api/v1/cases")),
    _text.map(lambda text: "/api/v1/cases/" + quote(text, safe="", errors="replace")),
)


async def test_nothing_that_is_asked_is_a_fault_of_ours(database: DatabaseUrls) -> None:
    await play(database.streams, tell(30))
    async with Database(database.api, name="test", clock=lambda: NOW, patience=30) as reader, client(reader) as api:
        seen = await asyncio.to_thread(_ask_anything, api, asyncio.get_running_loop())

    assert seen == {200, 404, 422}


def _ask_anything(api: httpx.AsyncClient, loop: asyncio.AbstractEventLoop) -> set[int]:
    """Each request runs on the loop that the API's pool lives in; Hypothesis itself knows no loops."""
    seen = set()

    @settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
    @example("/api/v1/figures", [("by", "unit")], b"")
    @example("/api/v1/cases/x", [], b"")
    @example("/api/v1/cases", [("limit", "0")], b"")
    @given(_addresses, _queries, st.binary(max_size=30))
    def ask(address: str, query: list[tuple[str, str]], raw: bytes) -> None:
        answer = asyncio.run_coroutine_threadsafe(
            api.get(address, params=httpx.QueryParams(tuple(query)) if query else None), loop
        ).result(30)
        seen.add(answer.status_code)
        assert answer.status_code in (200, 404, 422), (answer.status_code, answer.text)
        if answer.status_code != 200:
            assert_problem(answer, answer.status_code)
        broken = httpx.URL("http://127.0.0.1", raw_path=address.encode() + b"?unit=%FF" + quote(raw).encode())
        assert asyncio.run_coroutine_threadsafe(api.get(broken), loop).result(30).status_code in (200, 404, 422)

    ask()
    return seen
