"""OWASP ASVS 5.0, chapters 4, 12 and 13: services, transport, configuration."""

import re
import subprocess
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import psycopg
import pytest
import uvicorn
from pydantic import SecretStr, ValidationError
from starlette.types import Receive, Scope, Send

from dashboards import serving
from dashboards.access import addresses, registry
from dashboards.access.fit_access import UnfitAccess
from dashboards.access.settings import AccessSettings
from infra.home import Home
from tests.integration.asvs.centre import STREAM, WALL, Centre
from tests.settings import REPOSITORY

NOT_FOUND = (401, 404)


def test_4_1_1_what_an_answer_is_and_in_which_letters(running: Centre) -> None:
    leader, key = running.browser("leader"), running.key()
    for answer, kind in (
        (leader.get(WALL), "text/html; charset=utf-8"),
        (leader.get(addresses.SESSIONS), "text/html; charset=utf-8"),
        (running.screens.get(STREAM), "text/plain; charset=utf-8"),
        (running.screens.get("/man-hinh/assets/tablet.css"), "text/css; charset=utf-8"),
        (running.api.get("/api/v1/figures", headers=key), "application/json"),  # always UTF-8 (RFC 8259)
        (running.api.get("/khong-co", headers=key), "application/problem+json"),
    ):
        assert answer.headers["content-type"] == kind, answer.url


def test_4_1_2_nobody_is_led_from_http_to_https(running: Centre) -> None:
    """A program that asks without TLS is to learn of it."""
    port = running.tls.base_url.port
    with pytest.raises(httpx.RemoteProtocolError):
        httpx.get(f"http://127.0.0.1:{port}/healthz", trust_env=False)


def test_4_1_3_from_where_one_asks_only_a_named_proxy_may_say(running: Centre) -> None:
    said = {"X-Forwarded-For": "198.51.100.9, 203.0.113.7", "X-Real-IP": "198.51.100.9", "X-Forwarded-Proto": "https"}
    name, before = running.account(), running.last()
    for http in (running.screens, running.tls):  # behind the second a proxy is named
        form = {"ten": name, "mat-khau": "sai"}
        answer = http.post(addresses.SIGN_IN, data=form, headers={"Sec-Fetch-Site": "same-origin", **said})
        assert answer.status_code == 401
        assert "strict-transport-security" not in answer.headers or http is running.tls
    rows = running.noted("not_signed_in", before)
    assert [row.address for row in rows] == ["127.0.0.1", "203.0.113.7"], "of a list, the one that the proxy saw"


@pytest.mark.parametrize(("proxies", "believed"), [("", False), ("10.0.0.1", True)])
def test_15_3_4_the_address_is_the_connection_s_where_no_proxy_is_named(
    monkeypatch: pytest.MonkeyPatch, proxies: str, believed: bool
) -> None:
    asked: dict[str, Any] = {}
    monkeypatch.setattr(uvicorn, "run", lambda _app, **given: asked.update(given))

    async def app(_scope: Scope, _receive: Receive, _send: Send) -> None: ...

    serving.serve(app, 1, AccessSettings(database_access=SecretStr("x"), proxies=proxies), graceful_s=1)
    assert (asked["proxy_headers"], asked["forwarded_allow_ips"]) == (believed, proxies or None)


def test_4_1_4_only_methods_that_are_used_are_taken(running: Centre) -> None:
    leader, key = running.browser("leader"), running.key()
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND"):
        for path in (WALL, STREAM, addresses.SESSIONS, "/man-hinh/assets/tablet.css"):
            assert leader.ask(method, path).status_code == 405, (method, path)
        assert running.api.request(method, "/api/v1/figures", headers=key).status_code == 405, method


def test_4_4_1_there_is_no_websocket(running: Centre) -> None:
    upgrade = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "x" * 22,
    }
    answer = running.browser("leader").ask("GET", "/man-hinh/_dash-ws-callback", headers=upgrade)
    assert answer.status_code in (403, 404)


@pytest.mark.parametrize(
    ("version", "spoken"), [("tls1", False), ("tls1_1", False), ("tls1_2", True), ("tls1_3", True)]
)
def test_12_1_1_old_versions_of_tls_are_not_spoken(running: Centre, version: str, spoken: bool) -> None:
    where = f"127.0.0.1:{running.tls.base_url.port}"
    asked = ["openssl", "s_client", "-connect", where, f"-{version}", "-cipher", "ALL:@SECLEVEL=0"]
    ended = subprocess.run(asked, input=b"", capture_output=True, timeout=20, check=False)
    assert (ended.returncode == 0) is spoken, ended.stderr.decode()


def test_12_2_1_what_leaves_the_machine_has_tls() -> None:
    with pytest.raises(ValidationError, match="IOC_TLS_CERTIFICATE"):
        AccessSettings(database_access=SecretStr("x"), address="10.0.0.5")


