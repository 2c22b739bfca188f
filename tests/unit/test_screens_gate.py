"""What may be asked of the screens' process, and what every answer carries."""

import contextlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import cast

import httpx
import pytest
from pydantic import SecretStr

from dashboards.access.settings import SignIn
from dashboards.app import create
from dashboards.background_reads import Survey
from dashboards.hub import Hub
from dashboards.pages import AllPages
from dashboards.readers import cases, openings, subjects
from dashboards.readers.database import Database, Snapshot
from dashboards.screens import links, nav
from dashboards.settings import ScreensSettings
from tests.askers import asking_as, for_askers


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    """The application without its lifespan: nothing is connected."""
    app = create(ScreensSettings(database_screens=SecretStr("postgresql://nowhere"), sign_in=SignIn.DEMO))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1:8050") as asking:
        yield asking


async def test_the_front_leads_to_the_first_wall(client: httpx.AsyncClient) -> None:
    for path in ("/", "/man-hinh", "/man-hinh/"):
        assert (await client.get(path)).headers["location"] == links.PREFIX + nav.NEED


async def test_it_says_that_it_runs(client: httpx.AsyncClient) -> None:
    assert (await client.get("/healthz")).json()["ok"] is True


@pytest.mark.parametrize(
    "path",
    ["/x", "/docs", "/openapi.json", "/man-hinh/x", "/man-hinh/_reload-hash", "/man-hinh/_dash-ws-callback",
     "/man-hinh/danh-sach/a/b", "/man-hinh/may-tinh-bang/x", "/_dash-layout", "/man-hinh/assets/"],
)  # fmt: skip
async def test_what_is_not_named_is_not_there(client: httpx.AsyncClient, path: str) -> None:
    assert (await client.get(path)).status_code == 404


async def test_every_page_that_a_screen_leads_to_is_let_through(client: httpx.AsyncClient) -> None:
    whole = {value for value in vars(links).values() if isinstance(value, str) and value.startswith(links.PREFIX)}
    pages = {path for path in whole if not path.endswith("/")} - {links.OPEN, links.STREAM}
    assert links.TERMS in pages
    assert {path for path in pages if (await client.get(path)).status_code != 200} == set()


async def test_other_methods_and_other_hosts_are_refused(client: httpx.AsyncClient) -> None:
    assert (await client.post(links.WALL)).status_code == 405
    assert (await client.get(links.WALL, headers={"host": "evil.example"})).status_code == 421
    from_afar = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "cors"}
    assert (await client.get("/man-hinh/_dash-layout", headers=from_afar)).status_code == 403


async def test_a_list_is_not_opened_by_another_sites_page(client: httpx.AsyncClient) -> None:
    for mode in ("navigate", "no-cors"):
        headers = {"sec-fetch-site": "cross-site", "sec-fetch-mode": mode}
        assert (await client.get(f"{links.OPEN}?so=late", headers=headers)).status_code == 403
    assert (await client.head(f"{links.OPEN}?so=late")).status_code == 200  # and opens nothing: there is no database


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/man-hinh/x", 404, "không có trang này"), ("/man-hinh/ho-so?don-vi=%00", 400, "ký tự điều khiển"),
        ("/man-hinh/mo?so=nothing", 400, "không có số này"), ("/man-hinh/mo?so=late", 503, "Kho số liệu không trả lời"),
        ("/man-hinh/_dash-component-suites/dash/x.js", 404, "không có tệp này"),
        ("/man-hinh/_dash-component-suites/x", 404, "không có trang này"),
        ("/man-hinh/assets/x.css", 404, "không có tệp này"),
    ],
)  # fmt: skip
async def test_an_error_page_has_the_products_frame_says_what_happened_and_leads_back(
    client: httpx.AsyncClient, path: str, status: int, words: str
) -> None:
    answer = await client.get(path, headers={"accept": "text/html,*/*"})
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/html")
    page = answer.text
    assert words in page
    assert f'href="{links.TABLET}"' in page
    assert 'class="top"' in page
    assert "/man-hinh/assets/tablet.css" in page
    plain = await client.get(path)
    assert words in plain.text
    assert "<" not in plain.text


