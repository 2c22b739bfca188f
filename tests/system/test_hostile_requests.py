"""No request ends a process, is answered with a fault of ours, or gets no word of ours."""

import contextlib
import json
import random
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import httpx
import psycopg
import pytest

from dashboards.screens import links
from infra.endpoints import DatabaseUrls
from infra.ports import free_port
from tests.screens import sample
from tests.screens.forked import OUTSIDE
from tests.screens.live.server import Server
from tests.settings import REPOSITORY, SuiteSettings
from tests.system import hostile

UPDATE = "/man-hinh/_dash-update-component"
ASKED = 400  # of each kind, at random
DAYS = ("from=9999-12-31", "to=0001-01-01", "from=0001-01-01&to=9999-12-31", "from=9999-12-01&to=9999-12-31")
BROKEN = ("Trang này hỏng", "Lỗi đọc")


@pytest.fixture
def filled(database: DatabaseUrls) -> DatabaseUrls:
    now = datetime.now(UTC)
    with psycopg.connect(database.migrate, autocommit=True) as db:
        rows = sample.province(now, per_day=5)
        sample.write(db, rows, now)
        sample.beat(db, now)
    return database


@pytest.fixture
def screens(filled: DatabaseUrls, tmp_path: Path) -> Iterator[Server]:
    server = Server(filled.screens, tmp_path / "screens.log")
    server.up()
    yield server
    server.down()


# One asker asks all of it at once, and what is looked for is behind the limits.
UNLIMITED = {"IOC_API_LONG_PER_MINUTE": "100000", "IOC_API_REQUESTS_PER_S": "100000", "IOC_API_DATABASE_SHARE": "1000"}


@pytest.fixture
def api(filled: DatabaseUrls, tmp_path: Path) -> Iterator[str]:
    port = free_port()
    settings = {"IOC_DATABASE_API": filled.api, "IOC_API_PORT": str(port), "IOC_SIGN_IN": "demo", **UNLIMITED}
    with (tmp_path / "api.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "dashboards.api"], cwd=REPOSITORY, env=OUTSIDE | settings, stdout=log, stderr=log
        )
    origin = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            if httpx.get(f"{origin}/healthz", timeout=2).status_code == 200:
                break
        except httpx.TransportError:
            time.sleep(0.1)
    yield origin
    assert process.poll() is None, (tmp_path / "api.log").read_text()
    process.terminate()
    process.wait(10)


@pytest.fixture
def chance(suite: SuiteSettings) -> random.Random:
    seed = suite.seed if suite.seed is not None else random.randrange(2**32)
    print(f"IOC_TEST_SEED={seed}")
    return random.Random(seed)


def raw(port: int, request: bytes, patience: float = 20) -> tuple[int, bytes]:
    """Status and body of an answer, however the request looks; 0 where the connection was closed without one."""
    with socket.create_connection(("127.0.0.1", port), timeout=patience) as line:
        with contextlib.suppress(OSError):  # refused before the end
            line.sendall(request)
        found = b""
        try:
            while b"\r\n\r\n" not in found or not _whole(found):
                piece = line.recv(65_536)
                if not piece:
                    break
                found += piece
        except ConnectionError:
            pass
    head, _, body = found.partition(b"\r\n\r\n")
    return (int(head.split()[1]) if head else 0), body


def _whole(found: bytes) -> bool:
    head, _, body = found.partition(b"\r\n\r\n")
    if b"text/event-stream" in head:
        return bool(body) or b"content-length: 0" in head
    if head.split()[1] in (b"204", b"304"):
        return True
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return len(body) >= int(line.split(b":")[1])
    return body.endswith(b"0\r\n\r\n")


def get(port: int, address: str, method: str = "GET", *headers: tuple[str, str]) -> tuple[int, bytes]:
    given = {"host": "127.0.0.1", "connection": "close"} | dict(headers)
    lines = [f"{method} {address} HTTP/1.1", *(f"{name}: {value}" for name, value in given.items())]
    return raw(port, "\r\n".join([*lines, "", ""]).encode("latin-1"))


def post(port: int, body: bytes, *headers: tuple[str, str]) -> tuple[int, bytes]:
    given = {"host": "127.0.0.1", "connection": "close", "content-type": "application/json",
             "content-length": str(len(body))} | dict(headers)  # fmt: skip
    head = "\r\n".join([f"POST {UPDATE} HTTP/1.1", *(f"{name}: {value}" for name, value in given.items()), "", ""])
    return raw(port, head.encode("latin-1") + body)


def page(port: int, path: str, search: str) -> tuple[int, str]:
    """What the page at an address says, by the question that the browser asks."""
    parts = [{"id": "address", "property": "pathname", "value": path},
             {"id": "address", "property": "search", "value": search}]  # fmt: skip
    status, body = post(port, json.dumps({"output": "page.children", "inputs": parts}).encode())
    return status, body.decode()


def fine(status: int, body: bytes, what: object) -> None:
    assert 200 <= status < 500, (what, status, body[:300])
    assert body or status in (200, 204, 303, 304, 307), (what, status, "no word of ours")