def test_13_2_2_each_process_has_a_login_that_may_what_it_needs(running: Centre) -> None:
    refused = {
        "screens": (
            "SELECT FROM access_account",
            "UPDATE case_state SET unit = ''",
            "SELECT token FROM gateway_token",
        ),
        "api": ("SELECT FROM access_credential", "DELETE FROM case_event", "SELECT FROM access_record"),
        "access": ("SELECT FROM case_state", "SELECT FROM lookup_event", "CREATE TABLE x ()"),
        "units": ("SELECT FROM access_account", "UPDATE opening SET units = '{}'"),
        "streams": (
            "SELECT FROM access_account",
            "SELECT FROM access_credential",
            "DELETE FROM case_event",
            "SELECT FROM access_record",
        ),
    }
    for login, statements in refused.items():
        for statement in statements:
            with (
                psycopg.connect(getattr(running.database, login), autocommit=True) as connection,
                pytest.raises(psycopg.errors.InsufficientPrivilege),
            ):
                connection.execute(statement.encode())


def test_13_2_3_no_credential_is_a_default(home: Home) -> None:
    said = [home.secret(login) for login in ("migrate", "streams", "screens", "api", "access", "units")]
    assert len(set(said)) == len(said)
    assert min(map(len, said)) >= 24
    for field in AccessSettings.model_fields.values():
        if field.annotation is SecretStr:
            assert field.default is None or not field.default.get_secret_value()


def test_13_3_1_no_secret_stands_in_the_repository() -> None:
    secret = "|".join(
        (r"ioc[ds]?_[A-Za-z0-9_-]{43}", "BEGIN [A-Z ]*PRIVATE KEY", r"argon2id\$v=19\$m=[0-9]+.*\$[A-Za-z0-9+/]{22}")
    )
    asked = ["git", "-C", str(REPOSITORY), "grep", "-nIE", secret]
    found = subprocess.run(asked, capture_output=True, text=True, check=False).stdout
    assert [line for line in found.splitlines() if not line.startswith("tests/")] == []


def test_13_3_2_secrets_are_read_by_their_owner_alone(home: Home) -> None:
    folder = home.root / "secrets"
    files = list(folder.iterdir())
    assert files
    assert {path.stat().st_mode & 0o077 for path in (folder, *files)} == {0}


def test_13_3_4_a_key_ends_within_a_year_and_has_a_follower(running: Centre) -> None:
    now = datetime.now(UTC)
    url = running.database.migrate
    with pytest.raises(UnfitAccess):
        registry.add_key(url, "ewig", (), (), timedelta(days=367), now, by="test")
    first, second = (registry.add_key(url, "doi-khoa", (), (), timedelta(days=9), now, by="test") for _ in range(2))
    assert first != second
    with pytest.raises(UnfitAccess):
        registry.add_key(url, "doi-khoa", (), (), timedelta(days=9), now, by="test")
    assert running.rows("SELECT FROM access_credential WHERE kind = 'key' AND expires_at IS NULL") == []


def test_13_4_1_no_repository_is_served(running: Centre) -> None:
    leader = running.browser("leader")
    for path in ("/.git/config", "/.git/HEAD", "/man-hinh/assets/../../.git/config", "/man-hinh/assets/.git/config"):
        assert leader.get(path).status_code in (400, 404), path


def test_13_4_2_nothing_of_a_debugger_is_there(running: Centre) -> None:
    leader = running.browser("leader")
    for path in ("/man-hinh/_reload-hash", "/man-hinh/_alive_abc", "/debug", "/man-hinh/?__debugger__=yes"):
        answer = leader.get(path)
        assert answer.status_code in (307, 404), path
        assert "Traceback" not in answer.text
    config = re.findall(r'id="_dash-config"[^>]*>([^<]*)<', leader.get(WALL).text)
    assert '"ui":false' in config[0].replace(" ", "") or '"dev_tools' not in config[0]
    assert '"hot_reload"' not in config[0]


def test_13_4_3_no_folder_is_listed(running: Centre) -> None:
    leader = running.browser("leader")
    for path in ("/man-hinh/assets/", "/man-hinh/assets", "/man-hinh/_dash-component-suites/dash/"):
        answer = leader.get(path)
        assert answer.status_code == 404, path
        assert "theme.js" not in answer.text


def test_13_4_4_a_request_is_not_repeated_to_its_sender(running: Centre) -> None:
    for http, path in ((running.screens, WALL), (running.api, "/api/v1/figures")):
        answer = http.request("TRACE", path, headers={"X-Secret": "abcdef"})
        assert answer.status_code == 405
        assert "abcdef" not in answer.text


def test_13_4_5_documents_and_health_say_no_more_than_they_must(running: Centre) -> None:
    for path in ("/docs", "/redoc", "/openapi.json", "/api/v1/openapi.json", "/metrics"):
        assert running.api.get(path).status_code in NOT_FOUND, path
        assert running.screens.get(path).status_code in NOT_FOUND, path
    assert running.api.get("/api/v1/openapi.json", headers=running.key()).status_code == 200
    assert running.api.get("/healthz").json() == {"status": "ok"}
    assert set(running.screens.get("/healthz").json()) == {"ok", "reading"}


def test_13_4_6_no_answer_says_what_serves_it(running: Centre) -> None:
    for answer in (running.screens.get(addresses.SIGN_IN), running.api.get("/healthz"), running.screens.get("/x")):
        assert "server" not in answer.headers
        assert "x-powered-by" not in answer.headers