@pytest.mark.parametrize("host", ["[", "]", "[::1", "", "a@127.0.0.1", "127.0.0.1:99999999"])
async def test_a_host_header_of_any_kind_is_an_answer(client: httpx.AsyncClient, host: str) -> None:
    assert (await client.get(links.WALL, headers={"host": host})).status_code == 421


async def test_every_page_answers_head_and_the_stream_does_without_streaming(client: httpx.AsyncClient) -> None:
    for path in (links.WALL, links.TABLET, "/healthz", f"{links.STREAM}?man=ho-so", "/man-hinh/assets/live.js"):
        assert (await client.head(path)).status_code == 200, path


async def test_every_answer_forbids_what_comes_from_elsewhere(client: httpx.AsyncClient) -> None:
    for path in (links.WALL, "/x", "/man-hinh/assets/live.js"):
        policy = (await client.get(path)).headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "http:" not in policy
        assert "unsafe-eval" not in policy


async def test_the_first_page_ever_asked_for_brings_its_styles_and_scripts(client: httpx.AsyncClient) -> None:
    """Dash collects its assets on the first request to its own prefix; ours need not be that one."""
    page = (await client.get(links.WALL)).text
    for asset in ("tokens.css", "icons.css", "wall.css", "tablet.css", "fonts.css", "live.js"):
        assert f"/man-hinh/assets/{asset}" in page
    assert "https:" not in page.replace("https:\\u002f\\u002fdash-version", "")
    assert '"websocket"' not in page


async def test_a_websocket_is_refused_before_it_is_accepted() -> None:
    app = create(ScreensSettings(database_screens=SecretStr("postgresql://nowhere"), sign_in=SignIn.DEMO))
    sent: list[dict[str, object]] = []

    async def receive() -> dict[str, object]:
        return {"type": "websocket.connect"}

    async def send(message: dict[str, object]) -> None:
        sent.append(message)

    scope = {"type": "websocket", "path": "/man-hinh/_dash-ws-callback", "headers": []}
    await app(scope, receive, send)  # type: ignore[arg-type]
    assert [message["type"] for message in sent] == ["websocket.close"]


@pytest.mark.parametrize("query", ["so=nothing", "", "so=late&ky=x", "so=late&ngay=31/12", "so=open&truoc=2026-01-01"])
async def test_an_address_that_asks_for_nothing_known_is_told_so(client: httpx.AsyncClient, query: str) -> None:
    assert (await client.get(f"{links.OPEN}?{query}")).status_code == 400


async def test_a_stream_of_no_screen_is_not_there(client: httpx.AsyncClient) -> None:
    assert (await client.get(f"{links.STREAM}?man=x")).status_code == 404
    assert (await client.get(f"{links.STREAM}?man=ho-so&ky=x")).status_code == 400


@pytest.mark.parametrize("prefix", [links.CASE, links.LIST, f"{links.SUBJECT}task/"])
async def test_an_address_is_decoded_once(prefix: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twice, "H-%41" would show another's page, "H-A", and "%2500" would ask the database with a NUL."""
    asked: list[str] = []

    async def get(*what: object) -> None:
        asked.append(str(what[-1]))

    class Reading:
        @contextlib.asynccontextmanager
        async def snapshot(self, _units: tuple[str, ...] = (), **_: bool) -> AsyncIterator[Snapshot]:
            yield Snapshot(None, None)  # type: ignore[arg-type]

    for reader in (cases, openings, subjects):
        monkeypatch.setattr(reader, "get", get)
    reading, settings = (
        cast("Database", Reading()),
        ScreensSettings(database_screens=SecretStr("postgresql://nowhere"), sign_in=SignIn.DEMO),
    )
    hub = Hub(reading, settings, lambda: datetime.now(UTC), Survey(reading))
    with asking_as():
        await AllPages(for_askers(reading), hub, settings).show(f"{prefix}H-%2541", "")
    assert asked == ["H-%41"]