def test_no_address_of_the_screens_is_a_fault_of_ours(screens: Server, chance: random.Random) -> None:
    named = hostile.words()
    assert {"don-vi", "ky", "phan", "trang", "thu-tuc", "ngay", "truoc", "man", "dich-vu"} <= set(named)
    known = [f"{links.STREAM}?man=may-tinh-bang&don-vi=%00", f"{links.OPEN}?so=late&don-vi=%00"]
    known += [f"{links.OPEN}?so=late&ngay={day}" for day in ("0001-01-01", "9999-12-31")]
    known += [f"{links.OPEN}?so=open&truoc=0001-01-01T00:00:00%2B14:00"]
    places = [*hostile.openings(), *hostile.streams(), *hostile.streams(), *hostile.pages(), "/healthz", "/x"]
    for address in [*known, *(hostile.asked(chance.choice(places), chance, named) for _ in range(ASKED))]:
        fine(*get(screens.port, address), address[:300])
    for address in hostile.pages():
        status, body = get(screens.port, address, "HEAD")
        assert (status in (200, 404), body) == (True, b""), address
    healthy(screens)


def test_no_page_is_a_fault_of_ours(screens: Server, chance: random.Random) -> None:
    named, places = hostile.words(), hostile.pages()
    known = [
        (path, f"?ky=nam&{name}={value}")
        for path in places
        for name, value in (("trang", "9999999"), ("don-vi", "%00"))
    ]
    some = [hostile.asked(chance.choice(places), chance, named) for _ in range(ASKED)]
    found = [tuple(address.split("?", 1)) for address in some]
    for path, search in [*known, *((path, f"?{search}") for path, search in found)]:
        status, said = page(screens.port, path, search)
        if status == 413:
            assert len(search) > 50_000, "it is not long"
            assert "quá dài" in said
            continue
        assert status == 200, (path, search[:200], status, said[:300])
        assert '"children"' in said
        assert not any(word in said for word in BROKEN), (path, search[:200], screens.said())
    healthy(screens)


def test_no_header_and_no_body_is_a_fault_of_ours(screens: Server) -> None:
    for name, value in hostile.HEADERS:
        for address in (links.WALL, f"{links.STREAM}?man=ho-so", f"{links.OPEN}?so=late", "/x"):
            if name in ("content-length", "transfer-encoding", "expect"):
                continue  # a body that never comes: told by its time
            fine(*get(screens.port, address, "GET", (name, value)), (name, value[:80], address))
    for body in hostile.BODIES:
        status, said = post(screens.port, body)
        assert 400 <= status < 500, (body[:80], status)
        assert said
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PROPFIND"):
        status, said = get(screens.port, links.WALL, method)
        assert status == 405
        assert said
    healthy(screens)


def test_no_request_to_the_data_api_is_a_fault_of_ours(api: str, chance: random.Random) -> None:
    port, routes = int(api.rsplit(":", 1)[1]), hostile.api()
    assert len(routes) > 15
    for path, _ in routes:
        for address in hostile.in_paths(path) if "{" in path else [path]:
            fine(*get(port, address), address[:200])
    for _ in range(ASKED):
        path, names = chance.choice(routes)
        address = hostile.asked(path.replace("{", "").replace("}", ""), chance, names)
        fine(*get(port, address), address[:300])
    for path, names in routes:
        if {"from", "to"} <= set(names) and "{" not in path:
            for days in (
                "from=9999-12-31",
                "to=0001-01-01",
                "from=0001-01-01&to=9999-12-31",
                "from=9999-12-31&to=9999-12-31",
            ):
                status, said = get(port, f"{path}?{days}")
                assert status in (200, 422), (path, days, said)
    for name, value in hostile.HEADERS:
        fine(*get(port, "/api/v1/figures", "GET", (name, value)), (name, value[:80]))
    for path, _ in routes:
        status, _ = get(port, path.replace("{", "").replace("}", ""), "HEAD")
        assert 200 <= status < 500, path


def test_an_invented_selection_is_not_there_and_a_client_has_its_share(filled: DatabaseUrls, tmp_path: Path) -> None:
    server = Server(filled.screens, tmp_path / "screens.log", settings={"IOC_VIEWS": "2"})
    server.up()
    try:
        stream, known = f"{links.STREAM}?man=may-tinh-bang&don-vi=", [quote(unit) for unit in sample.UNITS[:3]]
        status, said = get(server.port, stream + "khong-co")
        assert (status, said.decode()) == (404, "không có đơn vị này")
        assert "không có đơn vị" in page(server.port, links.TABLET, "?don-vi=khong-co")[1]
        held = []
        for unit in known[:2]:
            line = socket.create_connection(("127.0.0.1", server.port), timeout=20)
            held.append(line)
            line.sendall(f"GET {stream}{unit} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
            assert b"text/event-stream" in line.recv(65_536)
        time.sleep(1)
        refused = said_by(server.port, stream + known[2])
        assert "event: refused" in refused
        assert "đóng bớt màn hình" in refused
        assert "asOf" in said_by(server.port, stream + known[2], "127.0.0.2")
        assert "asOf" in said_by(server.port, stream + known[0]), "the same selection is shared"
        for line in held:
            line.close()
    finally:
        server.down()


def said_by(port: int, address: str, source: str = "127.0.0.1") -> str:
    """The stream's first event."""
    with socket.create_connection(("127.0.0.1", port), timeout=20, source_address=(source, 0)) as line:
        line.sendall(f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        found = b""
        while b"data: " not in found or not found.rstrip(b"\r").endswith(b"\n\n"):
            piece = line.recv(65_536)
            if not piece:
                break
            found += piece
            if b"data: " in found and len(found) > 500:
                break
    return found.decode(errors="replace")


def healthy(server: Server) -> None:
    """The same process serves, and its hub reads."""
    told = httpx.get(f"{server.origin}/healthz", timeout=10).json()
    assert told == {"ok": True, "reading": "ok"}, server.said()
    status, first = get(server.port, f"{links.STREAM}?man=ho-so")
    assert (status, b"retry" in first) == (200, True), server.said()
