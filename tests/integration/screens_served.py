"""The screens' process as it is served, with its gate, on a database of the test's own; and who is signed in there."""

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import unescape

import httpx
import psycopg
from pydantic import SecretStr

from dashboards.access import addresses, passwords, registry
from dashboards.access.access import COOKIE
from dashboards.app import create
from dashboards.settings import ScreensSettings
from infra.endpoints import DatabaseUrls
from infra.ports import free_port
from tests.served import knows_who_may_ask, served

PASSWORD = "mot-con-meo-xanh-7"  # of an account of the test
BROWSER = "Mozilla/5.0 (X11; Linux x86_64) Chrome/150.0"


@dataclass
class TestClock:
    """The real time, and as much more as a test says."""

    __test__ = False
    ahead: timedelta = field(default_factory=timedelta)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


class Client:
    """A browser without a script: it keeps cookies, also those that only a secure place would get, as browsers do for
    this machine itself; what it asks is said to come from a page of ours."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http
        self.cookies: dict[str, str] = {}
        self.set: dict[str, str] = {}  # the last Set-Cookie of each

    async def ask(self, method: str, path: str, form: dict[str, str] | None = None) -> httpx.Response:
        said = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Accept": "text/html", "User-Agent": BROWSER, "Sec-Fetch-Site": "same-origin"}
        answer = await self._http.request(method, path, data=form, headers=headers | ({"Cookie": said} if said else {}))
        for header in answer.headers.get_list("set-cookie"):
            name, _, value = header.partition(";")[0].partition("=")
            self.set[name] = header
            if "Max-Age=0" in header:
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = value.strip('"')
        return answer

    async def get(self, path: str) -> httpx.Response:
        return await self.ask("GET", path)

    async def post(self, path: str, **form: str) -> httpx.Response:
        return await self.ask("POST", path, {name.replace("_", "-"): value for name, value in form.items()})

    async def streamed(self, path: str, until: str, within: float = 15) -> str:
        """What a stream says, up to these words."""
        said, cookie = "", f"{COOKIE}={self.cookies[COOKIE]}"
        async with (
            asyncio.timeout(within),
            self._http.stream("GET", path, headers={"Cookie": cookie}, timeout=within) as answer,
        ):
            if answer.status_code != 200:
                return f"{answer.status_code} {(await answer.aread()).decode()}"
            async for part in answer.aiter_text():
                said += part
                if until in said:
                    break
        return said


@dataclass
class Served:
    database: DatabaseUrls
    clock: TestClock
    http: httpx.AsyncClient

    def client(self) -> Client:
        return Client(self.http)

    async def signed_in(self, subject: str, role: str, units: Sequence[str] = ()) -> Client:
        """Somebody with an account of this role."""
        with psycopg.connect(self.database.migrate) as conn:
            known = conn.execute("SELECT FROM access_account WHERE subject = %s", [subject]).fetchone()
        if known is None:
            made = self.clock()
            registry.add_account(self.database.migrate, subject, f"Người {subject}", role, units, made, by="test")
            with psycopg.connect(self.database.migrate) as conn:
                conn.execute(
                    "UPDATE access_account SET password = %s, change_password = false WHERE subject = %s",
                    [passwords.hashed(PASSWORD), subject],
                )
        client = self.client()
        answer = await client.post(addresses.SIGN_IN, ten=subject, mat_khau=PASSWORD)
        assert answer.status_code == 303, answer.text
        return client

    def rows(self, asked: str, *given: object) -> list[tuple[object, ...]]:
        with psycopg.connect(self.database.migrate) as conn:
            return conn.execute(asked.encode(), given).fetchall()

    def deeds(self) -> list[tuple[object, ...]]:
        """What is on record: who, what, of what."""
        return self.rows("SELECT kind, what, object FROM access_record ORDER BY number")


@contextlib.asynccontextmanager
async def screens_served(database: DatabaseUrls, clock: TestClock | None = None) -> AsyncIterator[Served]:
    """With its lifespan; begun again over the same database it is the process after a redeploy."""
    clock, port = clock or TestClock(), free_port()
    settings = ScreensSettings(
        database_screens=SecretStr(database.screens),
        database_access=SecretStr(database.access),
        database_units=SecretStr(database.units),
        port=port,
    )
    async with (
        served(create(settings, clock), port=port),
        httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=15, trust_env=False) as http,
    ):
        await knows_who_may_ask(http)
        yield Served(database, clock, http)


def words(answer: httpx.Response) -> str:
    """What a page says, without its tags."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.text))).strip()
